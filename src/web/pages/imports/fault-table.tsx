import type { RowFault } from '../../../modules/registry/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Table } from '../../../ui/index.ts';

/** The row-by-row report: row as Excel numbers it, column, value, what is wrong and what to do. */
export const FaultTable = ({ say, faults }: { say: Say; faults: readonly RowFault[] }) => (
  <Table
    caption={say('page.imports.faults')}
    captionHidden
    rows={faults}
    columns={[
      { label: say('page.imports.fault-row'), number: true, cell: ({ row }) => row ?? '' },
      { label: say('page.imports.fault-sheet'), cell: ({ sheet }) => sheet },
      {
        label: say('page.imports.column'),
        cell: ({ column, cell }) => (cell ? `${column ?? ''} (${cell})` : (column ?? '')),
      },
      {
        label: say('page.imports.fault-value'),
        cell: ({ value }) => (value === '' ? say('page.imports.fault-empty') : value),
      },
      {
        label: say('page.imports.fault-what'),
        cell: ({ severity, code, params }) => (
          <>
            <strong class={`severity ${severity}`}>{say(`page.imports.severity.${severity}`)}</strong>{' '}
            {say(`fault.${code}`, params)}
          </>
        ),
      },
    ]}
  />
);
