import { type LineTrend, notReachedTrend } from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import type { FindTasks } from './task.ts';

const compared = (say: Say, { notReached, before }: LineTrend): string => {
  if (!before) return '';
  const more = notReached - before.notReached;
  const key = more > 0 ? 'rising' : more < 0 ? 'falling' : 'same';
  return say(`today.trend.${key}`, { count: Math.abs(more), day: showDay(before.on) });
};

/** Of the lines in force, how many households are not reached, and whether they become more or fewer. */
export const trendTasks: FindTasks = async ({ say, execute }) => {
  const { lines, more } = await execute(notReachedTrend, {});
  if (lines.length === 0) return undefined;
  return {
    title: say('today.not-reached'),
    tasks: lines.map((line) => ({
      text: line.what,
      href: `/left-behind?what=line:${line.lineId}`,
      note: [say('today.trend.now', { count: line.notReached, of: line.of }), compared(say, line)]
        .filter(Boolean)
        .join(', '),
    })),
    rest: more > 0 ? { text: say('today.rest-lines', { count: more }), href: '/coverage' } : undefined,
  };
};
