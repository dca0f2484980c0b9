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
import { Actions, Alert, Button, Card, EmptyState, Field, Figure, Figures, Form, Hint, Lead, LinkButton, PageHead, Part, SearchForm, Table } from '../../../ui/index.ts'; // biome-ignore format: a list of names
import { listAsked } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { mayImport } from '../imports/may-import.ts';
import { placeFilter } from '../list-filters.tsx';
import { maySave, requireSaver } from './may-save.ts';
import { askedOf, MEMBERS, Members, shownOf } from './members.tsx';

type Audience = Awaited<ReturnType<typeof getAudience.run>>;
type Counted = Awaited<ReturnType<typeof countAudience.run>>;

/** This page with another choice of what is listed. */
const linkTo = (request: PageRequest, show: string): string => {
  const params = new URLSearchParams({ place: textOf(request.query, 'place'), on: textOf(request.query, 'on'), show });
  return `/audiences/${request.params.code}?${params}#list`;
};

const CountForm = async (request: PageRequest) => {
  const { say, query } = request;
  return (
    <SearchForm action={`/audiences/${request.params.code}`} label={say('page.audience.show')}>
      {await placeFilter(request, say('page.audience.place'), say('page.audience.all-places'))}
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
      <Figures say={say} how="audience">
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
      <Hint>{say('page.audience.how', { on: showDay(counted.on) })}</Hint>
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

/** The same figures village by village. */
const Villages = ({ request, counted }: { request: PageRequest; counted: Counted }) => {
  const { say, language } = request;
  const number = (value: number) => showNumber(value, language);
  return counted.villages?.length ? (
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
    <EmptyState title={say('page.audience.nobody')}>
      <p>{say('page.audience.nobody-next')}</p>
      {counted.subject === 'household' && mayImport(request) && (
        <LinkButton href="/imports/new">{say('page.imports.new')}</LinkButton>
      )}
    </EmptyState>
  );
};

const About = ({ request, audience }: { request: PageRequest; audience: Audience }) => {
  const { say } = request;
  const { code, placeId, places, rule } = audience;
  return (
    <>
      <Lead>{describeRule(rule, say, audience)}.</Lead>
      <Hint>
        {code} · {placeId ? capital(places[placeId] ?? '') : say('page.audiences.built-in')}
      </Hint>
      {placeId === null && <Hint>{builtInNote(code, say)}</Hint>}
      {usesReach(rule) && <Hint>{say('page.audience.by-reach')}</Hint>}
    </>
  );
};

const Ending = ({ request, code }: { request: PageRequest; code: string }) => {
  const { say, csrf } = request;
  return (
    <Card title={say('page.audience.end-title')}>
      <p>{say('page.audience.end-lead')}</p>
      <Form action={`/audiences/${code}/end`} csrf={csrf}>
        <Button look="danger">{say('page.audience.end')}</Button>
      </Form>
    </Card>
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
    const counted = await attempt(() => execute(countAudience, { code, ...askedOf(request), by: 'village' }));
    const show = shownOf(request);
    const wrong = counted instanceof AppError;
    const own = audience.placeId !== null && maySave(request);
    const listed =
      show && !wrong
        ? await execute(listAudienceSubjects, { code, ...askedOf(request), show, ...listAsked(MEMBERS, query) })
        : undefined;
    const name = nameOfAudience(audience, say);
    return {
      title: name,
      body: (
        <>
          <PageHead
            title={name}
            back={{ href: '/audiences', label: say('page.audience.back') }}
            actions={own && <LinkButton href={`/audiences/new?code=${code}`}>{say('page.audience.change')}</LinkButton>}
          />
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
          {listed && show && <Members request={request} show={show} listed={listed} />}
          {!wrong && <Villages request={request} counted={counted} />}
          <Part title={say('page.audience.rule')}>
            <pre>{textOfRule(audience.rule)}</pre>
          </Part>
          {own && <Ending request={request} code={code} />}
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
