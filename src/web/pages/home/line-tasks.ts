import { type DueHead, listDueLines } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { type FindTasks, firstOf, type Task } from './task.ts';

const MOST_HEADS = 6;
const MOST_LINES = 3;

type Line = DueHead['lines'][number];

const lineTask = (say: Say, { planCode, position, what, endsOn, late, begun }: Line): Task => ({
  text: what,
  href: `/plans/${planCode}/lines/${position}`,
  note: say(late ? 'today.line-late' : begun ? 'today.line-begun' : 'today.line-open', { day: showDay(endsOn) }),
  late,
});

const headTask = (say: Say, { name, post, late, lines }: DueHead): Task => {
  const more = lines.length - MOST_LINES;
  const parts = lines.slice(0, MOST_LINES).map((line) => lineTask(say, line));
  const rest = { text: say('today.rest-lines', { count: more }), href: `/plans/${lines[0]!.planCode}` };
  return {
    text: say(late > 0 ? 'today.head-late' : 'today.head-due', { name, post, count: late > 0 ? late : lines.length }),
    parts: more > 0 ? [...parts, rest] : parts,
  };
};

/** Responsibility of the heads: whose lines are late, whose end soon; folded away, what was left of plans whose period is over. */
export const lineTasks: FindTasks = async ({ say, execute }) => {
  const heads = await execute(listDueLines, {});
  if (heads.length === 0) return undefined;
  const tasksOf = (some: readonly DueHead[]) =>
    firstOf(
      some.map((head) => headTask(say, head)),
      MOST_HEADS,
      (count) => ({ text: say('today.rest-heads', { count }), href: '/plans' }),
    );
  const past = heads.filter(({ over }) => over);
  const count = past.reduce((sum, { lines }) => sum + lines.length, 0);
  return {
    title: say('today.lines'),
    how: 'progress',
    ...tasksOf(heads.filter(({ over }) => !over)),
    folded: count > 0 ? { title: say('today.lines-over', { count }), ...tasksOf(past) } : undefined,
  };
};
