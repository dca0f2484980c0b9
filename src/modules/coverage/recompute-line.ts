import { z } from 'zod';
import { command, read } from '../../platform/command.ts';
import { findLine, linesInForce } from '../plans/index.ts';
import { NOW } from './cells.ts';
import { scopeOf } from './compute-cells.ts';
import { writeBaseCells, writeCells } from './store-cells.ts';
import {
  computedOn,
  dropNow,
  insertMarks,
  isBehind,
  lockLine,
  markedLines,
  setComputed,
  takeMarks,
} from './store-marks.ts';

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
  run: async ({ tx, at, today, enqueue }, { lineId }) => {
    await lockLine(tx, lineId);
    const marks = await takeMarks(tx, lineId);
    const line = await findLine(tx, lineId);
    if (!line || line.planState === 'closed') {
      await dropNow(tx, lineId);
      return { places: 0, behind: false };
    }
    const whole = marks.whole || (await computedOn(tx, lineId)) !== today;
    const places = whole ? null : marks.places;
    // A machine that slept through midnight: cells of yesterday's facts must not pass for today's. The refresh marks all lines.
    if (await isBehind(tx, today, places)) {
      await insertMarks(tx, [lineId], marks.whole ? null : marks.places, at);
      await enqueue('registry.refresh-now', {});
      return { places: 0, behind: true };
    }
    const scope = await scopeOf(tx, { line, on: today, today, ...(places ? { placeIds: places } : {}) });
    await writeBaseCells(tx, NOW, scope, places);
    await writeCells(tx, NOW, lineId, today, places);
    await setComputed(tx, lineId, today);
    return { places: scope.placeIds.length, behind: false };
  },
  audit: ({ lineId }, { places, behind }) => ({ lineId, places, behind }),
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
