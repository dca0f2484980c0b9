import {
  Actions,
  AddressForm,
  Beside,
  Button,
  Card,
  Checkboxes,
  Field,
  FieldGroup,
  FormTrouble,
  LinkButton,
  Radios,
  SearchForm,
  Select,
  Steps,
  TextArea,
  Tick,
} from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';

const options = (say: PageRequest['say']) =>
  (['poor', 'near_poor', 'newly_escaped'] as const).map((value) => ({ value, label: say(`class.${value}`) }));

const Refused = ({ request: { say } }: { request: PageRequest }) => (
  <>
    <FormTrouble
      trouble={{
        tone: 'danger',
        text: say('page.form.refused'),
        at: [{ href: '#field-refused', text: say('style.field-error') }],
      }}
    />
    <Field name="refused" label={say('style.field')} value="31/02/2026" error={say('style.field-error')} />
  </>
);

/** Everything one fills in or presses, as it is at first, filled, refused. Nothing is sent: the page only looks. */
export const FormSamples = ({ request }: { request: PageRequest }) => {
  const { say } = request;
  return (
    <>
      <SearchForm action="/console/style" label={say('style.filter')}>
        <Field name="text" type="search" label={say('page.households.text')} hint={say('style.hint')} />
        <Select
          name="class"
          label={say('page.households.class')}
          options={options(say)}
          empty={say('page.households.all-classes')}
        />
        <Button>{say('page.households.search')}</Button>
      </SearchForm>
      <Steps
        label={say('style.steps')}
        done={say('today.first.done')}
        steps={(['done', 'current', 'ahead'] as const).map((state) => ({
          ...{ state, label: say(`style.step.${state}`), href: state === 'done' ? '#forms' : undefined },
        }))}
      />
      <Beside>
        <Card title={say('style.form')}>
          <AddressForm action="/console/style" label={say('style.form')}>
            <Field name="plain" label={say('style.field')} hint={say('style.hint')} value="15/06/2026" />
            <TextArea name="long" label={say('style.long')} value={say('style.said')} rows={3} />
            <Radios name="one" label={say('style.one')} options={options(say)} value="near_poor" />
            <Checkboxes name="some" label={say('style.some')} options={options(say)} values={['poor']} compact />
            <Actions>
              <LinkButton look="primary" href="#forms">
                {say('style.primary')}
              </LinkButton>
              <LinkButton href="#forms">{say('style.secondary')}</LinkButton>
              <LinkButton look="danger" href="#forms">
                {say('style.danger')}
              </LinkButton>
            </Actions>
          </AddressForm>
        </Card>
        <Card title={say('style.refused')}>
          <Refused request={request} />
          <FieldGroup name="group" label={say('style.group')} hint={say('style.hint')}>
            <Field name="in-group" label={say('style.field')} type="file" />
          </FieldGroup>
          <Tick name="tick" value="1" checked label={say('style.tick')}>
            {say('style.tick')}
          </Tick>
        </Card>
      </Beside>
    </>
  );
};
