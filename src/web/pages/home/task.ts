import type { Role } from '../../../shared/roles.ts';
import type { HowId, LadderFigures } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';

/** Something to see to, with the one link that leads right there. */
export interface Task {
  readonly text: string;
  readonly href?: string;
  /** What more there is to know, or the next step. */
  readonly note?: string;
  /** How far it is, as its bar shows it; `targetPercent` is what should be reached. */
  readonly ladder?: LadderFigures & { readonly targetPercent: number };
  /** It should have been done before. */
  readonly late?: boolean;
  /** Parts of it. */
  readonly parts?: readonly Task[];
}

/** What belongs together on the page of the day; one without tasks, folded away or not, is not shown. */
export interface TaskGroup {
  readonly title: string;
  /** Which paragraph says how its numbers are made. */
  readonly how: HowId;
  readonly tasks: readonly Task[];
  /** Where the rest stands, when not all of it is shown. */
  readonly rest?: Task | undefined;
  /** What is of less weight: stands last, folded away. */
  readonly folded?: Omit<TaskGroup, 'how'> | undefined;
}

/** Asks the use cases of one matter; undefined when it has nothing to say. */
export type FindTasks = (request: PageRequest) => Promise<TaskGroup | undefined>;

export const holds = ({ actor }: Pick<PageRequest, 'actor'>, ...roles: readonly Role[]): boolean =>
  actor.grants.some(({ role }) => roles.includes(role));

/** The first of many, and a link to the rest. */
export const firstOf = (
  tasks: readonly Task[],
  most: number,
  rest: (more: number) => Task,
): Pick<TaskGroup, 'tasks' | 'rest'> => ({
  tasks: tasks.slice(0, most),
  rest: tasks.length > most ? rest(tasks.length - most) : undefined,
});
