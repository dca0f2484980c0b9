import type { listVillageHouseholds } from '../../../modules/delivery/index.ts';
import { Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { textsOf } from '../../typed.ts';
import type { RecordedKind } from './may-record.ts';

type Listed = Awaited<ReturnType<typeof listVillageHouseholds.run>>;

interface TickProps {
  readonly request: PageRequest;
  readonly name: string;
  readonly row: Listed['households'][number];
  readonly label: string;
}

const Tick = ({ request, name, row, label }: TickProps) => (
  <div class="choice">
    <input
      type="checkbox"
      id={`${name}-${row.subjectId}`}
      name={name}
      value={row.subjectId}
      checked={textsOf(request.typed.values, name).includes(row.subjectId)}
      aria-label={`${label}: ${row.headName ?? row.code}`}
    />
  </div>
);

/** Names that several households have: of those the code is shown on narrow screens, too. */
const namesShared = (households: Listed['households']): ReadonlySet<string | null> =>
  new Set(
    [...Map.groupBy(households, ({ headName }) => headName)].flatMap(([name, same]) => (same.length > 1 ? [name] : [])),
  );

/** The households of a village, a line each, with the boxes to tick: at a meeting three, for what is handed out one. */
export const Ticks = (props: { request: PageRequest; kind: RecordedKind; listed: Listed }) => {
  const { request, kind, listed } = props;
  const { say } = request;
  const twins = namesShared(listed.households);
  const marks = kind === 'meeting' ? (['present', 'answered', 'acted'] as const) : (['received'] as const);
  return (
    <>
      {kind === 'meeting' && <p class="hint">{say('page.evidence.ticks-hint')}</p>}
      <Table
        compact
        caption={say('page.evidence.households-of', { village: listed.village })}
        rows={listed.households}
        columns={[
          {
            label: say('evidence.column.head'),
            cell: (row) => (
              <>
                {row.headName ?? row.code}{' '}
                <span class={twins.has(row.headName) ? 'hint' : 'hint wide-only'}>{row.code}</span>
                {row.aimed === false && <span class="hint"> {say('page.evidence.not-aimed')}</span>}
              </>
            ),
          },
          ...marks.map((mark) => ({
            label: say(`evidence.column.${mark}`),
            cell: (row: Listed['households'][number]) => (
              <Tick
                request={request}
                name={mark === 'received' ? 'present' : mark}
                row={row}
                label={say(`evidence.column.${mark}`)}
              />
            ),
          })),
        ]}
      />
    </>
  );
};
