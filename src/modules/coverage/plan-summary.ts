import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { ruleSchema } from '../audiences/index.ts';
import { type Asked, type AskedScope, areaAsked, askedInput, resolveAsked } from './asked.ts';
import { countEarlierRows, countReachedLines, type Reachedness } from './store-rows.ts';

const scopesOf = ({ on, wheres, lines }: AskedScope, today: Day) =>
  lines.map(({ line, own }) => ({
    threshold: line.threshold,
    startsOn: line.startsOn,
    scope: {
      line,
      rule: ruleSchema.parse(line.rule),
      on,
      today,
      placeIds: own.filter((placeId) => wheres.some(({ inside }) => inside.has(placeId))),
    },
  }));

/**
 * Of each line asked for, how many of those reached rest only on evidence from before its first day. Looks only; who asks
 * has seen to the right of the place. One query a line: for papers, not for pages.
 */
export const countEarlier = async (ctx: Context, asked: Asked): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const each of scopesOf(await resolveAsked(ctx, asked), ctx.today))
    counts.set(each.scope.line.lineId, await countEarlierRows(ctx.tx, each));
  return counts;
};

/**
 * A plan as its households live it: reached on how many of the lines that mean them. Nobody's lines are added up; who is
 * reached on none comes first. Officers are counted apart.
 */
export const summarisePlan = read({
  name: 'coverage.summarise-plan',
  input: z.object({
    planCode: z.string().min(1).max(100),
    placeId: askedInput.placeId,
    on: askedInput.on,
    boundaries: askedInput.boundaries,
  }),
  allow: ['officer', 'leader', 'agent'],
  area: areaAsked,
  run: async (ctx, input) => {
    const asked = await resolveAsked(ctx, { ...input, lineId: null });
    const { on, lines } = asked;
    const scopes = scopesOf(asked, ctx.today);
    const of = async (subject: 'household' | 'officer'): Promise<Reachedness[]> => {
      const own = scopes.filter(({ scope }) => scope.rule.subject === subject);
      return own.length > 0 ? countReachedLines(ctx.tx, own) : [];
    };
    return {
      planCode: input.planCode,
      planTitle: lines[0]!.line.planTitle,
      on,
      lines: lines.length,
      households: await of('household'),
      officers: await of('officer'),
    };
  },
});
