import type { Say } from '../../../shared/words/index.ts';
import { Card } from '../../../ui/index.ts';
import type { Task, TaskGroup } from './task.ts';

const TaskItem = ({ say, task: { text, href, note, late, parts } }: { say: Say; task: Task }) => (
  <li>
    {href ? <a href={href}>{text}</a> : <strong>{text}</strong>}
    {late && <strong class="late"> {say('today.late')}</strong>}
    {note && <span class="hint">{note}</span>}
    {parts && (
      <ul>
        {parts.map((part) => (
          <TaskItem say={say} task={part} />
        ))}
      </ul>
    )}
  </li>
);

const TaskItems = ({ say, group: { tasks, rest } }: { say: Say; group: TaskGroup }) =>
  tasks.length === 0 && !rest ? null : (
    <ul class="tasks">
      {[...tasks, ...(rest ? [rest] : [])].map((task) => (
        <TaskItem say={say} task={task} />
      ))}
    </ul>
  );

/** What belongs together, below its heading. */
export const TaskCard = ({ say, group }: { say: Say; group: TaskGroup }) => (
  <Card title={group.title}>
    <TaskItems say={say} group={group} />
    {group.folded && (
      <details class="part">
        <summary>{group.folded.title}</summary>
        <TaskItems say={say} group={group.folded} />
      </details>
    )}
  </Card>
);
