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
import {
  Actions,
  Alert,
  Button,
  Card,
  Form,
  FormTrouble,
  Lead,
  Lines,
  LinkButton,
  PageHead,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { troubleOf } from '../../typed.ts';
import { aboutImport, type Import, importFigures } from './about-import.tsx';
import { FaultTable, Severity } from './fault-columns.tsx';
import { mayMap, requireOfficer } from './may-import.ts';
import { importActions, importStanding } from './next-step.tsx';
import { type ImportStep, ImportSteps } from './steps.tsx';

const load = (request: PageRequest) => request.execute(getImport, { importId: request.params.importId! });

const FIRST = 20;

const faults = async (list: Import, request: PageRequest) => {
  if (list.faults.length === 0) return null;
  const { say, language, execute } = request;
  const { rows } = await execute(listFaults, { importId: list.importId, limit: FIRST });
  return (
    <Card title={say('page.imports.faults')}>
      <Lead>{say('page.imports.faults-lead')}</Lead>
      <Lines>
        {list.faults.map(({ code, severity, count }) => (
          <li>
            <a href={`/imports/${list.importId}/faults?code=${code}`}>
              <Severity say={say} severity={severity} /> {say(`fault-group.${code}`)}: {showNumber(count, language)}
            </a>
          </li>
        ))}
      </Lines>
      <FaultTable say={say} faults={rows} />
      <Actions>
        <LinkButton href={`/imports/${list.importId}/faults`}>{say('page.imports.all-faults')}</LinkButton>
        <LinkButton href={`/imports/${list.importId}/faults.csv`}>{say('page.imports.faults-csv')}</LinkButton>
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

/** What there is to know of it before the figures. */
const Notices = ({ list, say }: { list: Import; say: PageRequest['say'] }) => {
  // Without any script the page asks again by itself until the job is done.
  if (list.busy) return <meta http-equiv="refresh" content="2" />;
  if (list.state === 'failed')
    return (
      <Alert tone="danger">
        <p>{say(`error.${list.failure?.code}`, list.failure?.params)}</p>
      </Alert>
    );
  // They may be answered later, too, so they stand in nobody's way.
  if (list.state === 'checked' && list.counts?.errors === 0 && list.open.missing > 0)
    return (
      <Alert tone="warning">
        <p>{say('page.imports.open-missing', { count: list.open.missing })}</p>
        <p>
          <a href={`/imports/${list.importId}/decisions?kind=missing`}>{say('page.imports.answer')}</a>
        </p>
      </Alert>
    );
  return null;
};

const view = async (request: PageRequest): Promise<View> => {
  const { say } = request;
  const list = await load(request);
  return {
    title: list.fileName,
    body: (
      <>
        <PageHead
          title={say('page.imports.one', { place: list.placeName, day: showDay(list.asOf) })}
          back={{ href: '/imports', label: say('page.imports.title') }}
          lead={importStanding(list, request)}
          actions={importActions(list, request)}
        />
        {/* What was taken back or put aside goes through no step any more, and is least of all done. */}
        {list.state !== 'undone' && list.state !== 'discarded' && (
          <ImportSteps say={say} at={stepOf(list)} importId={list.importId} mapping={mayMap(list, request)} />
        )}
        <FormTrouble trouble={troubleOf(request)} />
        <Notices list={list} say={say} />
        {importFigures(list, request)}
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
        <PageHead
          title={say('page.imports.undo-title')}
          lead={say('page.imports.undo-lead')}
          back={{ href: `/imports/${list.importId}`, label: say('page.imports.back') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
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
