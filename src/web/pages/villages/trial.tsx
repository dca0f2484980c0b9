import type { PlaceFault, PlacesReport } from '../../../modules/territory/index.ts';
import { Actions, Alert, Button, Card, Form, How, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import type { TextRows } from './rows.ts';

const errorsOf = ({ faults }: PlacesReport): PlaceFault[] => faults.filter(({ severity }) => severity === 'error');

/** Whether it can be written as it stands. */
export const isRight = (report: PlacesReport): boolean => report.rows > 0 && errorsOf(report).length === 0;

/** Row as Excel numbers it, column, value, what is wrong and what to do. */
const FaultRows = ({ say, faults }: Pick<PageRequest, 'say'> & Pick<PlacesReport, 'faults'>) => (
  <Table
    caption={say('page.villages.faults')}
    captionHidden
    rows={faults.toSorted((a, b) => a.row - b.row)}
    columns={[
      { label: say('page.imports.fault-row'), number: true, cell: ({ row }) => row },
      { label: say('page.imports.column'), cell: ({ column }) => <span lang="vi">{column ?? '—'}</span> },
      {
        label: say('page.imports.fault-value'),
        cell: ({ value }) => (value === '' ? say('page.imports.fault-empty') : value),
      },
      { label: say('page.imports.fault-what'), cell: ({ code, params }) => say(`error.${code}`, params) },
    ]}
  />
);

/** What the trial found; a list that is right is written from here, without choosing the file again. */
export const Trial = ({ request, report, rows }: { request: PageRequest; report: PlacesReport; rows: TextRows }) => {
  const { say, csrf } = request;
  const { added, changed, same } = report;
  const count = errorsOf(report).length;
  return (
    <Card title={say('page.villages.report')}>
      {count > 0 && (
        <>
          <Alert tone="danger">
            <p>{say('page.villages.faults-lead', { count })}</p>
          </Alert>
          <FaultRows say={say} faults={report.faults} />
        </>
      )}
      {count === 0 && report.rows === 0 && (
        <Alert tone="danger">
          <p>{say('page.villages.nothing')}</p>
        </Alert>
      )}
      {isRight(report) && (
        <>
          <p>
            <strong>{say('page.villages.counts', { rows: report.rows, added, changed, same })}</strong>
          </p>
          <How say={say} id="villages" apart />
          <p>{say('page.villages.right')}</p>
          <Form action="/villages/import" csrf={csrf} files>
            <input type="hidden" name="rows" value={JSON.stringify(rows)} />
            <Actions>
              <Button>{say('page.villages.commit')}</Button>
            </Actions>
          </Form>
        </>
      )}
    </Card>
  );
};
