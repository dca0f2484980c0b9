import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { announceChanged } from './events.ts';
import { heldLine, placeOfLine } from './known-plan.ts';
import { changeLine } from './store-lines.ts';

/** Asks more of a line: it counts as reached only from a higher stage on. Less is never asked once a plan is signed. */
export const raiseThreshold = command({
  name: 'plans.raise-threshold',
  input: z.object({
    lineId: z.string(),
    threshold: z.coerce.number().int().min(2, 'line.threshold').max(5, 'line.threshold'),
    note: z.string().max(1_000).transform(clean).default(''),
  }),
  allow: ['officer', 'leader'],
  area: placeOfLine,
  run: async (ctx, { lineId, threshold, note }) => {
    const { line } = await heldLine(ctx, lineId);
    if (threshold < line.threshold)
      throw invalid('threshold-lower', {}, [{ path: 'threshold', code: 'threshold-lower' }]);
    if (threshold === line.threshold) throw conflict('line.same-threshold');
    const { userId, name } = ctx.actor;
    const change = {
      lineId,
      what: 'threshold' as const,
      before: String(line.threshold),
      after: String(threshold),
      note,
    };
    await changeLine(ctx.tx, { ...change, changedBy: userId, changedByName: name, changedAt: ctx.at }, { threshold });
    await announceChanged(ctx, [lineId]);
    return { before: line.threshold };
  },
  audit: ({ lineId, threshold }, { before }) => ({ lineId, before, after: threshold }),
});
