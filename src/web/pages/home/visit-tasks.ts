import { countVisits, listVisits } from '../../../modules/visits/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { capital } from '../../show.ts';
import type { FindTasks, Task } from './task.ts';

const MOST = 5;

/** To whose door somebody goes: their own visits, by the day they are due. */
export const ownVisitTasks: FindTasks = async ({ say, execute }) => {
  const { visits, total } = await execute(listVisits, { mine: true, states: ['open'], limit: MOST });
  if (total === 0) return undefined;
  return {
    title: say('today.own-visits', { count: total }),
    how: 'visits',
    tasks: visits.map(({ visitId, head, code, village, dueOn, overdue }) => ({
      text: head ?? code,
      href: `/visits/${visitId}`,
      note: say(overdue ? 'today.visit-overdue' : 'today.visit-due', { place: capital(village), day: showDay(dueOn) }),
      late: overdue,
    })),
    rest: total > MOST ? { text: say('today.rest-visits', { count: total - MOST }), href: '/visits' } : undefined,
  };
};

/** How the visits of the own areas stand, for whoever sends people. */
export const visitTasks: FindTasks = async ({ say, execute }) => {
  const { open, overdue, today, done, notMet, refused } = await execute(countVisits, {});
  const tasks: Task[] = [];
  const add = (count: number, key: string, href: string, late = false) => {
    if (count > 0) tasks.push({ text: say(`today.visits.${key}`, { count }), href, late });
  };
  add(overdue, 'overdue', '/visits', true);
  add(today, 'today', '/visits');
  add(open - overdue - today, 'ahead', '/visits');
  add(notMet, 'not-met', '/visits?state=not-met');
  add(refused, 'refused', '/visits?state=refused');
  add(done, 'done', '/visits?state=done');
  return tasks.length === 0 ? undefined : { title: say('today.visits'), how: 'visits', tasks };
};
