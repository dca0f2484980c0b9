import { dropVisitFiles, recordVisitList, type VisitFault, visitProofs } from '../../../modules/visits/index.ts';
import { forbidden, invalid } from '../../../shared/errors.ts';
import {
  Actions,
  Alert,
  Button,
  Field,
  Form,
  FormTrouble,
  LinkButton,
  PageHead,
  Select,
  Table,
} from '../../../ui/index.ts';
import { type PageRequest, page, type Upload, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { mayRecordVisit } from './parts.tsx';

const admit = (request: PageRequest): void => {
  if (!mayRecordVisit(request)) throw forbidden('not-allowed', { what: request.url, roles: 'officer agent' });
};

/** A list names people: once it was read nothing keeps it. */
const release = async ({ execute }: Pick<PageRequest, 'execute'>, uploads: readonly Upload[]): Promise<void> => {
  await execute(dropVisitFiles, { hashes: [...new Set(uploads.map(({ sha256 }) => sha256))] });
};

const faultTable = ({ say }: PageRequest, faults: readonly VisitFault[]) => (
  <>
    <Alert tone="danger">
      <p>{say('error.visit-list.has-faults', { count: faults.length })}</p>
    </Alert>
    <Table
      caption={say('page.visits.faults')}
      captionHidden
      rows={faults}
      columns={[
        { label: say('visit-column.row'), number: true, cell: (fault) => fault.row },
        {
          label: say('visit-column.column'),
          cell: ({ column }) => (column ? say(`visit-list.column.${column}`) : '—'),
        },
        { label: say('visit-column.value'), cell: ({ value }) => value || '—' },
        { label: say('visit-column.what'), cell: ({ code, params }) => say(`error.${code}`, params) },
      ]}
    />
  </>
);

const view = (request: PageRequest, faults: readonly VisitFault[] = []): View => {
  const { say, csrf, typed, form } = request;
  admit(request);
  const values = Object.keys(typed.values).length > 0 ? typed.values : form;
  return {
    title: say('page.visits.import'),
    ...(faults.length > 0 ? { status: 422 } : {}),
    body: (
      <>
        <PageHead title={say('page.visits.import')} lead={say('page.visits.import-lead')} />
        <FormTrouble trouble={troubleOf(request)} />
        {faults.length > 0 && faultTable(request, faults)}
        <Form action="/visits/import" csrf={csrf} files>
          <Field
            name="file"
            type="file"
            accept=".xlsx,.csv"
            label={say('page.visits.file')}
            hint={say('page.visits.file-hint')}
            error={faultAt(request, 'file')}
          />
          <Select
            name="proof"
            label={say('page.visits.proof')}
            hint={say('page.visits.proof-hint')}
            options={visitProofs.map((value) => ({ value, label: say(`proof.${value}`) }))}
            value={textOf(values, 'proof')}
          />
          <Actions>
            <Button>{say('page.visits.import-do')}</Button>
            <LinkButton href="/visits">{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

const record = async (request: PageRequest, file: string) => {
  const { form, execute } = request;
  const proof = visitProofs.find((each) => each === textOf(form, 'proof'));
  const checked = await execute(recordVisitList, { file, proof, commit: false });
  if (checked.faults.length > 0) return view(request, checked.faults);
  const { rows } = await execute(recordVisitList, { file, proof, commit: true });
  return { redirect: `/visits?recorded=${rows}` };
};

export const visitImportPages = [
  page({ method: 'GET', path: '/visits/import', signedIn: true, handle: async (request) => view(request) }),
  page({
    method: 'POST',
    path: '/visits/import',
    signedIn: true,
    again: async (request) => view(request),
    files: { admit, release },
    handle: async (request) => {
      const found = request.uploads.find(({ field, size }) => field === 'file' && size > 0);
      if (!found) throw invalid('visit-list.no-file', {}, [{ path: 'file', code: 'visit-list.no-file' }]);
      const reply = await record(request, found.sha256);
      await release(request, request.uploads);
      return reply;
    },
  }),
];
