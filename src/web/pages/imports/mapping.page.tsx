import { type Column, fieldsOf, getImport, mapList, type SheetShape } from '../../../modules/registry/index.ts';
import { conflict } from '../../../shared/errors.ts';
import type { Say } from '../../../shared/words/index.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  CellSelect,
  Form,
  FormTrouble,
  Hint,
  LinkButton,
  PageHead,
  Part,
  Select,
  Table,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type Form as Sent, type View } from '../../page.ts';
import { textOf, troubleOf } from '../../typed.ts';
import { requireOfficer } from './may-import.ts';
import { ImportSteps } from './steps.tsx';

const ROLES = ['households', 'members', 'other'] as const;

const SheetMapping = ({ sheet, at, say, sent }: { sheet: SheetShape; at: number; say: Say; sent: Sent }) => {
  const role = (textOf(sent, `role-${at}`) || sheet.role) as (typeof ROLES)[number];
  // A sheet that is left out is offered the fields of a household list, should somebody take it in.
  const fields = fieldsOf(role === 'other' ? 'households' : role);
  const options = fields.map((field) => ({ value: field, label: say(`list.field.${field}`) }));
  const chosen = (column: Column): string =>
    `column-${at}-${column.index}` in sent ? textOf(sent, `column-${at}-${column.index}`) : (column.field ?? '');
  return (
    <Card title={say('page.imports.sheet', { name: sheet.name })}>
      {sheet.title && <Hint>{sheet.title}</Hint>}
      {sheet.reason && sheet.reason !== 'chosen' && (
        <Alert tone="info">
          <p>{say(`page.imports.sheet-reason.${sheet.reason}`)}</p>
        </Alert>
      )}
      {sheet.columns.length > 0 && (
        <>
          <Select
            name={`role-${at}`}
            label={say('page.imports.sheet-role')}
            options={ROLES.map((value) => ({ value, label: say(`page.imports.sheet-role.${value}`) }))}
            value={role}
          />
          <Part
            title={say('page.imports.columns', {
              count: sheet.columns.length,
              mapped: sheet.columns.filter(({ field }) => field).length,
            })}
            open={role !== 'other'}
          >
            <Table
              caption={say('page.imports.sheet', { name: sheet.name })}
              captionHidden
              rows={sheet.columns}
              quiet={({ field }) => !field}
              columns={[
                {
                  label: say('page.imports.column'),
                  cell: (column) => (
                    <>
                      <strong>{column.letter}</strong> {column.heading || say('page.imports.no-heading')}
                    </>
                  ),
                },
                {
                  label: say('page.imports.samples'),
                  cell: (column) =>
                    column.samples
                      .map((sample) => (sample.length > 40 ? `${sample.slice(0, 40)}…` : sample))
                      .join(' · '),
                },
                {
                  label: say('page.imports.field'),
                  cell: (column) => (
                    <CellSelect
                      name={`column-${at}-${column.index}`}
                      label={say('page.imports.field-of', { column: column.letter })}
                      options={options}
                      value={chosen(column)}
                      empty={say('page.imports.left-out')}
                    />
                  ),
                },
              ]}
            />
          </Part>
        </>
      )}
    </Card>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, execute, params, typed } = request;
  requireOfficer(request);
  const list = await execute(getImport, { importId: params.importId! });
  const own = `/imports/${list.importId}/mapping`;
  // The columns of a list that has ended cannot be changed, and their samples are gone.
  if (!['uploaded', 'read', 'checked'].includes(list.state)) throw conflict('import.state', { state: list.state });
  return {
    title: say('page.imports.step.mapping'),
    body: (
      <>
        <PageHead
          title={say('page.imports.mapping-title')}
          lead={say('page.imports.mapping-lead', { file: list.fileName })}
          back={{ href: `/imports/${list.importId}`, label: say('page.imports.back') }}
        />
        <ImportSteps say={say} at="mapping" />
        <FormTrouble trouble={troubleOf(request)} />
        {list.shape === null || list.busy ? (
          <Alert tone="info">
            <p>{say('page.imports.not-yet')}</p>
          </Alert>
        ) : (
          <Form action={own} csrf={csrf} keep={await keptForm(request, own)}>
            {list.shape.sheets.map((sheet, at) => (
              <SheetMapping sheet={sheet} at={at} say={say} sent={typed.values} />
            ))}
            <Actions>
              <Button>{say('page.imports.check')}</Button>
              <LinkButton href={`/imports/${list.importId}`}>{say('ui.cancel')}</LinkButton>
            </Actions>
          </Form>
        )}
      </>
    ),
  };
};

/** `role-<sheet>` and `column-<sheet>-<column>` as the use case takes them. */
const choices = (form: Sent) => {
  const sheets: Record<string, { role: (typeof ROLES)[number]; fields: Record<string, string | null> }> = {};
  for (const name of Object.keys(form)) {
    const role = /^role-(\d+)$/u.exec(name);
    if (role)
      sheets[role[1]!] = { fields: {}, ...sheets[role[1]!], role: textOf(form, name) as (typeof ROLES)[number] };
    const column = /^column-(\d+)-(\d+)$/u.exec(name);
    if (!column) continue;
    const sheet = sheets[column[1]!] ?? { role: 'other', fields: {} };
    sheet.fields[column[2]!] = textOf(form, name) || null;
    sheets[column[1]!] = sheet;
  }
  return sheets;
};

export const mappingPages = [
  page({ method: 'GET', path: '/imports/:importId/mapping', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/imports/:importId/mapping',
    signedIn: true,
    again: view,
    handle: async ({ form, params, execute }) => {
      await execute(mapList, { importId: params.importId!, sheets: choices(form) });
      return { redirect: `/imports/${params.importId}` };
    },
  }),
];
