import { isFor, MOST_ASSIGNED, type Step, steps } from '../../../modules/coverage/index.ts';
import { addDays, showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf, type Unit } from '../../../shared/words/units.ts';
import { Actions, Button, Card, Checkboxes, Field, Form, Hint, type Option, Select } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { faultAt, textOf, textsOf } from '../../typed.ts';
import { type AskedPage, shownFields } from './asked.ts';

/** Only officers and leaders give work out. */
export const mayAssign = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

const OF_VILLAGES: readonly Step[] = ['loudspeaker-language', 'hold-meeting'];

/** What is done for a whole village is told as such; in a list of both, what is for officers, too. */
const stepKey = (step: Step, unit: Unit): string => {
  if (unit === 'officer') return 'visit';
  if (!isFor(step, 'household')) return 'of-officers';
  return OF_VILLAGES.includes(step) ? 'area' : 'visit';
};

const stepName = (say: Say, step: Step, unit: Unit): string =>
  say(`page.left-behind.step-${stepKey(step, unit)}`, { step: `@step.${step}` });

/** The form that the ticks of the list are sent with. */
export const ASSIGN = 'assign';

interface AssignFormProps {
  readonly request: PageRequest;
  readonly asked: AskedPage;
  readonly unit: Unit;
  readonly owners: readonly Option[];
  readonly today: string;
  /** How many the list shows, all pages of it: all of them can be given out at once. */
  readonly total: number;
}

/** Who goes, by when, for what: stands below the list; nothing is given out before it was summed up. */
export const AssignForm = ({ request, asked, unit, owners, today, total }: AssignFormProps) => {
  const { typed, csrf } = request;
  const say = sayOf(request.say, unit);
  const typedOr = (name: string, otherwise = '') =>
    Object.keys(typed.values).length > 0 ? textOf(typed.values, name) : otherwise;
  return (
    <Form id={ASSIGN} action="/left-behind/assign" csrf={csrf}>
      {Object.entries(shownFields(asked)).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Card title={say('page.left-behind.assign')}>
        <Hint>{say('page.left-behind.assign-hint')}</Hint>
        {total <= MOST_ASSIGNED ? (
          <Checkboxes
            name="all"
            label={say('page.left-behind.whom')}
            options={[{ value: 'list', label: say('page.left-behind.all-of', { count: total }) }]}
            values={textsOf(typed.values, 'all')}
          />
        ) : (
          <Hint>{say('page.left-behind.too-many', { most: MOST_ASSIGNED })}</Hint>
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
          <Button>{say('page.left-behind.assign-look')}</Button>
        </Actions>
      </Card>
    </Form>
  );
};
