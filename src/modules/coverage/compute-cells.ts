import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { ruleSchema } from '../audiences/index.ts';
import { type Line, linesOn } from '../plans/index.ts';
import { placesUnder } from '../territory/index.ts';
import type { Cell, Scope } from './cells.ts';
import { selectCells } from './store-cells.ts';

interface Query {
  readonly line: Line;
  readonly on: Day;
  readonly today: Day;
  /** Own places to look at; left out = all places of the line. Those outside the line count nobody. */
  readonly placeIds?: readonly string[];
}

/** The line, its rule and places as of a day; of a place of it that has ended by then, what lay in it on its last day. */
export const scopeOf = async (tx: Db, { line, on, today, placeIds }: Query): Promise<Scope & { line: Line }> => {
  const [then] = await linesOn(tx, [line], on);
  const own = await placesUnder(tx, line.placeIds, on);
  const asked = placeIds && new Set(placeIds);
  return {
    line: then!,
    rule: ruleSchema.parse(line.rule),
    on,
    today,
    placeIds: asked ? own.filter((placeId) => asked.has(placeId)) : own,
  };
};

/**
 * How many of a line's audience were reached, by own place of the subjects (villages; of officers, where their post is) and
 * facet. The law of rates: the denominator is who exists on the day and for whom the rule is true on that day within the
 * line's places; who counts at stage k is whose first day at k or better is not later.
 */
export const computeCells = async (tx: Db, query: Query): Promise<Cell[]> => selectCells(tx, await scopeOf(tx, query));
