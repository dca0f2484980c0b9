import type { Say } from '../../../shared/words/index.ts';
import { Aside, Badge, Card, How, LadderKey, LadderStrip, Part, Tasks } from '../../../ui/index.ts';
import type { Task, TaskGroup } from './task.ts';

const TaskItem = ({ say, task: { text, href, note, ladder, late, parts } }: { say: Say; task: Task }) => (
  <li>
    {href ? <a href={href}>{text}</a> : <strong>{text}</strong>}
    {late && (
      <>
        {' '}
        <Badge tone="danger">{say('today.late')}</Badge>
      </>
    )}
    {note && <Aside>{note}</Aside>}
    {ladder && <LadderStrip say={say} figures={ladder} target={ladder.targetPercent / 100} />}
    {parts && (
      <ul>
        {parts.map((part) => (
          <TaskItem say={say} task={part} />
        ))}
      </ul>
    )}
  </li>
);

const TaskItems = ({ say, group: { tasks, rest } }: { say: Say; group: Omit<TaskGroup, 'how'> }) =>
  tasks.length === 0 && !rest ? null : (
    <Tasks>
      {[...tasks, ...(rest ? [rest] : [])].map((task) => (
        <TaskItem say={say} task={task} />
      ))}
    </Tasks>
  );

/** What belongs together, below its heading. */
export const TaskCard = ({ say, group }: { say: Say; group: TaskGroup }) => (
  <Card title={group.title}>
    {group.tasks.some(({ ladder }) => ladder) && <LadderKey say={say} brief />}
    <TaskItems say={say} group={group} />
    {group.folded && (
      <Part title={group.folded.title}>
        <TaskItems say={say} group={group.folded} />
      </Part>
    )}
    <How say={say} id={group.how} of={group.title} />
  </Card>
);
