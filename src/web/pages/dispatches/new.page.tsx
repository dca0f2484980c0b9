import {
  createDispatch,
  type DispatchPreview,
  type MailOffer,
  needChannel,
  previewDispatch,
} from '../../../modules/delivery/index.ts';
import { subjectOf } from '../../../modules/plans/index.ts';
import { AppError } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Actions, Alert, Button, Form, FormTrouble, LinkButton, PageHead } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { showMoment, showNumber } from '../../show.ts';
import { textOf, troubleOf } from '../../typed.ts';
import { ChoiceForm } from './choice-form.tsx';
import { type Choices, choicesOf, fieldsOf } from './choices.ts';
import { MessageCard } from './message-card.tsx';
import { NobodyPart } from './nobody-part.tsx';
import { LeftOutCard, RecipientsCard, VillagesPart } from './recipient-cards.tsx';
import { lineAddress } from './standing.ts';

interface Looked {
  readonly choices: Choices;
  readonly seen: DispatchPreview | undefined;
  readonly error: AppError | undefined;
}

const look = async ({ execute }: PageRequest, choices: Choices): Promise<Looked> => {
  try {
    return { choices, seen: await execute(previewDispatch, choices), error: undefined };
  } catch (error) {
    // What stands in the way is said on this page, where it can be chosen otherwise.
    if (error instanceof AppError && (error.kind === 'invalid' || error.kind === 'conflict'))
      return { choices, seen: undefined, error };
    throw error;
  }
};

/** Nobody chose how it is written: in plain letters when that is all there is. */
const lookFirst = async (request: PageRequest, values: PageRequest['query']): Promise<Looked> => {
  const choices = choicesOf(values);
  const looked = await look(request, choices);
  if (looked.error?.code !== 'dispatch.no-form.sms' || textOf(values, 'kind') !== '') return looked;
  const plain = await look(request, { ...choices, formKind: 'sms-plain' });
  return plain.seen ? plain : looked;
};

const Notes = (props: {
  request: PageRequest;
  seen: DispatchPreview;
  mail: boolean;
  offer: MailOffer | null;
  again: boolean;
}) => {
  const { seen, offer, again, mail } = props;
  const { say } = props.request;
  return (
    <>
      {offer === null && (
        <Alert tone="warning">
          <p>{say(mail ? 'page.dispatches.no-mail' : 'page.dispatches.no-network')}</p>
        </Alert>
      )}
      {offer?.simulator && (
        <Alert tone="info">
          <p>{say('page.dispatches.simulator')}</p>
        </Alert>
      )}
      {seen.quiet && (
        <Alert tone="info">
          <p>{say('page.dispatches.quiet')}</p>
        </Alert>
      )}
      {seen.urgent && (
        <Alert tone="warning">
          <p>{say('page.dispatches.urgent-now')}</p>
        </Alert>
      )}
      {seen.last && (
        <Alert tone="warning">
          <p>
            {say('page.dispatches.last', {
              name: seen.last.by,
              at: showMoment(seen.last.at),
              count: seen.last.recipients,
            })}{' '}
            <a href={`/dispatches/${seen.last.dispatchId}`}>{say('page.dispatches.to.last')}</a>
          </p>
          {!again && seen.recipients > 0 && <p>{say('page.dispatches.last-again')}</p>}
        </Alert>
      )}
    </>
  );
};

/** What the text still needs: nothing can be sent before. */
const Asks = ({ request: { say }, seen }: { request: PageRequest; seen: DispatchPreview }) =>
  seen.asks.length === 0 ? null : (
    <Alert tone="warning">
      <p>{say('page.dispatches.asks')}</p>
      <ul>
        {seen.asks.map((name) => (
          <li>
            <a href={`#field-${name}`}>{say(`error.dispatch.asks.${name}`)}</a>
          </li>
        ))}
      </ul>
    </Alert>
  );

/** To how many, and what it comes to: mails cost nothing, and of a price that is not known nothing is made up. */
const sendText = (request: PageRequest, seen: DispatchPreview, { formKind }: Choices, price: number | null): string => {
  const { say, language } = request;
  const { recipients: count, parts } = seen;
  const to = say('page.dispatches.send', { count });
  if (formKind === 'email') return to;
  return price === null
    ? say('page.dispatches.send-no-price', { to })
    : say('page.dispatches.send-for', { to, sum: showNumber(Math.round(price * parts), language) });
};

