import type { RowFault } from '../../../modules/registry/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Table } from '../../../ui/index.ts';
import type { ListColumn } from '../../list.tsx';
import { StateBadge } from '../../state-badge.tsx';

export const faultOrders = ['severity', 'row', 'sheet', 'column', 'value', 'kind'] as const;

/** Whether it must be put right, or is only to be known. */
export const Severity = ({ say, severity }: { say: Say; severity: RowFault['severity'] }) => (
  <StateBadge say={say} kind="fault" state={severity} />
);

/** The row-by-row report: row as Excel numbers it, column, value, what is wrong and what to do. */
export const faultColumns = (say: Say): ListColumn<RowFault, (typeof faultOrders)[number]>[] => [
  {
    name: 'row',
    label: say('page.imports.fault-row'),
    sort: 'row',
    always: true,
    number: true,
    cell: ({ row }) => row ?? '',
    text: ({ row }) => row,
  },
  {
    name: 'sheet',
    label: say('page.imports.fault-sheet'),
    sort: 'sheet',
    cell: ({ sheet }) => sheet,
    text: ({ sheet }) => sheet,
  },
  {
    name: 'column',
    label: say('page.imports.column'),
    sort: 'column',
    cell: ({ column, cell }) => (cell ? `${column ?? ''} (${cell})` : (column ?? '')),
    text: ({ column }) => column ?? '',
  },
  {
    name: 'cell',
    label: say('page.imports.fault-cell'),
    // It stands behind the column's name already; in a file it is a column of its own.
    cell: ({ cell }) => cell ?? '',
    text: ({ cell }) => cell ?? '',
    extra: true,
  },
  {
    name: 'value',
    label: say('page.imports.fault-value'),
    sort: 'value',
    cell: ({ value }) => (value === '' ? say('page.imports.fault-empty') : value),
    text: ({ value }) => value,
  },
  {
    name: 'severity',
    label: say('page.imports.severity'),
    sort: 'severity',
    cell: ({ severity }) => <Severity say={say} severity={severity} />,
    text: ({ severity }) => say(`page.imports.severity.${severity}`),
  },
  {
    name: 'what',
    label: say('page.imports.fault-what'),
    sort: 'kind',
    always: true,
    cell: ({ code, params }) => say(`fault.${code}`, params),
    text: ({ code, params }) => say(`fault.${code}`, params),
  },
];

/** Some of them, where the whole report is a page of its own. */
export const FaultTable = ({ say, faults }: { say: Say; faults: readonly RowFault[] }) => (
  <Table
    caption={say('page.imports.faults')}
    captionHidden
    rows={faults}
    columns={faultColumns(say)
      .filter(({ extra }) => !extra)
      .map(({ label, number, cell }) => ({ label, number, cell }))}
  />
);
