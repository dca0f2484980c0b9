import {
  builtInNote,
  countAudience,
  describeRule,
  endAudience,
  getAudience,
  listAudienceSubjects,
  nameOfAudience,
  textOfRule,
  usesReach,
} from '../../../modules/audiences/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { AppError } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import {
  Actions, Alert, Button, Card, EmptyState, Field, Figure, Figures, Form, LinkButton, SearchForm, Select, Table,
} from '../../../ui/index.ts'; // biome-ignore format: a list of names
import { type PageRequest, page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { typedDay } from '../typed-day.ts';
import { maySave, requireSaver } from './may-save.ts';

type Audience = Awaited<ReturnType<typeof getAudience.run>>;
type Counted = Awaited<ReturnType<typeof countAudience.run>>;
type Listed = Awaited<ReturnType<typeof listAudienceSubjects.run>>;

const SIZE = 50;
const SHOWN = ['fits', 'unknown'] as const;

/** Where and on which day, as asked for in the address. */
const asked = ({ query }: PageRequest) => {
  const [place, on] = [textOf(query, 'place'), textOf(query, 'on')];
  return { placeId: isId(place) ? place : null, on: on ? typedDay(on) : null };
};

/** This page with another choice of what is listed. */
const linkTo = (request: PageRequest, show: string): string => {
  const params = new URLSearchParams({ place: textOf(request.query, 'place'), on: textOf(request.query, 'on'), show });
  return `/audiences/${request.params.code}?${params}#list`;
};

const CountForm = async (request: PageRequest) => {
  const { say, query } = request;
  return (
    <SearchForm action={`/audiences/${request.params.code}`} label={say('page.audience.show')}>
      <Select
        name="place"
        label={say('page.audience.place')}
        options={await ownPlaces(request)}
        empty={say('page.audience.all-places')}
        value={textOf(query, 'place')}
      />
      <Field
        name="on"
        label={say('page.audience.on')}
        hint={say('page.audience.on-hint')}
        placeholder="30/11/2025"
        value={textOf(query, 'on')}
      />
      <Button>{say('page.audience.show')}</Button>
    </SearchForm>
  );
};

const Counts = ({ request, counted }: { request: PageRequest; counted: Counted }) => {
  const { say, language, actor } = request;
  const number = (value: number) => showNumber(value, language);
  // Lists of people are for those who work with them.
  const mayLook = actor.grants.some(({ role }) => role === 'officer' || role === 'leader');
  const link = (show: string, count: number) => (mayLook && count > 0 ? linkTo(request, show) : undefined);
  return (
    <>
      <Figures>
        <Figure value={number(counted.fits)} caption={say('page.audience.fits')} href={link('fits', counted.fits)} />
        <Figure
          value={number(counted.unknown)}
          caption={say('page.audience.unknown')}
          href={link('unknown', counted.unknown)}
        />
        <Figure
          value={number(counted.total)}
          caption={say(`page.audience.total.${counted.subject}`, { count: counted.total })}
        />
      </Figures>
      <p class="hint">{say('page.audience.how', { on: showDay(counted.on) })}</p>
      {counted.villages?.length ? (
        <Table
          caption={say('page.audience.villages')}
          rows={counted.villages}
          columns={[
            { label: say('page.audience.village'), cell: (row) => capital(row.name) || say('page.audience.nowhere') },
            { label: say('page.audience.column-fits'), number: true, cell: (row) => number(row.fits) },
            { label: say('page.audience.column-unknown'), number: true, cell: (row) => number(row.unknown) },
            { label: say('page.audience.column-total'), number: true, cell: (row) => number(row.total) },
          ]}
        />
      ) : (
        <EmptyState title={say('page.audience.nobody')} />
      )}
      {mayLook && counted.fits + counted.unknown > 0 && (
        <Actions>
          {counted.fits > 0 && <LinkButton href={linkTo(request, 'fits')}>{say('page.audience.see-fits')}</LinkButton>}
          {counted.unknown > 0 && (
            <LinkButton href={linkTo(request, 'unknown')}>{say('page.audience.see-unknown')}</LinkButton>
          )}
        </Actions>
      )}
    </>
  );
};

const Subjects = ({
  request,
  show,
  listed,
  at,
}: {
  request: PageRequest;
  show: string;
  listed: Listed;
  at: number;
}) => {
  const { say } = request;
  const title = say(`page.audience.list.${show}`);
  return (
    <section id="list" class="stack">
      <h2>{title}</h2>
      <p class="hint">{say('page.audience.looked')}</p>
      <Table
        caption={title}
        captionHidden
        rows={listed.rows}
        columns={[
          {
            label: say('page.audience.person'),
            cell: (row) =>
              listed.subject === 'household' ? (
                <a href={`/households/${row.subjectId}`}>{row.name ?? row.code}</a>
              ) : (
                (row.name ?? row.code)
              ),
          },
          { label: say('page.audiences.code'), cell: (row) => row.code },
          { label: say('page.audience.village'), cell: (row) => capital(row.place) || say('page.audience.nowhere') },
          listed.subject === 'household'
            ? { label: say('page.audience.class'), cell: (row) => (row.class ? say(`class.${row.class}`) : '—') }
            : {
                label: say('page.audience.post'),
                cell: (row) => [row.post, row.body].filter(Boolean).join(', ') || '—',
              },
        ]}
      />
      {pagerOf({ request, at, more: listed.total > (at + 1) * SIZE })}
    </section>
  );
};

const About = ({ request, audience }: { request: PageRequest; audience: Audience }) => {
  const { say } = request;
  const { code, placeId, places, rule } = audience;
  return (
    <>
      <p class="lead">{describeRule(rule, say, audience)}.</p>
      <p class="hint">
        {code} · {placeId ? capital(places[placeId] ?? '') : say('page.audiences.built-in')}
      </p>
      {placeId === null && <p class="hint">{builtInNote(code, say)}</p>}
      {usesReach(rule) && <p class="hint">{say('page.audience.by-reach')}</p>}
    </>
  );
};

const Ending = ({ request, code }: { request: PageRequest; code: string }) => {
  const { say, csrf } = request;
  return (
    <>
      <Actions>
        <LinkButton href={`/audiences/new?code=${code}`}>{say('page.audience.change')}</LinkButton>
      </Actions>
      <Card title={say('page.audience.end-title')}>
        <p>{say('page.audience.end-lead')}</p>
        <Form action={`/audiences/${code}/end`} csrf={csrf}>
          <Button look="danger">{say('page.audience.end')}</Button>
        </Form>
      </Card>
    </>
  );
};

/** What can be said about a day or place that was asked for wrongly, above a form that keeps it. */
const attempt = async <T,>(work: () => Promise<T>): Promise<T | AppError> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'invalid') throw error;
    return error;
  }
};

