import { importPlan, type LineOfNobody } from '../../../modules/plans/index.ts';
import { invalid } from '../../../shared/errors.ts';
import { Actions, Alert, Button, Field, Form, FormTrouble, LinkButton, PageHead, Table } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { LinesOfNobody } from './lines-of-nobody.tsx';
import { releaseFiles, requireImporter } from './may-plan.ts';

/** The faults of the file with line and column, as an editor counts them. */
const faults = ({ say, typed }: PageRequest) => {
  const rows = typed.error?.code === 'plan-file' ? typed.error.fields : [];
  return rows.length === 0 ? null : (
    <>
      <Alert tone="danger">
        <p>{say('error.plan-file', { count: rows.length })}</p>
      </Alert>
      <Table
        caption={say('page.plans.faults')}
        rows={rows}
        columns={[
          { label: say('page.plans.fault-line'), number: true, cell: ({ params }) => String(params?.line ?? '') },
          { label: say('page.plans.fault-column'), number: true, cell: ({ params }) => String(params?.column ?? '') },
          { label: say('page.plans.fault-at'), cell: ({ path }) => path },
          { label: say('page.plans.fault-what'), cell: ({ code, params }) => say(`error.${code}`, params) },
        ]}
      />
    </>
  );
};

interface Checked {
  readonly code: string;
  readonly lines: number;
  readonly replaced: boolean;
  readonly nobody: readonly LineOfNobody[];
}

const form = (request: PageRequest, checked?: Checked): View => {
  const { say, csrf } = request;
  const found = faults(request);
  return {
    title: say('page.plans.import'),
    body: (
      <>
        <PageHead
          title={say('page.plans.import')}
          lead={say('page.plans.import-lead')}
          back={{ href: '/plans', label: say('page.plans.title') }}
        />
        {found ?? <FormTrouble trouble={troubleOf(request)} />}
        {checked && (
          <Alert tone="success">
            <p>
              {say(checked.replaced ? 'page.plans.checked-again' : 'page.plans.checked', {
                ...{ code: checked.code, lines: checked.lines },
              })}
            </p>
          </Alert>
        )}
        {checked && <LinesOfNobody say={say} lines={checked.nobody} />}
        <Form action="/plans/import" csrf={csrf} files>
          <Field
            name="file"
            type="file"
            accept=".yaml,.yml"
            label={say('page.plans.file')}
            hint={say('page.plans.file-hint')}
            error={faultAt(request, 'file')}
          />
          <Actions>
            <Button>{say('page.plans.bring-in')}</Button>
            <Button look="secondary" name="only" value="check">
              {say('page.plans.only-check')}
            </Button>
            <LinkButton href="/plans">{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

const view = async (request: PageRequest): Promise<View> => {
  requireImporter(request);
  return form(request);
};

export const planImportPages = [
  page({ method: 'GET', path: '/plans/import', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/plans/import',
    signedIn: true,
    again: view,
    files: { admit: requireImporter, release: releaseFiles },
    handle: async (request) => {
      const { form: sent, uploads, execute } = request;
      const file = uploads.find(({ field, size }) => field === 'file' && size > 0);
      if (!file) throw invalid('plan-file.none', {}, [{ path: 'file', code: 'plan-file.none' }]);
      const dryRun = textOf(sent, 'only') === 'check';
      const done = await execute(importPlan, { sha256: file.sha256, dryRun });
      // What the file says stands in the plan now; the file itself is nobody's document.
      await releaseFiles(request, uploads);
      if (dryRun) return form(request, done);
      const nobody = done.nobody.map(({ position }) => position).join(',');
      return { redirect: `/plans/${done.code}${nobody && `?nobody=${nobody}`}` };
    },
  }),
];
