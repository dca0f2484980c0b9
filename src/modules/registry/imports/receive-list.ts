import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { isDay } from '../../../shared/dates.ts';
import { invalid } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { clean } from '../../../shared/text.ts';
import { findVersion, fullName } from '../../territory/index.ts';
import { listedClasses, standardOn, standards } from './import.ts';
import { insertImport } from './store.ts';

const file = z.object({
  name: z.string().min(1).max(300),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  size: z.number().int().nonnegative(),
});

/** Takes in a list that lies in the file store, with what its sender says of it; a job opens it next. */
export const receiveList = command({
  name: 'registry.receive-list',
  input: z.object({
    file,
    /** The members, when they come in a file of their own. */
    members: file.nullish(),
    placeId: z.uuid({ error: 'import.no-place' }),
    asOf: z.string().refine(isDay, { error: 'not-a-day' }),
    /** The list names every household of these classes in the place; null = it does not claim that. */
    completeClasses: z.array(z.enum(listedClasses)).min(1).nullish(),
    standard: z.enum(standards).nullish(),
    sender: z.string().max(200).nullish(),
    /** The caller takes the next step itself; otherwise a job does. */
    stepwise: z.boolean().default(false),
  }),
  allow: ['officer'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, input) => {
    if (input.asOf > ctx.today) throw invalid('import.day-ahead', {}, [{ path: 'asOf', code: 'import.day-ahead' }]);
    const place = await findVersion(ctx.tx, input.placeId, input.asOf);
    if (!place || place.kind === 'country')
      throw invalid('import.no-place', {}, [{ path: 'placeId', code: 'import.no-place' }]);
    const importId = newId();
    await insertImport(ctx.tx, {
      importId,
      fileName: clean(input.file.name),
      fileSha256: input.file.sha256,
      fileSize: input.file.size,
      members: input.members ? { name: clean(input.members.name), sha256: input.members.sha256 } : null,
      placeId: input.placeId,
      asOf: input.asOf,
      completeClasses: input.completeClasses ?? null,
      standard: input.standard ?? standardOn(input.asOf),
      sender: clean(input.sender ?? '') || fullName(place.unitType, place.name),
      createdBy: ctx.actor.userId,
      createdByName: ctx.actor.name,
      at: ctx.at,
    });
    if (!input.stepwise) await ctx.enqueue('registry.open-list', { importId });
    return { importId };
  },
  audit: ({ file, placeId, asOf }, { importId }) => ({ importId, file: file.sha256, placeId, asOf }),
});
