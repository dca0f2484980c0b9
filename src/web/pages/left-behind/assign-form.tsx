import { isFor, type Step, steps } from '../../../modules/coverage/index.ts';
import { listAgents } from '../../../modules/identity/index.ts';
import { addDays, showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf, type Unit } from '../../../shared/words/units.ts';
import { Actions, Button, Card, Checkboxes, Field, type Option, Select } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { faultAt, textOf, textsOf } from '../../typed.ts';
import type { AskedPage } from './asked.ts';

/** Only officers and leaders give work out. */
export const mayAssign = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

/** Whom one can send: users with a role there, by name and what they are. */
export const ownerOptions = async ({ execute, actor, say }: PageRequest, { placeId }: AskedPage): Promise<Option[]> => {
  const own = actor.grants.find(({ role }) => role === 'officer' || role === 'leader')?.placeId;
  const place = placeId ?? own;
  if (!place) return [];
  const found = await execute(listAgents, { placeId: place });
  return found.map(({ userId, name, roles }) => ({
    value: userId,
    label: `${name} (${[...new Set(roles.map(({ role }) => say(`role.${role}`)))].join(', ')})`,
  }));
};

const OF_VILLAGES: readonly Step[] = ['loudspeaker-language', 'hold-meeting'];

/** What is done for a whole village is told as such; in a list of both, what is for officers, too. */
const stepKey = (step: Step, unit: Unit): string => {
  if (unit === 'officer') return 'visit';
  if (!isFor(step, 'household')) return 'of-officers';
  return OF_VILLAGES.includes(step) ? 'area' : 'visit';
};

const stepName = (say: Say, step: Step, unit: Unit): string =>
  say(`page.left-behind.step-${stepKey(step, unit)}`, { step: `@step.${step}` });

interface AssignFieldsProps {
  readonly request: PageRequest;
  readonly unit: Unit;
  readonly owners: readonly Option[];
  readonly today: string;
  /** The list is that of one village: all of it can be given out at once. */
  readonly village: { readonly place: string; readonly count: number } | undefined;
}

/** Who goes, by when, for what: stands below the list, in the same form as its boxes. */
export const AssignFields = ({ request, unit, owners, today, village }: AssignFieldsProps) => {
  const { typed } = request;
  const say = sayOf(request.say, unit);
  const typedOr = (name: string, otherwise = '') =>
    Object.keys(typed.values).length > 0 ? textOf(typed.values, name) : otherwise;
  return (
    <Card title={say('page.left-behind.assign')}>
      <p class="hint">{say('page.left-behind.assign-hint')}</p>
      {village && (
        <Checkboxes
          name="all"
          label={say('page.left-behind.whom')}
          options={[{ value: 'village', label: say('page.left-behind.all-of', { ...village }) }]}
          values={textsOf(typed.values, 'all')}
        />
      )}
      {owners.length > 0 && (
        <Select
          name="ownerId"
          label={say('page.left-behind.owner')}
          options={owners}
          empty={say('page.left-behind.owner-none')}
          value={typedOr('ownerId')}
          error={faultAt(request, 'ownerId')}
        />
      )}
      <Field
        name="ownerName"
        label={say('page.left-behind.owner-name')}
        hint={say('page.left-behind.owner-name-hint')}
        value={typedOr('ownerName')}
        error={faultAt(request, 'ownerName')}
      />
      <Field
        name="dueOn"
        label={say('page.left-behind.due')}
        inputMode="numeric"
        placeholder="30/11/2026"
        value={typedOr('dueOn', showDay(addDays(today, 7)))}
        error={faultAt(request, 'dueOn')}
      />
      <Select
        name="step"
        label={say('page.left-behind.step')}
        options={steps
          .filter((step) => unit === 'both' || isFor(step, unit))
          .map((step) => ({ value: step, label: stepName(say, step, unit) }))}
        empty={say('page.left-behind.step-proposed')}
        value={typedOr('step')}
        error={faultAt(request, 'step')}
      />
      <Field
        name="note"
        label={say('page.left-behind.note')}
        value={typedOr('note')}
        error={faultAt(request, 'note')}
      />
      <Actions>
        <Button>{say('page.left-behind.assign-do')}</Button>
      </Actions>
    </Card>
  );
};
