import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { areaAsked, askedInput, resolveAsked, shapeInput } from './asked.ts';
import { coverageOf } from './get-coverage.ts';

/** The figures to be taken along as a file: the same answer, and the audit knows that it left the house. */
export const exportCoverage = read({
  name: 'coverage.export-coverage',
  input: z.object({ ...askedInput, ...shapeInput, recomputed: z.boolean().default(false) }),
  allow: ['officer', 'leader', 'agent'],
  area: areaAsked,
  run: async (ctx, input) => coverageOf(ctx, await resolveAsked(ctx, input), input),
  sensitive: ({ placeId, by, facet }, { on, lines }) => ({
    planCode: lines[0]!.planCode,
    lines: lines.map(({ lineId }) => lineId),
    placeId: placeId ?? null,
    on,
    by,
    facet,
    rows: lines.reduce((sum, line) => sum + line.rows.length, 0),
  }),
});
