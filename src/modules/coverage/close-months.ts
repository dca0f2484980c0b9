import { z } from 'zod';
import { command, read } from '../../platform/command.ts';
import type { Db } from '../../platform/db/connect.ts';
import { addDays, type Day, dayOf } from '../../shared/dates.ts';
import { notFound } from '../../shared/errors.ts';
import { getLine, type Line, linesIssued } from '../plans/index.ts';
import { reviewDays } from '../registry/index.ts';
import { scopeOf } from './compute-cells.ts';
import { writeBaseCells, writeCells } from './store-cells.ts';
import { closingsOf, insertClosing, lockLine } from './store-marks.ts';

/** The last day of the month in which a day lies. */
const monthEnd = (day: Day): Day => addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);

/**
 * The month ends of a line that are over: from the month in which it began to the one in which it ends. A month is closed
 * from the second day of the next on, so that the last day's evidence can still be written down on the first. Nothing can
 * have been recorded by a month end before the plan was entered as issued, and nothing is after it was closed: those ends
 * are not kept, but computed for who asks.
 */
const monthEndsOf = ({ startsOn, endsOn, planIssuedAt, planClosedAt }: Line, today: Day): Day[] => {
  if (!planIssuedAt) return [];
  const [entered, closed] = [dayOf(planIssuedAt), planClosedAt && dayOf(planClosedAt)];
  const ends: Day[] = [];
  for (let end = monthEnd(startsOn); addDays(end, 2) <= today; end = monthEnd(addDays(end, 1))) {
    if (closed && end > closed) break;
    if (end > entered) ends.push(end);
    if (end >= endsOn) break;
  }
  return ends;
};

/** The review day of the newest list, by that day, that speaks of any of the places. */
export const listDateOf = async (tx: Db, placeIds: readonly string[], on: Day): Promise<Day | null> => {
  const known: Day[] = [];
  for (const placeId of placeIds)
    known.push(...(await reviewDays(tx, placeId)).map(({ asOf }) => asOf).filter((asOf) => asOf <= on));
  return known.sort().at(-1) ?? null;
};

/** The lines that have months to close. */
export const listOpenMonths = read({
  name: 'coverage.list-open-months',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async ({ tx, today }) => {
    const lines = await linesIssued(tx);
    const closed = await closingsOf(
      tx,
      lines.map(({ lineId }) => lineId),
      null,
    );
    const done = new Set(closed.map(({ lineId, asOf }) => `${lineId} ${asOf}`));
    return lines
      .filter((line) => monthEndsOf(line, today).some((end) => !done.has(`${line.lineId} ${end}`)))
      .map(({ lineId }) => lineId);
  },
});

/** Closes the month ends of a line that are over and not closed yet: what stands there then is never written again. */
export const closeMonths = command({
  name: 'coverage.close-months',
  input: z.object({ lineId: z.uuid({ error: 'line' }) }),
  allow: 'system',
  area: 'none',
  run: async ({ tx, at, today }, { lineId }) => {
    await lockLine(tx, lineId);
    const line = await getLine(tx, lineId);
    // A draft has no evidence yet; its months would be closed at nothing for good.
    if (line.planState === 'draft') throw notFound('line');
    const closed: Day[] = [];
    for (const asOf of monthEndsOf(line, today)) {
      const listDate = await listDateOf(tx, line.placeIds, asOf);
      const scope = await scopeOf(tx, { line, on: asOf, today });
      const { edition, threshold } = scope.line;
      const kept = { lineId, asOf, closedAt: at, listDate, boundaries: asOf, edition, threshold };
      if (!(await insertClosing(tx, kept))) continue;
      await writeBaseCells(tx, asOf, scope, null);
      await writeCells(tx, asOf, lineId, asOf, null);
      closed.push(asOf);
    }
    return { closed };
  },
  audit: ({ lineId }, { closed }) => ({ lineId, closed }),
});
