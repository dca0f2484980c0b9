import type { ListFault } from '../../../modules/reach/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Badge, Table } from '../../../ui/index.ts';

/** What is wrong with a list, row by row as Excel numbers it, and what to do. */
export const FaultRows = ({ say, faults }: { say: Say; faults: readonly ListFault[] }) =>
  faults.length === 0 ? null : (
    <Table
      caption={say('page.evidence.faults')}
      rows={faults}
      columns={[
        { label: say('page.evidence.fault-row'), number: true, cell: ({ row }) => String(row) },
        { label: say('page.evidence.fault-column'), cell: ({ column }) => column || '—' },
        { label: say('page.evidence.fault-value'), cell: ({ value }) => value || say('page.evidence.fault-empty') },
        {
          label: say('page.evidence.fault-what'),
          cell: ({ severity, code, params }) => (
            <>
              <Badge tone={severity === 'error' ? 'danger' : 'warning'}>
                {say(`page.evidence.severity.${severity}`)}
              </Badge>{' '}
              {say(`error.${code}`, params)}
            </>
          ),
        },
      ]}
    />
  );
