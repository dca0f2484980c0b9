import { isVisit, steps } from '../../../modules/coverage/index.ts';
import { listAgents } from '../../../modules/identity/index.ts';
import { addDays, showDay } from '../../../shared/dates.ts';
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

interface AssignFieldsProps {
  readonly request: PageRequest;
  readonly owners: readonly Option[];
  readonly today: string;
  /** The list is that of one village: all of it can be given out at once. */
  readonly village: { readonly place: string; readonly count: number } | undefined;
}

/** Who goes, by when, for what: stands below the list, in the same form as its boxes. */
export const AssignFields = ({ request, owners, today, village }: AssignFieldsProps) => {
  const { say, typed } = request;
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
        options={steps.map((step) => ({
          value: step,
          label: say(isVisit(step) ? 'page.left-behind.step-visit' : 'page.left-behind.step-area', {
            step: `@step.${step}`,
          }),
        }))}
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
