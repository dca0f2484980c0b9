import type { ComponentChild } from 'preact';
import { listRefusals, refuseContact } from '../../../modules/registry/index.ts';
import { dayOf, showDay } from '../../../shared/dates.ts';
import { showPhone } from '../../../shared/phone.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Actions, Button, Card, EmptyState, Field, Form, FormTrouble, LinkButton, Table } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { showNumber } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { liftPath } from './lift.page.tsx';
import { noticeOf, RefusalNotice } from './notice.tsx';
import { mayAllow, mayRefuse, RefusalFields, saidOf } from './refusal-fields.tsx';

const PATH = '/refusals';
const SIZE = 50;

type Refusal = Awaited<ReturnType<(typeof listRefusals)['run']>>['rows'][number];

/** Each with a way to its page; officers have none. */
const whose = ({ subjects }: Refusal): ComponentChild =>
  subjects.length === 0 ? (
    '—'
  ) : (
    <ul class="groups">
      {subjects.map(({ subjectId, kind, name }) => (
        <li>{kind === 'household' ? <a href={`/households/${subjectId}`}>{name}</a> : name}</li>
      ))}
    </ul>
  );

const lifted = (say: Say, { until, liftNote, liftedByName }: Refusal): string =>
  say('page.refusals.lifted', { day: until ? showDay(until) : '', note: liftNote ?? '', name: liftedByName ?? '' });

const Rows = ({ request, rows }: { request: PageRequest; rows: readonly Refusal[] }) => {
  const { say } = request;
  return (
    <Table
      caption={say('page.refusals.title')}
      captionHidden
      rows={rows}
      columns={[
        { label: say('page.refusals.phone'), cell: ({ value }) => <span class="unbroken">{showPhone(value)}</span> },
        { label: say('page.refusals.since'), cell: ({ since }) => showDay(since) },
        { label: say('page.refusals.how-column'), cell: ({ how }) => say(`refusal-how.${how}`) },
        { label: say('page.refusals.note-column'), cell: ({ note }) => note || '—' },
        { label: say('page.refusals.whose'), cell: whose },
        {
          label: say('page.refusals.by'),
          cell: ({ recordedByName, recordedAt }) =>
            say('page.refusals.by-at', { name: recordedByName, day: showDay(dayOf(recordedAt)) }),
        },
        {
          label: say('page.refusals.state'),
          cell: (row) => {
            if (row.until) return lifted(say, row);
            const text = say('page.household.do-not-contact');
            return mayAllow(request) ? (
              <>
                {text} · <a href={liftPath(row.refusalId)}>{say('page.refusals.allow')}</a>
              </>
            ) : (
              text
            );
          },
        },
      ]}
    />
  );
};

const AddForm = ({ request }: { request: PageRequest }) => {
  const { say, csrf, typed } = request;
  return (
    <Card title={say('page.refusals.add')}>
      <FormTrouble trouble={troubleOf(request)} />
      <Form action={PATH} csrf={csrf}>
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          autocomplete="off"
          label={say('page.refusals.phone')}
          hint={say('page.refusals.phone-hint')}
          value={textOf(typed.values, 'phone')}
          error={faultAt(request, 'phone')}
        />
        <RefusalFields request={request} />
        <Button>{say('page.refusals.save')}</Button>
      </Form>
    </Card>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, language, query, execute } = request;
  const at = pageOf(query);
  const all = textOf(query, 'lifted') === 'yes';
  const { rows, total } = await execute(listRefusals, { lifted: all, limit: SIZE, offset: at * SIZE });
  return {
    title: say('page.refusals.title'),
    body: (
      <>
        <h1>{say('page.refusals.title')}</h1>
        <p class="lead">{say('page.refusals.lead')}</p>
        <RefusalNotice say={say} query={query} />
        <p>{say('page.refusals.found', { total: showNumber(total, language) })}</p>
        {rows.length === 0 ? (
          <EmptyState title={say(total > 0 ? 'page.beyond' : 'page.refusals.none')} />
        ) : (
          <>
            <Rows request={request} rows={rows} />
            <p class="hint">{say('page.refusals.looked')}</p>
          </>
        )}
        {pagerOf({ request, at, more: total > (at + 1) * SIZE })}
        <p>
          <a href={all ? PATH : `${PATH}?lifted=yes`}>
            {say(all ? 'page.refusals.show-open' : 'page.refusals.show-lifted')}
          </a>
        </p>
        {mayRefuse(request) && <AddForm request={request} />}
        <Actions>
          <LinkButton href="/households">{say('page.households.back')}</LinkButton>
        </Actions>
      </>
    ),
  };
};

export const refusalListPages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: PATH,
    signedIn: true,
    again: view,
    handle: async ({ form, execute }) => {
      const done = await execute(refuseContact, { phone: textOf(form, 'phone'), ...saidOf(form) });
      return { redirect: `${PATH}?${noticeOf(done)}` };
    },
  }),
];
