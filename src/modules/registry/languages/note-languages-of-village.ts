import { z } from 'zod';
import { command, read } from '../../../platform/command.ts';
import type { Day } from '../../../shared/dates.ts';
import { invalid } from '../../../shared/errors.ts';
import { groupKey } from '../../../shared/spelling.ts';
import { clean } from '../../../shared/text.ts';
import { findVersion } from '../../territory/index.ts';
import { fieldsNoted, languagesInput, noteLanguagesOf } from './note-languages.ts';
import { type EthnicGroup, groupsOfVillage, membersOfGroup } from './store.ts';

/**
 * What the households of one ethnic group in a village understand and read, said once for all of them by an officer who
 * knows the village. What is known of a household stays, unless asked otherwise. Without `commit` it only counts.
 */
export const noteLanguagesOfVillage = command({
  name: 'registry.note-languages-of-village',
  input: z.object({
    villageId: z.uuid({ error: 'place' }),
    ethnicity: z
      .string()
      .transform(clean)
      .pipe(z.string().min(1, { error: 'languages.group' }).max(100)),
    ...languagesInput,
    onlyUnknown: z.boolean().default(true),
    commit: z.boolean(),
  }),
  allow: ['officer'],
  area: async (_, { villageId }) => [villageId],
  run: async (ctx, { villageId, ethnicity, languages, languagesRead = null, onlyUnknown, commit, ...rest }) => {
    const from = rest.from ?? ctx.today;
    if (from > ctx.today) throw invalid('languages.ahead', {}, [{ path: 'from', code: 'languages.ahead' }]);
    if ((await findVersion(ctx.tx, villageId, ctx.today))?.kind !== 'village')
      throw invalid('place', {}, [{ path: 'villageId', code: 'place' }]);
    const members = await membersOfGroup(ctx.tx, villageId, ethnicity);
    const unknown = members.filter((each) => each.unknown);
    const subjectIds = (onlyUnknown ? unknown : members).map(({ subjectId }) => subjectId);
    if (commit) await noteLanguagesOf(ctx, { subjectIds, languages, languagesRead, from, onlyUnknown });
    return { households: subjectIds.length, unknownBefore: unknown.length };
  },
  audit: ({ villageId, languagesRead = null, commit }, { households }) => ({
    ...{ villageId, households, commit },
    fields: fieldsNoted({ languagesRead }),
  }),
});

/** The ethnic groups that live in a village, with how many households of each nobody knows what they understand. */
export const listEthnicGroups = read({
  name: 'registry.list-ethnic-groups',
  input: z.object({ villageId: z.uuid({ error: 'place' }) }),
  allow: ['officer'],
  area: async (_, { villageId }) => [villageId],
  run: async (ctx, { villageId }): Promise<{ groups: EthnicGroup[]; today: Day }> => {
    const rows = await groupsOfVillage(ctx.tx, villageId);
    const groups = Map.groupBy(rows, ({ ethnicity }) => groupKey(ethnicity));
    const counted = [...groups.values()].map((same) => ({
      ethnicity: same[0]!.ethnicity,
      households: same.reduce((sum, { households }) => sum + households, 0),
      unknown: same.reduce((sum, { unknown }) => sum + unknown, 0),
    }));
    return { groups: counted, today: ctx.today };
  },
});
