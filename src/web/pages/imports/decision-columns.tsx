import type { listDecisions } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Aside, Lines, Tick } from '../../../ui/index.ts';
import type { ListColumn } from '../../list.tsx';
import { capital } from '../../show.ts';

export const decisionOrders = ['household', 'code', 'village', 'class', 'row', 'answer'] as const;

type Decision = Awaited<ReturnType<(typeof listDecisions)['run']>>['rows'][number];

type DecisionColumn = ListColumn<Decision, (typeof decisionOrders)[number]>;

const headOf = ({ headName, code }: Decision): string => headName ?? code;

/** One side of a question: enough of a household to tell it from one of the same name. */
interface Side {
  readonly code: string | null;
  readonly village: string;
  readonly class: string | null;
  readonly born: string | null;
  readonly precision: 'day' | 'month' | 'year' | null;
  readonly last4: string | null;
}

const known = ({ code, village, class: of, born, bornPrecision, idLast4 }: Decision): Side => ({
  ...{ code, village, class: of, born, precision: bornPrecision, last4: idLast4 },
});

const listed = (decision: Decision): Side => ({
  code: decision.rowCode,
  village: decision.rowVillage,
  class: decision.rowClass,
  born: decision.rowBorn,
  precision: decision.rowBornPrecision,
  last4: decision.rowIdLast4,
});

const bornAndId = ({ born, precision, last4 }: Side, say: Say): string[] => [
  say('page.imports.side.born', { born: born ? showDay(born, precision ?? 'day') : say('ui.unknown') }),
  say('page.imports.side.id', { id: last4 ? `•••• ${last4}` : say('ui.unknown') }),
];

/** Where nothing is to be held against another side, what is not known need not be said twice a row. */
const knownOfHead = (row: Decision, say: Say): string[] => (row.born || row.idLast4 ? bornAndId(known(row), say) : []);

const about = (side: Side, say: Say): string[] =>
  [
    say('page.imports.side.code', { code: side.code ?? '—' }),
    capital(side.village),
    side.class ? say(`class.${side.class}`) : '',
    ...bornAndId(side, say),
  ].filter(Boolean);

const rowOf = ({ row, sheet }: Decision, say: Say): string[] =>
  row === null ? [] : [say('page.imports.side.row', { row, sheet: sheet ?? '' })];

const Facts = ({ facts }: { facts: readonly string[] }) => (
  <Lines plain>
    {facts.map((fact) => (
      <li>
        <Aside>{fact}</Aside>
      </li>
    ))}
  </Lines>
);

/** Of a household that the list misses: who it is, so that the village can be asked. */
const missingColumns = (say: Say): DecisionColumn[] => [
  {
    name: 'code',
    label: say('page.households.code'),
    sort: 'code',
    cell: ({ code }) => code,
    text: ({ code }) => code,
  },
  {
    name: 'village',
    label: say('page.households.village'),
    sort: 'village',
    cell: ({ village }) => capital(village),
    text: ({ village }) => capital(village),
  },
  {
    name: 'about',
    label: say('page.imports.about-head'),
    cell: (row) => (row.born || row.idLast4 ? <Facts facts={knownOfHead(row, say)} /> : '—'),
    text: (row) => knownOfHead(row, say).join(' · '),
  },
  {
    name: 'why',
    label: say('page.imports.why'),
    sort: 'class',
    cell: ({ reason }) => say('page.imports.missing-why', { class: say(`class.${reason}`) }),
    text: ({ reason }) => say('page.imports.missing-why', { class: say(`class.${reason}`) }),
  },
];

/** Of a possible duplicate: what the register and what the list say, beside each other. */
const duplicateColumns = (say: Say): DecisionColumn[] => [
  {
    name: 'known',
    label: say('page.imports.known'),
    sort: 'village',
    always: true,
    cell: (row) => <Facts facts={about(known(row), say)} />,
    text: (row) => about(known(row), say).join(' · '),
  },
  {
    name: 'listed',
    label: say('page.imports.in-list'),
    sort: 'row',
    always: true,
    cell: (row) =>
      row.row === null ? (
        (row.rowName ?? '—')
      ) : (
        <>
          {row.rowName ?? '—'}
          <Facts facts={[...about(listed(row), say), ...rowOf(row, say)]} />
        </>
      ),
    text: (row) =>
      [row.rowName ?? '', ...(row.row === null ? [] : about(listed(row), say)), ...rowOf(row, say)].join(' · '),
  },
  {
    name: 'why',
    label: say('page.imports.why'),
    cell: ({ reason }) => say(`page.imports.duplicate-why.${reason}`),
    text: ({ reason }) => say(`page.imports.duplicate-why.${reason}`),
  },
];

interface Shown {
  readonly say: Say;
  readonly kind: 'missing' | 'duplicate';
  /** Ids of those that are marked; undefined where nothing can be answered. */
  readonly marked?: readonly string[] | undefined;
}

/** Questions about households, with a box to mark each where they can be answered. */
export const decisionColumns = ({ say, kind, marked }: Shown): DecisionColumn[] => [
  ...(marked
    ? [
        {
          name: 'mark',
          label: say('page.imports.mark'),
          always: true,
          cell: (row: Decision) => (
            <Tick
              name="ids"
              value={row.decisionId}
              checked={marked.includes(row.decisionId)}
              label={say('page.imports.mark-one', { name: headOf(row) })}
            />
          ),
        },
      ]
    : []),
  {
    name: 'household',
    label: say('page.imports.in-registry'),
    sort: 'household',
    always: true,
    cell: (row) => <a href={`/households/${row.subjectId}`}>{headOf(row)}</a>,
    text: headOf,
  },
  ...(kind === 'missing' ? missingColumns(say) : duplicateColumns(say)),
  {
    name: 'answer',
    label: say('page.imports.answer-given'),
    sort: 'answer',
    cell: ({ answer }) => (answer ? say(`page.imports.answer.${answer}`) : '—'),
    text: ({ answer }) => (answer ? say(`page.imports.answer.${answer}`) : ''),
  },
];
