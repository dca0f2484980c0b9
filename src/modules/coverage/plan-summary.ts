import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { ruleSchema } from '../audiences/index.ts';
import { areaAsked, askedInput, resolveAsked } from './asked.ts';
import { countReachedLines, type Reachedness } from './store-rows.ts';

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
    const { on, wheres, lines } = await resolveAsked(ctx, { ...input, lineId: null });
    const scopes = lines.map(({ line, own }) => ({
      threshold: line.threshold,
      scope: {
        line,
        rule: ruleSchema.parse(line.rule),
        on,
        today: ctx.today,
        placeIds: own.filter((placeId) => wheres.some(({ inside }) => inside.has(placeId))),
      },
    }));
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