const audiencePage = page({
  method: 'GET',
  path: '/audiences/:code',
  signedIn: true,
  handle: async (request) => {
    const { say, execute, params, query } = request;
    const code = params.code ?? '';
    const audience = await execute(getAudience, { code });
    const counted = await attempt(() => execute(countAudience, { code, ...asked(request), by: 'village' }));
    const show = SHOWN.find((each) => each === textOf(query, 'show'));
    const at = pageOf(query);
    const wrong = counted instanceof AppError;
    const listed =
      show && !wrong
        ? await execute(listAudienceSubjects, { code, ...asked(request), show, limit: SIZE, offset: at * SIZE })
        : undefined;
    const name = nameOfAudience(audience, say);
    return {
      title: name,
      body: (
        <>
          <h1>{name}</h1>
          <About request={request} audience={audience} />
          {await CountForm(request)}
          {wrong ? (
            <Alert tone="danger">
              <p>
                {say(`error.${counted.fields[0]?.code ?? counted.code}`, counted.fields[0]?.params ?? counted.params)}
              </p>
            </Alert>
          ) : (
            <Counts request={request} counted={counted} />
          )}
          {listed && show && <Subjects request={request} show={show} listed={listed} at={at} />}
          <details class="part">
            <summary>{say('page.audience.rule')}</summary>
            <pre>{textOfRule(audience.rule)}</pre>
          </details>
          {audience.placeId !== null && maySave(request) && <Ending request={request} code={code} />}
        </>
      ),
    };
  },
});

const endPage = page({
  method: 'POST',
  path: '/audiences/:code/end',
  signedIn: true,
  formAt: ({ code }) => `/audiences/${code}`,
  handle: async (request) => {
    requireSaver(request);
    await request.execute(endAudience, { code: request.params.code ?? '' });
    return { redirect: '/audiences' };
  },
});

export const audiencePages = [audiencePage, endPage];
