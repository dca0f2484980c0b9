import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { addDays, type Day } from '../../shared/dates.ts';
import { fold } from '../../shared/text.ts';
import { coveredPlaces } from '../territory/index.ts';
import type { Line } from './line.ts';
import { standingOf } from './progress.ts';
import { begunLines, linesEndingBy } from './store-lines.ts';

/** A line is told of so many days before its last one, while something can still be done. */
const SOON_DAYS = 14;

export interface DueLine {
  readonly planCode: string;
  readonly position: number;
  readonly what: string;
  readonly endsOn: Day;
  /** Its last day has passed and nothing was done. */
  readonly late: boolean;
  /** Something was done for it. */
  readonly begun: boolean;
}

/** Lines by who answers for them; of plans whose period is over apart from those of the others. */
export interface DueHead {
  readonly name: string;
  readonly post: string;
  readonly late: number;
  /** The period of their plans is over. */
  readonly over: boolean;
  /** The longest overdue first. */
  readonly lines: readonly DueLine[];
}

/** Lines of plans of the own areas, and those of others' plans that are carried out nowhere but there. */
const ownLines = async (ctx: Context, lines: readonly Line[]): Promise<readonly Line[]> => {
  if (ctx.areas === null) return lines;
  const places = [...new Set(lines.flatMap(({ planPlaceId, placeIds }) => [planPlaceId, ...placeIds]))];
  const own = await coveredPlaces(ctx.tx, ctx.areas, places, ctx.today);
  return lines.filter(
    ({ planPlaceId, placeIds }) => own.has(planPlaceId) || placeIds.every((placeId) => own.has(placeId)),
  );
};

/**
 * What of the issued plans is late, or ends within two weeks, by the name of the head who answers for it: plans under way
 * before those whose period is over, then whose lines are late, most of them first.
 */
export const listDueLines = read({
  name: 'plans.list-due-lines',
  input: z.object({}),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx): Promise<DueHead[]> => {
    const lines = await ownLines(ctx, await linesEndingBy(ctx.tx, addDays(ctx.today, SOON_DAYS)));
    const begun = await begunLines(
      ctx.tx,
      lines.map(({ lineId }) => lineId),
    );
    const due = lines.flatMap((line) => {
      const standing = standingOf(line.planState, line, begun.has(line.lineId) ? 1 : 0, ctx.today);
      if (standing !== 'late' && standing !== 'open' && standing !== 'begun') return [];
      return [{ line, late: standing === 'late', begun: standing === 'begun' }];
    });
    const isOver = ({ planPeriodTo }: Line): boolean => planPeriodTo < ctx.today;
    const heads = Map.groupBy(due, ({ line }) => fold(`${isOver(line)}|${line.headName}|${line.headPost}`)).values();
    return [...heads]
      .map((own): DueHead => {
        const { headName, headPost } = own[0]!.line;
        const sorted = own.toSorted((a, b) => (a.line.endsOn < b.line.endsOn ? -1 : 1));
        return {
          name: headName,
          post: headPost,
          late: own.filter(({ late }) => late).length,
          over: isOver(own[0]!.line),
          lines: sorted.map(({ line: { planCode, position, what, endsOn }, ...rest }) => ({
            ...{ planCode, position, what, endsOn },
            ...rest,
          })),
        };
      })
      .sort(
        (a, b) =>
          Number(a.over) - Number(b.over) || b.late - a.late || (a.lines[0]!.endsOn < b.lines[0]!.endsOn ? -1 : 1),
      );
  },
});
