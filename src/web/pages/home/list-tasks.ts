import { listImports } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { capital } from '../../show.ts';
import { type FindTasks, firstOf } from './task.ts';

const LOOKED_AT = 30;
const MOST = 5;

/** Lists that an officer brought in and has not ended: nothing of them counts until somebody decides. */
export const listTasks: FindTasks = async ({ say, execute }) => {
  const waiting = (await execute(listImports, { limit: LOOKED_AT })).filter(
    ({ state, busy }) => !busy && (state === 'read' || state === 'checked'),
  );
  if (waiting.length === 0) return undefined;
  return {
    title: say('today.lists'),
    ...firstOf(
      waiting.map(({ importId, fileName, placeName, asOf, state, counts }) => ({
        text: fileName,
        href: `/imports/${importId}`,
        note: say(`today.list.${state === 'checked' && counts?.errors ? 'faulty' : state}`, {
          place: capital(placeName),
          day: showDay(asOf),
          count: counts?.errors ?? 0,
        }),
      })),
      MOST,
      (count) => ({ text: say('today.rest-lists', { count }), href: '/imports' }),
    ),
  };
};
