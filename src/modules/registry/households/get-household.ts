import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { coversPlaces, namesOn } from '../../territory/index.ts';
import { householdFacts, villagesOf } from './store.ts';

/**
 * A household with all its dated facts. It holds ethnicity and health (sensitive by NĐ 356/2025/NĐ-CP), so every look is
 * written to the audit. A household of another area is not found, whether it exists or not.
 */
export const getHousehold = read({
  name: 'registry.get-household',
  // From an address: one that is no id is answered as a household that is not there, not as a field to correct.
  input: z.object({ subjectId: z.string() }),
  allow: ['officer', 'leader', 'agent'],
  area: async (ctx, { subjectId }) => {
    if (!isId(subjectId)) throw notFound('household');
    const villages = await villagesOf(ctx.tx, subjectId);
    const covered = ctx.areas === null || (await coversPlaces(ctx.tx, ctx.areas, villages, ctx.today));
    if (villages.length === 0 || !covered) throw notFound('household');
    return villages;
  },
  run: async (ctx, { subjectId }) => {
    const facts = isId(subjectId) ? await householdFacts(ctx.tx, subjectId) : undefined;
    if (!facts) throw notFound('household');
    const villages: { villageId: string; validFrom: string; name: string }[] = [];
    for (const { villageId, validFrom, validTo } of facts.residency) {
      // Where it lives is called as it is called today; where it lived, as it was called then.
      const names = await namesOn(ctx.tx, [villageId], validTo === null ? ctx.today : validFrom);
      villages.push({ villageId, validFrom, name: names.get(villageId) ?? '' });
    }
    return { ...facts, villages, today: ctx.today };
  },
  sensitive: ({ subjectId }) => ({ subjectId }),
});
