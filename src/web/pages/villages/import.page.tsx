import { blankPlaces, importPlaces, type PlacesReport } from '../../../modules/territory/index.ts';
import { Actions, Alert, Button, Field, Form, FormTrouble, LinkButton, PageHead } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { mayImport } from '../imports/may-import.ts';
import { AboutColumns } from './columns.tsx';
import { releaseFiles, requireBringer } from './may-bring.ts';
import { rowsOfForm, rowsOfUpload, type TextRows } from './rows.ts';
import { isRight, Trial } from './trial.tsx';

interface Tried {
  readonly rows: TextRows;
  readonly report: PlacesReport;
}

const COUNTED = ['added', 'changed', 'same'] as const;

/** What was written just now, as the address says after it. */
const done = (request: PageRequest) => {
  const { say, query } = request;
  const counts = Object.fromEntries(COUNTED.map((name) => [name, Number.parseInt(textOf(query, name), 10)]));
  if (!Object.values(counts).every((count) => count >= 0)) return null;
  return (
    <>
      <Alert tone="success">
        <p>{say('page.villages.done', counts)}</p>
      </Alert>
      <Actions>
        {mayImport(request) && (
          <LinkButton look="primary" href="/imports/new">
            {say('page.villages.to-imports')}
          </LinkButton>
        )}
        <LinkButton href="/counts">{say('page.villages.to-counts')}</LinkButton>
      </Actions>
    </>
  );
};

const form = async (request: PageRequest, tried?: Tried): Promise<View> => {
  const { say, csrf } = request;
  const right = tried !== undefined && isRight(tried.report);
  const written = done(request);
  return {
    title: say('page.villages.import'),
    ...(tried && !right ? { status: 422 } : {}),
    body: (
      <>
        <PageHead
          title={say('page.villages.import')}
          lead={!tried && say('page.villages.lead')}
          back={{ href: '/counts', label: say('nav.counts') }}
        />
        {tried ? <Trial request={request} {...tried} /> : written}
        <FormTrouble trouble={troubleOf(request)} />
        <Form action="/villages/import" csrf={csrf} files>
          <Field
            name="file"
            type="file"
            accept=".xlsx,.csv"
            label={say(tried ? 'page.villages.check-other' : 'page.villages.file')}
            hint={say('page.villages.file-hint')}
            error={faultAt(request, 'file')}
          />
          <Actions>
            <Button look={right || written ? 'secondary' : 'primary'}>{say('page.villages.check')}</Button>
            <LinkButton href="/counts">{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
        {await AboutColumns(request)}
      </>
    ),
  };
};

const tryOut = async (request: PageRequest, rows: TextRows): Promise<Tried> => ({
  rows,
  report: await request.execute(importPlaces, { rows, commit: false }),
});

/** The form; what was kept over a sign-in, or no longer fits since it was tried, is tried again. */
const view = async (request: PageRequest): Promise<View> => {
  requireBringer(request);
  const { typed } = request;
  const again = typed.error?.code === 'places.has-errors' || typed.error?.kind === 'conflict';
  const rows = typed.kept || again ? rowsOfForm(typed.values) : undefined;
  return form(request, rows && (await tryOut(request, rows)));
};

export const villagesPages = [
  page({ method: 'GET', path: '/villages/import', signedIn: true, handle: view }),
  page({
    method: 'GET',
    path: '/villages/blank.csv',
    signedIn: true,
    handle: async (request) => {
      requireBringer(request);
      return { download: blankPlaces(), fileName: 'danh-sach-thon.csv', type: 'text/csv; charset=utf-8' };
    },
  }),
  page({
    method: 'POST',
    path: '/villages/import',
    signedIn: true,
    again: view,
    files: { admit: requireBringer, release: releaseFiles },
    handle: async (request) => {
      requireBringer(request);
      const tried = rowsOfForm(request.form);
      if (!tried) return form(request, await tryOut(request, await rowsOfUpload(request)));
      const report = await request.execute(importPlaces, { rows: tried, commit: true });
      const counts = COUNTED.map((name) => `${name}=${report[name]}`).join('&');
      return { redirect: `/villages/import?${counts}` };
    },
  }),
];
