import { z } from 'zod';
import { type Context, command } from '../../../platform/command.ts';
import { spokenLanguages } from '../../../shared/channels.ts';
import { isDay } from '../../../shared/dates.ts';
import { invalid, notFound } from '../../../shared/errors.ts';
import { coversPlaces } from '../../territory/index.ts';
import { announceChanged } from '../events.ts';
import { type Noting, refreshNoted, villagesToday, writeLanguages } from './store.ts';

const several = z
  .array(z.enum(spokenLanguages, { error: 'languages.choice' }))
  .max(20)
  .transform((all) => [...new Set(all)]);

/** What is said of a household's languages, as every door takes it. */
export const languagesInput = {
  languages: several.pipe(z.array(z.enum(spokenLanguages)).min(1, { error: 'languages.none' })),
  /** null = as known before; [] = nobody there reads. */
  languagesRead: several.nullish(),
  from: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
} as const;

/**
 * What households understand and read, from a day on. For whoever learns it in the middle of something else; permission is
 * theirs to check. @returns of how many households it said something new
 */
export const noteLanguagesOf = async (ctx: Context, noting: Noting): Promise<number> => {
  const { from } = noting;
  if (from > ctx.today) throw invalid('languages.ahead', {}, [{ path: 'from', code: 'languages.ahead' }]);
  const changed = await writeLanguages(ctx.tx, noting, ctx.at);
  if (changed.length > 0) await announceChanged(ctx, await refreshNoted(ctx.tx, changed, { from, today: ctx.today }));
  return changed.length;
};

/** Which fields are said; their values are nobody's business but the household's. */
export const fieldsNoted = ({ languagesRead }: Pick<Noting, 'languagesRead'>): string[] =>
  languagesRead === null ? ['languages'] : ['languages', 'languages_read'];

const placesOf = async (ctx: Context, subjectIds: readonly string[]): Promise<string[]> => {
  const found = await villagesToday(ctx.tx, subjectIds);
  if (found.length < new Set(subjectIds).size) throw notFound('household');
  return [...new Set(found.map(({ villageId }) => villageId))];
};

/**
 * Lists often say which people a household belongs to but not what it understands, and without that nothing counts that
 * was said to it. Whoever knows the household says so, from when on it was so.
 */
export const noteLanguages = command({
  name: 'registry.note-languages',
  input: z.object({
    subjectIds: z
      .array(z.uuid({ error: 'household' }))
      .min(1, { error: 'languages.whom' })
      .max(2_000),
    ...languagesInput,
  }),
  allow: ['officer', 'agent'],
  area: async (ctx, { subjectIds }) => {
    const villages = await placesOf(ctx, subjectIds);
    // Somebody else's household is not found, whether there is one or not.
    if (ctx.areas !== null && !(await coversPlaces(ctx.tx, ctx.areas, villages, ctx.today)))
      throw notFound('household');
    return villages;
  },
  run: async (ctx, { subjectIds, languages, languagesRead = null, from }) => {
    await placesOf(ctx, subjectIds);
    const noting = { subjectIds, languages, languagesRead, from: from ?? ctx.today, onlyUnknown: false };
    return { households: await noteLanguagesOf(ctx, noting) };
  },
  audit: ({ subjectIds, languagesRead = null }, { households }) => ({
    ...{ asked: subjectIds.length, households },
    fields: fieldsNoted({ languagesRead }),
  }),
});
