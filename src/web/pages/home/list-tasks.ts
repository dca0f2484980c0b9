import { type ImportView, listImports } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { capital } from '../../show.ts';
import { type FindTasks, firstOf } from './task.ts';

const LOOKED_AT = 30;
const MOST = 5;

/** What a list is about: the poor and the near poor of one day may come in two lists. */
const subjectOf = ({ placeId, asOf, completeClasses, sender }: ImportView): string =>
  [placeId, asOf, sender, ...(completeClasses ?? []).toSorted()].join('|');

/** Its errors were corrected in a file that came later, about the same: that one is seen to now. */
const isReplaced = (list: ImportView, lists: readonly ImportView[]): boolean =>
  (list.counts?.errors ?? 0) > 0 &&
  lists.some(
    (other) =>
      other.importId !== list.importId &&
      subjectOf(other) === subjectOf(list) &&
      other.createdAt > list.createdAt &&
      ['read', 'checked', 'committed'].includes(other.state),
  );

/** Lists that an officer brought in and has not ended: nothing of them counts until somebody decides. */
export const listTasks: FindTasks = async ({ say, execute }) => {
  const { rows: lists } = await execute(listImports, { limit: LOOKED_AT });
  const waiting = lists.filter(
    (list) => !list.busy && (list.state === 'read' || list.state === 'checked') && !isReplaced(list, lists),
  );
  if (waiting.length === 0) return undefined;
  return {
    title: say('today.lists'),
    how: 'faults',
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
