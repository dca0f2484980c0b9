import type { DispatchPreview } from '../../../modules/delivery/index.ts';
import { smsParts, withoutDiacritics } from '../../../shared/sms.ts';
import { Beside, Card, Counted, Hint, Said, Stack, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import type { Choices } from './choices.ts';

type Kind = Choices['formKind'];
type Parts = DispatchPreview['asChosen'];

/** The same sending in both ways of writing; the one with marks is unknown where only plain letters were approved. */
export interface BothKinds {
  readonly chosen: Kind;
  readonly seen: DispatchPreview;
  /** The sending with marks, looked at when the one without is chosen. */
  readonly marked: DispatchPreview | undefined;
  /** VND for one part by contract; null = not known. */
  readonly price: number | null;
}

const KINDS = ['sms', 'sms-plain'] as const;

interface Way {
  readonly kind: Kind;
  readonly parts: Parts;
  readonly chosen: boolean;
}

const waysOf = ({ chosen, seen, marked }: BothKinds): Way[] =>
  KINDS.flatMap((kind): Way[] => {
    if (kind === chosen) return [{ kind, parts: seen.asChosen, chosen: true }];
    if (kind === 'sms-plain') return [{ kind, parts: seen.plain, chosen: false }];
    return marked ? [{ kind, parts: marked.asChosen, chosen: false }] : [];
  });

export const vnd = ({ say, language }: PageRequest, sum: number | null): string =>
  sum === null ? say('page.dispatches.no-price') : say('page.plans.vnd', { sum: showNumber(sum, language) });

const perMessage = ({ least, most }: Parts, { say }: PageRequest): string =>
  least === most
    ? say('page.dispatches.parts', { count: most })
    : say('page.dispatches.parts-between', { least, most });

const Ways = ({ both, request }: { both: BothKinds; request: PageRequest }) => {
  const { say, language } = request;
  const { price } = both;
  return (
    <Table
      caption={say('page.dispatches.two-ways')}
      rows={waysOf(both)}
      columns={[
        {
          label: say('page.dispatches.way'),
          cell: ({ kind, chosen }) =>
            chosen ? (
              <strong>{say('page.dispatches.way-chosen', { kind: `@content.kind.${kind}` })}</strong>
            ) : (
              say(`content.kind.${kind}`)
            ),
        },
        { label: say('page.dispatches.per-message'), cell: ({ parts }) => perMessage(parts, request) },
        { label: say('page.dispatches.all-parts'), number: true, cell: ({ parts }) => showNumber(parts.all, language) },
        {
          label: say('page.dispatches.cost'),
          number: true,
          cell: ({ parts }) => vnd(request, price === null ? null : Math.round(price * parts.all)),
        },
      ]}
    />
  );
};

const Text = (props: { kind: Kind; text: string; chosen: boolean; request: PageRequest }) => {
  const { kind, text, chosen, request } = props;
  const count = smsParts(text).parts.length;
  const name = request.say('page.dispatches.text-head', { kind: `@content.kind.${kind}`, count });
  return (
    <div>
      <p>{chosen ? <strong>{request.say('page.dispatches.text-chosen', { name })}</strong> : name}</p>
      <Said quoted>{text}</Said>
    </div>
  );
};

/** The words as one household of each language gets them, with marks and without. */
const Texts = ({ both, request }: { both: BothKinds; request: PageRequest }) => {
  const { chosen, seen, marked } = both;
  return seen.languages.map(({ language, sample }) => {
    const other = marked?.languages.find((each) => each.language === language)?.sample;
    const withMarks = chosen === 'sms' ? sample : other;
    return (
      <Stack>
        <h3>{capital(request.say(`language.${language}`))}</h3>
        <Beside>
          {withMarks !== undefined && <Text kind="sms" text={withMarks} chosen={chosen === 'sms'} request={request} />}
          <Text
            kind="sms-plain"
            text={chosen === 'sms-plain' ? sample : withoutDiacritics(sample)}
            chosen={chosen === 'sms-plain'}
            request={request}
          />
        </Beside>
      </Stack>
    );
  });
};

/** An e-mail as one officer gets it: its first line is the subject. */
const Mails = ({ seen, request }: { seen: DispatchPreview; request: PageRequest }) =>
  seen.languages.map(({ language, sample }) => {
    const [subject = '', ...lines] = sample.split('\n');
    return (
      <Stack>
        <h3>{capital(request.say(`language.${language}`))}</h3>
        <p>
          <strong>{request.say('page.dispatches.subject', { subject })}</strong>
        </p>
        <Said quoted>{lines.join('\n').trim()}</Said>
      </Stack>
    );
  });

/** What goes out: the message, its words, and what they come to. */
export const MessageCard = ({ both, request }: { both: BothKinds; request: PageRequest }) => {
  const { say } = request;
  const { seen } = both;
  return (
    <Card title={say('page.dispatches.message')}>
      <p>
        <a href={`/messages/${seen.line.messageId}`}>{seen.message.title}</a>{' '}
        {say('page.plans.edition', { edition: seen.line.edition })}
      </p>
      {seen.languages.length > 0 && (
        <>
          <Hint>{say('page.dispatches.sample')}</Hint>
          {both.chosen === 'email' ? (
            <Mails seen={seen} request={request} />
          ) : (
            <>
              <Texts both={both} request={request} />
              <Counted say={say} how="parts" of={say('page.dispatches.all-parts')}>
                <Ways both={both} request={request} />
              </Counted>
              <Hint>{say('page.dispatches.parts-hint')}</Hint>
            </>
          )}
        </>
      )}
    </Card>
  );
};
