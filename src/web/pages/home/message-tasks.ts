import { listWaiting } from '../../../modules/content/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { showMoment } from '../../show.ts';
import { type FindTasks, firstOf, type Task } from './task.ts';

const MOST = 5;

type Waiting = Awaited<ReturnType<typeof listWaiting.run>>['decide'][number];

const hrefOf = ({ messageId, edition, formId }: Waiting, page: '' | '/approve'): string =>
  formId ? `/messages/${messageId}/corrections/${formId}` : `/messages/${messageId}/editions/${edition}${page}`;

const taskOf = (say: Say, waiting: Waiting, what: 'decide' | 'back' | 'draft'): Task => ({
  text: waiting.formId
    ? say('today.correction', { title: waiting.title, kind: say(`content.kind.${waiting.formKind}`) })
    : waiting.title,
  href: hrefOf(waiting, what === 'decide' ? '/approve' : ''),
  note: say(`today.message.${what}`, { name: waiting.byName, at: showMoment(waiting.at) }),
});

/** What waits for a leader's word. */
export const decisionTasks: FindTasks = async ({ say, execute }) => {
  const { decide } = await execute(listWaiting, {});
  if (decide.length === 0) return undefined;
  return {
    title: say('today.decide', { count: decide.length }),
    how: 'waiting',
    ...firstOf(
      decide.map((each) => taskOf(say, each, 'decide')),
      MOST,
      (count) => ({ text: say('today.rest-messages', { count }), href: '/messages?state=waiting' }),
    ),
  };
};

/** What came back to who writes, and what they have not handed in yet. */
export const writingTasks: FindTasks = async ({ say, execute }) => {
  const { back, drafts } = await execute(listWaiting, {});
  const tasks = [...back.map((each) => taskOf(say, each, 'back')), ...drafts.map((each) => taskOf(say, each, 'draft'))];
  if (tasks.length === 0) return undefined;
  return {
    title: say('today.writing'),
    how: 'waiting',
    ...firstOf(tasks, MOST, (count) => ({
      text: say('today.rest-messages', { count }),
      href: '/messages?state=draft',
    })),
  };
};
