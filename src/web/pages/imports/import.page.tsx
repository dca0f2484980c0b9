import {
  checkAgain,
  commitList,
  discardList,
  getImport,
  listFaults,
  undoList,
} from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { conflict } from '../../../shared/errors.ts';
import { Actions, Alert, Button, Card, Form, FormTrouble, LinkButton } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { troubleOf } from '../../typed.ts';
import { aboutImport, type Import, importFigures } from './about-import.tsx';
import { correctedAddress } from './corrected.ts';
import { FaultTable } from './fault-table.tsx';
import { mayImport, mayMap, requireOfficer } from './may-import.ts';
import { type ImportStep, ImportSteps } from './steps.tsx';

const load = (request: PageRequest) => request.execute(getImport, { importId: request.params.importId! });

const FIRST = 20;

/** Faults that go when the village comes into the register. */
const VILLAGE_FAULTS = ['list.village-none', 'list.village-unknown'];

const faults = async (list: Import, request: PageRequest) => {
  if (list.faults.length === 0) return null;
  const { say, language, execute } = request;
  const rows = await execute(listFaults, { importId: list.importId, limit: FIRST });
  return (
    <Card title={say('page.imports.faults')}>
      <p class="lead">{say('page.imports.faults-lead')}</p>
      <ul class="groups">
        {list.faults.map(({ code, severity, count }) => (
          <li>
            <a href={`/imports/${list.importId}/faults?code=${code}`}>
              <strong class={`severity ${severity}`}>{say(`page.imports.severity.${severity}`)}</strong>{' '}
              {say(`fault-group.${code}`)}: {showNumber(count, language)}
            </a>
          </li>
        ))}
      </ul>
      <FaultTable say={say} faults={rows} />
      <Actions>
        <LinkButton href={`/imports/${list.importId}/faults`}>{say('page.imports.all-faults')}</LinkButton>
        <LinkButton href={`/imports/${list.importId}/faults.csv`}>{say('page.imports.faults-csv')}</LinkButton>
      </Actions>
    </Card>
  );
};

/** What can be done with a checked list, and what stands in the way. */
const next = (list: Import, { say, csrf, language }: PageRequest) => {
  const { counts, importId } = list;
  if (!counts) return null;
  const at = `/imports/${importId}`;
  const { missing, duplicates } = list.open;
  return (
    <Card title={say('page.imports.next')}>
      {counts.errors > 0 && (
        <Alert tone="danger">
          <p>{say('error.import.has-errors', { count: counts.errors })}</p>
        </Alert>
      )}
      {counts.errors > 0 && (
        <Actions>
          <LinkButton look="primary" href={correctedAddress(list)}>
            {say('page.imports.corrected')}
          </LinkButton>
          {list.faults.some(({ code }) => VILLAGE_FAULTS.includes(code)) && (
            <LinkButton href="/villages/import">{say('page.imports.villages')}</LinkButton>
          )}
        </Actions>
      )}
      {counts.errors === 0 && duplicates > 0 && (
        <Alert tone="warning">
          <p>{say('page.imports.open-duplicates', { count: duplicates })}</p>
          <p>
            <a href={`${at}/decisions?kind=duplicate`}>{say('page.imports.answer')}</a>
          </p>
        </Alert>
      )}
      {counts.errors === 0 && missing > 0 && (
        <Alert tone="warning">
          <p>{say('page.imports.open-missing', { count: missing })}</p>
          <p>
            <a href={`${at}/decisions?kind=missing`}>{say('page.imports.answer')}</a>
          </p>
        </Alert>
      )}
      {counts.errors === 0 && duplicates === 0 && (
        <Form action={`${at}/commit`} csrf={csrf}>
          <p>
            {say('page.imports.commit-lead', {
              added: showNumber(counts.added, language),
              changed: showNumber(counts.changed, language),
            })}
          </p>
          <Actions>
            <Button>{say('page.imports.commit')}</Button>
          </Actions>
        </Form>
      )}
      <Actions>
        <LinkButton href={`${at}/mapping`}>{say('page.imports.change-mapping')}</LinkButton>
        <Form action={`${at}/check`} csrf={csrf}>
          <Button look="secondary">{say('page.imports.check-again')}</Button>
        </Form>
        <Form action={`${at}/discard`} csrf={csrf}>
          <Button look="secondary">{say('page.imports.discard')}</Button>
        </Form>
      </Actions>
    </Card>
  );
};

const stepOf = (list: Import): ImportStep => {
  if (list.state === 'committed') return 'done';
  if (list.state === 'uploaded' || list.state === 'failed') return 'upload';
  if (list.state === 'read') return list.busy ? 'check' : 'mapping';
  return list.open.missing + list.open.duplicates > 0 ? 'decide' : 'check';
};

