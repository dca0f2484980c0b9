import { importLog } from '../../../modules/broadcast/index.ts';
import type { ListFault } from '../../../modules/reach/index.ts';
import { invalid } from '../../../shared/errors.ts';
import { Actions, Alert, Button, Field, Form, FormTrouble, LinkButton, PageHead } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { FaultRows } from './fault-rows.tsx';
import { releaseLists, requireRecorder, rowsOfUpload } from './may-record.ts';

interface LogReport {
  readonly rows: number;
  readonly committed: boolean;
  readonly faults: readonly ListFault[];
}

const view = async (request: PageRequest, report?: LogReport): Promise<View> => {
  const { say, csrf } = request;
  requireRecorder(request);
  return {
    title: say('page.evidence.log'),
    body: (
      <>
        <PageHead
          title={say('page.evidence.log')}
          lead={say('page.evidence.log-lead')}
          back={{ href: '/evidence', label: say('page.evidence.back') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        {report && report.faults.length === 0 && (
          <Alert tone={report.committed ? 'success' : 'info'}>
            <p>
              {say(report.committed ? 'page.evidence.log-done' : 'page.evidence.log-checked', { rows: report.rows })}
            </p>
          </Alert>
        )}
        {report && <FaultRows say={say} faults={report.faults} />}
        <Form action="/evidence/log" csrf={csrf} files>
          <Field
            name="file"
            type="file"
            accept=".xlsx,.csv"
            label={say('page.evidence.log-file')}
            hint={say('page.evidence.log-hint')}
            error={faultAt(request, 'file')}
          />
          <Actions>
            <Button>{say('page.evidence.record')}</Button>
            <Button look="secondary" name="check" value="1">
              {say('page.evidence.check')}
            </Button>
            <LinkButton href="/evidence">{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const logEvidencePages = [
  page({ method: 'GET', path: '/evidence/log', signedIn: true, handle: (request) => view(request) }),
  page({
    method: 'POST',
    path: '/evidence/log',
    signedIn: true,
    again: (request) => view(request),
    files: { admit: requireRecorder, release: releaseLists },
    handle: async (request) => {
      const rows = await rowsOfUpload(request);
      const report = await request.execute(importLog, {
        rows: rows.map(({ row, cells }) => ({ row, cells: [...cells] })),
        commit: textOf(request.form, 'check') === '',
      });
      const count = report.faults.length;
      const error = count > 0 ? invalid('evidence.has-faults', { count }) : undefined;
      const again = { ...request, typed: { values: request.form, error, kept: false } };
      return { ...(await view(again, report)), ...(error ? { status: 422 } : {}) };
    },
  }),
];
