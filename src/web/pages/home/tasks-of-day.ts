import type { Role } from '../../../shared/roles.ts';
import type { PageRequest } from '../../page.ts';
import { lineTasks } from './line-tasks.ts';
import { listTasks } from './list-tasks.ts';
import { decisionTasks, writingTasks } from './message-tasks.ts';
import { replyTasks, sendingTasks } from './sending-tasks.ts';
import { type FindTasks, holds, type TaskGroup } from './task.ts';
import { trendTasks } from './trend-tasks.ts';
import { ownVisitTasks, visitTasks } from './visit-tasks.ts';

/** What each role sees to, the first first. Who holds several sees each matter once, where the first of them has it. */
const matters: readonly (readonly [Role, readonly FindTasks[]])[] = [
  ['agent', [ownVisitTasks]],
  ['leader', [decisionTasks, lineTasks, trendTasks, sendingTasks, replyTasks, visitTasks]],
  ['officer', [sendingTasks, replyTasks, listTasks, lineTasks, visitTasks, writingTasks, trendTasks]],
  ['editor', [writingTasks]],
];

/** What there is to do today for who asks; matters that have nothing to say are left out. */
export const tasksOfDay = async (request: PageRequest): Promise<TaskGroup[]> => {
  const asked = new Set(matters.flatMap(([role, finds]) => (holds(request, role) ? finds : [])));
  const groups: TaskGroup[] = [];
  for (const find of asked) {
    const group = await find(request);
    if (group) groups.push(group);
  }
  return groups;
};