const stateOf = (list: Import, request: PageRequest) => {
  const { say, csrf } = request;
  const at = `/imports/${list.importId}`;
  if (list.busy) {
    return (
      <Alert tone="info">
        {/* Without any script the page asks again by itself until the job is done. */}
        <meta http-equiv="refresh" content="2" />
        <p>{say(list.state === 'uploaded' ? 'page.imports.opening' : 'page.imports.checking')}</p>
      </Alert>
    );
  }
  switch (list.state) {
    case 'failed':
      return (
        <>
          <Alert tone="danger">
            <p>{say(`error.${list.failure?.code}`, list.failure?.params)}</p>
            <p>{say('page.imports.nothing-written')}</p>
          </Alert>
          {mayImport(request) && (
            <Actions>
              <LinkButton look="primary" href={correctedAddress(list)}>
                {say('page.imports.again')}
              </LinkButton>
            </Actions>
          )}
        </>
      );
    case 'read':
      return mayImport(request) ? (
        <Actions>
          <LinkButton look="primary" href={`${at}/mapping`}>
            {say('page.imports.to-mapping')}
          </LinkButton>
        </Actions>
      ) : null;
    case 'committed':
      return (
        <>
          <Alert tone="success">
            <p>{say('page.imports.committed')}</p>
          </Alert>
          {list.open.missing > 0 && (
            <Alert tone="warning">
              <p>{say('page.imports.open-missing', { count: list.open.missing })}</p>
              <p>
                <a href={`${at}/decisions?kind=missing`}>{say('page.imports.answer')}</a>
              </p>
            </Alert>
          )}
          <Actions>
            <LinkButton look="primary" href={`/counts?place=${list.placeId}&on=${list.asOf}&by=village`}>
              {say('page.imports.to-counts')}
            </LinkButton>
            {mayImport(request) && <LinkButton href={`${at}/undo`}>{say('page.imports.undo')}</LinkButton>}
          </Actions>
        </>
      );
    case 'undone':
    case 'discarded':
      return (
        <>
          <Alert tone="info">
            <p>{say(`page.imports.${list.state}`)}</p>
          </Alert>
          {mayImport(request) && (
            <Actions>
              <LinkButton href={correctedAddress(list)}>{say('page.imports.corrected')}</LinkButton>
            </Actions>
          )}
        </>
      );
    default:
      return mayImport(request) ? next(list, { ...request, csrf }) : null;
  }
};

const view = async (request: PageRequest): Promise<View> => {
  const { say } = request;
  const list = await load(request);
  return {
    title: list.fileName,
    body: (
      <>
        <h1>{say('page.imports.one', { place: list.placeName, day: showDay(list.asOf) })}</h1>
        {/* What was taken back or put aside goes through no step any more, and is least of all done. */}
        {list.state !== 'undone' && list.state !== 'discarded' && (
          <ImportSteps say={say} at={stepOf(list)} importId={list.importId} mapping={mayMap(list, request)} />
        )}
        <FormTrouble trouble={troubleOf(request)} />
        {importFigures(list, request)}
        {stateOf(list, request)}
        {list.busy ? null : await faults(list, request)}
        <Card title={say('page.imports.about')}>{aboutImport(list, request)}</Card>
      </>
    ),
  };
};

const undoView = async (request: PageRequest): Promise<View> => {
  const { say, csrf } = request;
  requireOfficer(request);
  const list = await load(request);
  if (list.state !== 'committed') throw conflict('import.state', { state: list.state });
  return {
    title: say('page.imports.undo'),
    body: (
      <>
        <h1>{say('page.imports.undo-title')}</h1>
        <FormTrouble trouble={troubleOf(request)} />
        <p class="lead">{say('page.imports.undo-lead')}</p>
        {aboutImport(list, request)}
        <Form action={`/imports/${list.importId}/undo`} csrf={csrf}>
          <Actions>
            <Button look="danger">{say('page.imports.undo')}</Button>
            <LinkButton href={`/imports/${list.importId}`}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

type ImportCommand = typeof commitList | typeof discardList | typeof undoList | typeof checkAgain;

const step = (name: string, useCase: ImportCommand, again = view) =>
  page({
    method: 'POST',
    path: `/imports/:importId/${name}`,
    signedIn: true,
    formAt: (params) => `/imports/${params.importId}${name === 'undo' ? '/undo' : ''}`,
    again,
    handle: async ({ params, execute }) => {
      await execute(useCase as typeof discardList, { importId: params.importId! });
      return { redirect: `/imports/${params.importId}` };
    },
  });

export const importPages = [
  page({ method: 'GET', path: '/imports/:importId', signedIn: true, handle: view }),
  page({ method: 'GET', path: '/imports/:importId/undo', signedIn: true, handle: undoView }),
  step('check', checkAgain),
  step('commit', commitList),
  step('discard', discardList),
  step('undo', undoList, undoView),
];
