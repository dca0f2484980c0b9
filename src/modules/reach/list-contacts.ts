import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { getEditions } from '../content/index.ts';
import { namesOn } from '../territory/index.ts';
import { effectiveStage } from './effective.ts';
import type { EditionKey } from './ledger.ts';
import { contactsOfSubject, heardBy, placeOfSubject } from './store-looks.ts';
import { withinAreas } from './within-areas.ts';

const requirePlace = async (ctx: Context, subjectId: string): Promise<string> => {
  const place = await placeOfSubject(ctx.tx, subjectId);
  if (!place || !(await withinAreas(ctx, [place])).has(place)) throw notFound('household');
  return place;
};

/**
 * The ledger of one household: what it was told, when, by what proof, how it counts and why, and what was voided by whom;
 * and what was played or shown where it lived. Somebody else's household is not found, whether there is one or not.
 */
export const listContacts = read({
  name: 'reach.list-contacts',
  input: z.object({ subjectId: z.uuid({ error: 'household' }) }),
  allow: ['officer', 'leader', 'agent'],
  area: async (ctx, { subjectId }) => [await requirePlace(ctx, subjectId)],
  run: async (ctx, { subjectId }) => {
    await requirePlace(ctx, subjectId);
    const [contacts, heard] = [await contactsOfSubject(ctx.tx, subjectId), await heardBy(ctx.tx, subjectId)];
    const editions = await getEditions(ctx.tx, [...contacts, ...heard]);
    const messageOf = ({ messageId, edition }: EditionKey) => {
      const found = editions.get(`${messageId}|${edition}`);
      return { code: found?.code ?? '?', title: found?.title ?? '?' };
    };
    const names = await namesOn(
      ctx.tx,
      heard.map(({ placeId }) => placeId),
      ctx.today,
    );
    return {
      contacts: contacts.map(({ languages, languagesRead, ...row }) => {
        const { stage: effective, why } = effectiveStage(row, { languages, languagesRead });
        return { ...row, effective, why, message: messageOf(row) };
      }),
      heard: heard.map((row) => ({ ...row, village: names.get(row.placeId) ?? '', message: messageOf(row) })),
    };
  },
  sensitive: ({ subjectId }) => ({ subjectId }),
});
