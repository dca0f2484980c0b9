import { isId } from '../../../shared/ids.ts';
import { Actions, Button, Card, Checkboxes, Field, Form, Hint, Part, Select, Stack } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { faultAt, textOf, textsOf } from '../../typed.ts';
import { agentOptions } from '../agent-options.ts';
import { type AskedVisits, shownFields } from './asked.ts';
import { MANY } from './columns.tsx';

interface ManyFormProps {
  readonly request: PageRequest;
  readonly asked: AskedVisits;
  /** Open visits that the list shows, all pages of it; null = it shows others too, or more than can be changed at once. */
  readonly all: number | null;
}

/** For visits that are ticked, or all of the list: somebody else goes there, or nobody does. Nothing is done before it was summed up. */
export const ManyForm = async ({ request, asked, all }: ManyFormProps) => {
  const { say, csrf, typed } = request;
  const place = textOf(asked.values, 'place');
  const agents = await agentOptions(request, isId(place) ? place : null);
  const value = (name: string) => textOf(typed.values, name);
  const gives = value('do') === 'give' || ['ownerId', 'ownerName', 'dueOn', 'note'].some((name) => value(name) !== '');
  return (
    <Form id={MANY} action="/visits/many" csrf={csrf}>
      {Object.entries(shownFields(asked)).map(([name, shown]) => (
        <input type="hidden" name={name} value={shown} />
      ))}
      <Card title={say('page.visits.many')}>
        <Hint>{say('page.visits.many-hint')}</Hint>
        {all !== null && (
          <Checkboxes
            name="all"
            label={say('page.visits.many-whom')}
            options={[{ value: 'list', label: say('page.visits.many-all', { count: all }) }]}
            values={textsOf(typed.values, 'all')}
          />
        )}
        <Part title={say('page.visits.give')} open={gives}>
          <Stack>
            {agents.length > 0 && (
              <Select
                name="ownerId"
                label={say('page.visits.agent')}
                options={agents}
                empty={say('page.left-behind.owner-none')}
                value={value('ownerId')}
                error={faultAt(request, 'ownerId')}
              />
            )}
            <Field
              name="ownerName"
              label={say('page.left-behind.owner-name')}
              hint={say('page.left-behind.owner-name-hint')}
              value={value('ownerName')}
              error={faultAt(request, 'ownerName')}
            />
            <Field
              name="dueOn"
              label={say('page.visits.new-due')}
              hint={say('page.visits.new-due-hint')}
              inputMode="numeric"
              placeholder="30/11/2026"
              value={value('dueOn')}
              error={faultAt(request, 'dueOn')}
            />
            <Field
              name="note"
              label={say('page.left-behind.note')}
              value={value('note')}
              error={faultAt(request, 'note')}
            />
            <Actions>
              <Button name="do" value="give">
                {say('page.visits.give-look')}
              </Button>
            </Actions>
          </Stack>
        </Part>
        <Part title={say('page.visits.cancel-many')} open={value('do') === 'cancel' || value('reason') !== ''}>
          <Stack>
            <Field
              name="reason"
              label={say('page.visits.cancel-reason')}
              value={value('reason')}
              error={faultAt(request, 'reason')}
            />
            <Actions>
              <Button look="danger" name="do" value="cancel">
                {say('page.visits.cancel-look')}
              </Button>
            </Actions>
          </Stack>
        </Part>
      </Card>
    </Form>
  );
};
