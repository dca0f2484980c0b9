import { type DispatchPreview, readingRules, type SentKind, sentKinds } from '../../../modules/delivery/index.ts';
import { subjectOf } from '../../../modules/plans/index.ts';
import { AddressForm, Button, Checkboxes, Field, Part, Radios } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { faultAt } from '../../typed.ts';
import type { Choices } from './choices.ts';

interface Props {
  readonly request: PageRequest;
  readonly choices: Choices;
  /** undefined = the sending could not be worked out; then villages cannot be offered. */
  readonly seen: DispatchPreview | undefined;
  readonly open: boolean;
}

const Villages = ({ request, choices, seen }: Props) => {
  const { say } = request;
  // Posts are not in villages: of those that a line means, all are written to.
  if (!seen || seen.choices.length < 2 || subjectOf(seen.line) === 'officer')
    return choices.placeIds.map((placeId) => <input type="hidden" name="placeIds" value={placeId} />);
  const fault = faultAt(request, 'placeIds');
  return (
    <Part title={say('page.dispatches.only-villages')} open={fault !== undefined || choices.placeIds.length > 0}>
      <Checkboxes
        name="placeIds"
        label={say('page.dispatches.villages')}
        hint={say('page.dispatches.villages-hint')}
        options={seen.choices.map(({ placeId, name }) => ({ value: placeId, label: name }))}
        values={choices.placeIds}
        error={fault}
      />
    </Part>
  );
};

/** What the text asks for beside what is known of each household. */
const Gaps = ({ request, choices, seen }: Props) =>
  (['hour', 'where'] as const)
    .filter((name) => seen?.asks.includes(name) || choices[name] !== '')
    .map((name) => (
      <Field
        name={name}
        label={request.say(`page.dispatches.${name}`)}
        hint={request.say(`page.dispatches.${name}-hint`)}
        value={choices[name]}
        error={faultAt(request, name)}
      />
    ));

/** Changes what is chosen; every choice stands in the address. */
export const ChoiceForm = (props: Props) => {
  const { request, choices, seen, open } = props;
  const { say } = request;
  // What the line does not reach people by is not offered.
  const kinds = sentKinds.filter(
    (kind) => !seen || seen.line.channels.includes(kind === 'email' ? 'email' : 'sms') || kind === choices.formKind,
  );
  const kindHint = (kind: SentKind) =>
    seen && !seen.kinds[kind] ? say('page.dispatches.kind-not-approved') : say(`page.dispatches.kind-hint.${kind}`);
  return (
    <Part card title={say('page.dispatches.change')} open={open}>
      <AddressForm action="/dispatches/new" label={say('page.dispatches.change')}>
        <input type="hidden" name="line" value={choices.lineId} />
        {choices.retryOf && <input type="hidden" name="retry" value={choices.retryOf} />}
        <Gaps {...props} />
        <Radios
          name="kind"
          label={say('page.dispatches.kind')}
          options={kinds.map((kind) => ({
            value: kind,
            label: say(`content.kind.${kind}`),
            hint: kindHint(kind),
          }))}
          value={choices.formKind}
        />
        {choices.retryOf && (
          <Checkboxes
            name="uncertain"
            label={say('page.dispatches.again-whom')}
            options={[
              {
                value: 'yes',
                label: say('page.dispatches.also-uncertain'),
                hint: say('page.dispatches.also-uncertain-hint'),
              },
            ]}
            values={choices.alsoUncertain ? ['yes'] : []}
          />
        )}
        <Villages {...props} />
        <Radios
          name="who"
          label={say('page.dispatches.who')}
          options={['missing', 'all'].map((value) => ({ value, label: say(`page.dispatches.who.${value}`) }))}
          value={choices.onlyMissing ? 'missing' : 'all'}
        />
        <Radios
          name="reading"
          label={say('page.dispatches.reading')}
          options={readingRules.map((value) => ({ value, label: say(`page.dispatches.reading.${value}`) }))}
          value={choices.reading}
        />
        <Field
          name="urgentReason"
          label={say('page.dispatches.urgent')}
          hint={say('page.dispatches.urgent-hint')}
          value={choices.urgentReason}
          error={faultAt(request, 'urgentReason')}
        />
        <Button look="secondary">{say('page.dispatches.look-again')}</Button>
      </AddressForm>
    </Part>
  );
};
