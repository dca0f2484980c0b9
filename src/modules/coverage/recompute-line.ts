import { z } from 'zod';
import { command, read } from '../../platform/command.ts';
import { linesInForce } from '../plans/index.ts';
import { NOW } from './cells.ts';
import { scopeOf } from './compute-cells.ts';
import { writeBaseCells, writeCells } from './store-cells.ts';
import { computedOn, dropNow, insertMarks, lockLine, markedLines, setComputed, takeMarks } from './store-marks.ts';

/** The lines of which something has to be computed again, the longest waiting first. */
export const listMarkedLines = read({
  name: 'coverage.list-marked-lines',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: (ctx) => markedLines(ctx.tx),
});

/**
 * Computes the marked cells of a line again from the facts, and those of the places above them; all of them when the day has
 * changed meanwhile. Nothing is ever added to a cell or taken from it, so it may be done twice.
 */
export const recomputeLine = command({
  name: 'coverage.recompute-line',
  input: z.object({ lineId: z.uuid({ error: 'line' }) }),
  allow: 'system',
  area: 'none',
  run: async ({ tx, today }, { lineId }) => {
    await lockLine(tx, lineId);
    const marks = await takeMarks(tx, lineId);
    const line = (await linesInForce(tx)).find((each) => each.lineId === lineId);
    if (!line) {
      await dropNow(tx, lineId);
      return { places: 0 };
    }
    const whole = marks.whole || (await computedOn(tx, lineId)) !== today;
    const places = whole ? null : marks.places;
    const scope = await scopeOf(tx, { line, on: today, today, ...(places ? { placeIds: places } : {}) });
    await writeBaseCells(tx, NOW, scope, places);
    await writeCells(tx, NOW, lineId, today, places);
    await setComputed(tx, lineId, today);
    return { places: scope.placeIds.length };
  },
  audit: ({ lineId }, { places }) => ({ lineId, places }),
});

/** Has everything of all lines in force computed from scratch, whatever is thought to be known. */
export const markAll = command({
  name: 'coverage.mark-all',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async ({ tx, at }) => {
    const lines = await linesInForce(tx);
    await insertMarks(
      tx,
      lines.map(({ lineId }) => lineId),
      null,
      at,
    );
    return { lines: lines.length };
  },
  audit: (_, { lines }) => ({ lines }),
});
