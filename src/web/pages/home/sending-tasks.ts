import { countReplies, listUnfinished } from '../../../modules/delivery/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import type { FindTasks, Task } from './task.ts';

type Unfinished = Awaited<ReturnType<typeof listUnfinished.run>>;

const runningTask = (say: Say, sending: Unfinished['running'][number]): Task => {
  const { dispatchId, what, recipients: count, stopped, stoppedByName, waitsForMorning } = sending;
  const key = stopped ? 'stopped' : waitsForMorning ? 'morning' : 'running';
  return {
    text: what,
    href: `/dispatches/${dispatchId}`,
    note: say(`today.sending.${key}`, { count, name: stoppedByName ?? '' }),
    late: stopped,
  };
};

/** Where one goes for it: to those not reached for that reason, where somebody can be sent; else to the sending itself. */
const groupTask = (
  say: Say,
  { dispatchId, lineId }: Unfinished['failed'][number],
  { state, fault, count }: Unfinished['failed'][number]['groups'][number],
): Task => {
  const cause = fault ?? 'no-receipt';
  const held = state === 'withheld' && fault !== 'refused' && fault !== 'number-ended';
  const reason = state === 'uncertain' ? 'delivery-uncertain' : 'delivery-failed';
  return {
    text: say('today.sending.group', {
      count,
      why: fault ? say(`send-fault.${fault}`) : say('today.sending.no-receipt'),
    }),
    href: held ? `/dispatches/${dispatchId}` : `/left-behind?what=line:${lineId}&reason=${reason}`,
    note: say(`send-todo.${cause}`),
  };
};

const failedTask = (say: Say, failed: Unfinished['failed'][number]): Task => ({
  text: failed.what,
  href: `/dispatches/${failed.dispatchId}`,
  note: say('today.sending.failed', { count: failed.count }),
  parts: failed.groups.map((group) => groupTask(say, failed, group)),
});

/** What is being sent, what stands still, and whom the last week's sendings did not reach. */
export const sendingTasks: FindTasks = async ({ say, execute }) => {
  const { running, more, failed } = await execute(listUnfinished, {});
  const tasks = [
    ...running.toSorted((a, b) => Number(b.stopped) - Number(a.stopped)).map((each) => runningTask(say, each)),
    ...failed.map((each) => failedTask(say, each)),
  ];
  if (tasks.length === 0) return undefined;
  return {
    title: say('today.sendings'),
    how: 'not-arrived',
    tasks,
    rest: more > 0 ? { text: say('today.rest-sendings', { count: more }), href: '/dispatches' } : undefined,
  };
};

export const replyTasks: FindTasks = async ({ say, execute }) => {
  const { unread } = await execute(countReplies, {});
  if (unread === 0) return undefined;
  return {
    title: say('today.replies'),
    how: 'replies',
    tasks: [{ text: say('today.replies-unread', { count: unread }), href: '/dispatches/replies' }],
  };
};
