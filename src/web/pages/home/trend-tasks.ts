import { type LineTrend, notReachedTrend } from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import type { FindTasks, Task } from './task.ts';

const compared = (say: Say, { notReached, before }: LineTrend): string => {
  if (!before) return '';
  const more = notReached - before.notReached;
  const key = more > 0 ? 'rising' : more < 0 ? 'falling' : 'same';
  return say(`today.trend.${key}`, { count: Math.abs(more), day: showDay(before.on) });
};

const trendTask = (say: Say, line: LineTrend): Task => ({
  text: line.what,
  href: `/left-behind?what=line:${line.lineId}`,
  ladder: line.ladder,
  note: [say('today.trend.now', { count: line.notReached, of: line.of }), compared(say, line)]
    .filter(Boolean)
    .join(', '),
});

/** Of the lines in force, how many households are not reached, and whether they become more or fewer. */
export const trendTasks: FindTasks = async ({ say, execute }) => {
  const { lines, more, over: count } = await execute(notReachedTrend, {});
  if (lines.length === 0) return undefined;
  const past = lines.filter(({ over }) => over);
  return {
    title: say('today.not-reached'),
    how: 'trend',
    tasks: lines.filter(({ over }) => !over).map((line) => trendTask(say, line)),
    folded:
      past.length > 0
        ? { title: say('today.lines-over', { count }), tasks: past.map((line) => trendTask(say, line)) }
        : undefined,
    rest: more > 0 ? { text: say('today.rest-lines', { count: more }), href: '/coverage' } : undefined,
  };
};
