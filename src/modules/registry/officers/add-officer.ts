import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { installationKind } from '../../../platform/installation.ts';
import { isDay } from '../../../shared/dates.ts';
import { invalid } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { readPhones } from '../../../shared/phone.ts';
import { clean, fold } from '../../../shared/text.ts';
import { findVersion } from '../../territory/index.ts';
import { announceChanged } from '../events.ts';
import { insertOfficer, refreshOfficer } from './store.ts';

const line = (max: number) => z.string().transform(clean).pipe(z.string().min(1).max(max));

/** Takes an officer of any body into the registry: officers are an audience of their own, and have work addresses. */
export const addOfficer = command({
  name: 'registry.add-officer',
  input: z.object({
    name: line(120),
    /** "UBND xã Hạnh Phúc", "Hội Phụ nữ" … */
    body: line(200),
    /** "Chủ tịch", "Trưởng thôn", "Công chức văn hóa - xã hội" … */
    post: line(200),
    placeId: z.uuid({ error: 'place' }),
    phones: z.string().max(200).default(''),
    email: z.email({ error: 'officer.email' }).max(200).nullish(),
    from: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  }),
  allow: ['officer', 'admin'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, input) => {
    const from = input.from ?? ctx.today;
    if (!(await findVersion(ctx.tx, input.placeId, from)))
      throw invalid('place', {}, [{ path: 'placeId', code: 'place' }]);
    const { phones, unreadable } = readPhones(input.phones);
    if (unreadable.length > 0)
      throw invalid('officer.phone', { phones: unreadable.join(', ') }, [
        { path: 'phones', code: 'officer.phone', params: { phones: unreadable.join(', ') } },
      ]);
    const subjectId = newId();
    const contacts = [
      ...phones.map(({ kind, e164 }) => ({ contactPointId: newId(), kind, value: e164 })),
      ...(input.email ? [{ contactPointId: newId(), kind: 'email' as const, value: input.email.toLowerCase() }] : []),
    ];
    await insertOfficer(ctx.tx, {
      subjectId,
      personId: newId(),
      code: `CB-${subjectId.replaceAll('-', '').slice(-8).toUpperCase()}`,
      synthetic: (await installationKind(ctx.tx)) === 'example',
      name: input.name,
      folded: fold(input.name),
      body: input.body,
      post: input.post,
      placeId: input.placeId,
      contacts,
      from,
      at: ctx.at,
    });
    await refreshOfficer(ctx.tx, subjectId, ctx.today);
    await announceChanged(ctx, [input.placeId]);
    return { subjectId };
  },
  audit: ({ placeId }, { subjectId }) => ({ subjectId, placeId }),
});
