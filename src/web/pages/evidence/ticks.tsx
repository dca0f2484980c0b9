import type { listVillageHouseholds } from '../../../modules/delivery/index.ts';
import { Aside, Hint, Table, Tick } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { textsOf } from '../../typed.ts';
import type { RecordedKind } from './may-record.ts';

type Listed = Awaited<ReturnType<typeof listVillageHouseholds.run>>;

const nameOf = (mark: string): string => (mark === 'received' ? 'present' : mark);

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
      {kind === 'meeting' && <Hint>{say('page.evidence.ticks-hint')}</Hint>}
      <Table
        compact
        caption={say('page.evidence.households-of', { village: listed.village })}
        rows={listed.households}
        columns={[
          {
            label: say('evidence.column.head'),
            cell: (row) => (
              <>
                {row.headName ?? row.code} <Aside wide={!twins.has(row.headName)}>{row.code}</Aside>
                {row.aimed === false && <Aside> {say('page.evidence.not-aimed')}</Aside>}
              </>
            ),
          },
          ...marks.map((mark) => ({
            label: say(`evidence.column.${mark}`),
            cell: (row: Listed['households'][number]) => (
              <Tick
                id={`${nameOf(mark)}-${row.subjectId}`}
                name={nameOf(mark)}
                value={row.subjectId}
                checked={textsOf(request.typed.values, nameOf(mark)).includes(row.subjectId)}
                label={`${say(`evidence.column.${mark}`)}: ${row.headName ?? row.code}`}
              />
            ),
          })),
        ]}
      />
    </>
  );
};