/** The one button, or why there is none. */
const SendPart = (props: {
  request: PageRequest;
  seen: DispatchPreview;
  choices: Choices;
  /** VND for one part of an SMS; null = not known. */
  price: number | null;
}) => {
  const { request, seen, choices, price } = props;
  const { say, csrf, typed } = request;
  const { recipients, parts, run, line } = seen;
  const back = (
    <LinkButton href={lineAddress({ code: line.planCode, position: line.position })}>{say('ui.cancel')}</LinkButton>
  );
  // Sent by somebody a moment ago: whoever wants to send once more begins anew.
  if (typed.error?.code === 'dispatch.already') return <Actions>{back}</Actions>;
  if (recipients === 0) return <NobodyPart request={request} seen={seen} choices={choices} />;
  if (seen.asks.length > 0) return <Asks request={request} seen={seen} />;
  const hidden = [...fieldsOf(choices), ['run', run], ['recipients', recipients], ['parts', parts]] as const;
  return (
    <Form action="/dispatches/new" csrf={csrf}>
      {hidden.map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      <Actions>
        <Button>{sendText(request, seen, choices, price)}</Button>
        {back}
      </Actions>
    </Form>
  );
};

const Head = ({ request: { say }, seen, choices }: { request: PageRequest } & Pick<Looked, 'seen' | 'choices'>) => (
  <>
    <PageHead
      title={say(choices.retryOf ? 'page.dispatches.again-title' : 'page.dispatches.new-title')}
      lead={
        choices.retryOf
          ? say('page.dispatches.again-lead')
          : seen && seen.recipients > 0 && say('page.dispatches.new-lead')
      }
      back={
        seen
          ? {
              href: lineAddress({ code: seen.line.planCode, position: seen.line.position }),
              label: say('page.dispatches.line-of', {
                ...{ position: seen.line.position, what: seen.line.what, plan: seen.line.planTitle },
              }),
            }
          : { href: '/dispatches', label: say('page.dispatches.back') }
      }
    />
  </>
);

const Found = async (request: PageRequest, choices: Choices, seen: DispatchPreview) => {
  const marked =
    choices.formKind === 'sms-plain' && seen.kinds.sms
      ? (await look(request, { ...choices, formKind: 'sms' })).seen
      : undefined;
  const sms = await request.sms();
  const offer = choices.formKind === 'email' ? await request.mail() : sms;
  return (
    <>
      <MessageCard
        both={{ chosen: choices.formKind, seen, marked, price: sms?.pricePerPart ?? null }}
        request={request}
      />
      <RecipientsCard request={request} seen={seen} />
      <LeftOutCard request={request} seen={seen} choices={choices} />
      <VillagesPart request={request} seen={seen} />
      <Notes
        request={request}
        seen={seen}
        mail={choices.formKind === 'email'}
        offer={offer}
        again={choices.retryOf !== null}
      />
      <SendPart request={request} seen={seen} choices={choices} price={sms?.pricePerPart ?? null} />
    </>
  );
};

const view = async (asked: PageRequest): Promise<View> => {
  const sent = Object.keys(asked.typed.values).length > 0;
  const { choices, seen, error } = await lookFirst(asked, sent ? asked.typed.values : asked.query);
  const say = seen ? sayOf(asked.say, subjectOf(seen.line)) : asked.say;
  const request = { ...asked, say, ...(error && !asked.typed.error ? { typed: { ...asked.typed, error } } : {}) };
  const messageId = error?.code.startsWith('dispatch.no-form.') ? error.params.message : undefined;
  const faulty = (request.typed.error?.fields.length ?? 0) > 0;
  return {
    title: say(choices.retryOf ? 'page.dispatches.again-title' : 'page.dispatches.new-title'),
    body: (
      <>
        <Head request={request} seen={seen} choices={choices} />
        <FormTrouble trouble={troubleOf(request)} />
        {seen && !request.typed.error && <Asks request={request} seen={seen} />}
        {messageId !== undefined && (
          <Actions>
            <LinkButton look="primary" href={`/messages/${messageId}`}>
              {say('page.dispatches.to.message')}
            </LinkButton>
          </Actions>
        )}
        {(seen || messageId !== undefined || faulty) && (
          <ChoiceForm request={request} choices={choices} seen={seen} open={!seen || seen.asks.length > 0 || faulty} />
        )}
        {seen && (await Found(request, choices, seen))}
      </>
    ),
  };
};

const wholeNumber = (text: string): number => (/^\d{1,9}$/u.test(text) ? Number(text) : -1);

export const newDispatchPages = [
  page({
    method: 'GET',
    path: '/dispatches/new',
    signedIn: true,
    // From a plan's line one comes with the line; without one there is nothing to send.
    handle: async (request) =>
      isId(textOf(request.query, 'line')) || isId(textOf(request.typed.values, 'line'))
        ? view(request)
        : { redirect: '/dispatches' },
  }),
  page({
    method: 'POST',
    path: '/dispatches/new',
    signedIn: true,
    again: view,
    handle: async ({ form, execute, sms, mail }) => {
      needChannel(choicesOf(form).formKind === 'email' ? await mail() : await sms());
      const { dispatchId } = await execute(createDispatch, {
        ...choicesOf(form),
        run: Math.max(1, wholeNumber(textOf(form, 'run'))),
        seen: { recipients: wholeNumber(textOf(form, 'recipients')), parts: wholeNumber(textOf(form, 'parts')) },
        pricePerPart: (await sms())?.pricePerPart ?? null,
      });
      return { redirect: `/dispatches/${dispatchId}` };
    },
  }),
];
