import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { isDay } from '../../shared/dates.ts';
import { invalid } from '../../shared/errors.ts';
import { ruleSchema } from '../audiences/index.ts';
import { getLine } from '../plans/index.ts';
import { namesOn, placesUnder } from '../territory/index.ts';
import { householdsOfVillage } from './store.ts';

/**
 * The households of a village to be ticked or printed, first those whom the line is meant for. Who is meant tells who is
 * poor, so every look is written to the audit.
 */
export const listVillageHouseholds = read({
  name: 'delivery.list-village-households',
  input: z.object({
    lineId: z.string(),
    villageId: z.uuid({ error: 'evidence.village' }),
    on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
    /** Only those whom the line is meant for. */
    aimedOnly: z.boolean().default(false),
  }),
  allow: ['officer', 'agent', 'leader'],
  area: async (_, { villageId }) => [villageId],
  run: async (ctx, { lineId, villageId, on, aimedOnly }) => {
    const line = await getLine(ctx.tx, lineId);
    const day = on ?? ctx.today;
    if (!(await placesUnder(ctx.tx, [...line.placeIds], day)).includes(villageId))
      throw invalid('evidence.village-outside', {}, [{ path: 'villageId', code: 'evidence.village-outside' }]);
    const all = await householdsOfVillage(ctx.tx, {
      ...{ villageId, rule: ruleSchema.parse(line.rule), on: day, today: ctx.today },
    });
    const households = aimedOnly ? all.filter(({ aimed }) => aimed === true) : all;
    return { line, village: (await namesOn(ctx.tx, [villageId], day)).get(villageId) ?? '', on: day, households };
  },
  sensitive: ({ lineId, villageId }, { households }) => ({ lineId, villageId, households: households.length }),
});
