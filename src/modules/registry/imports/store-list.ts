import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { folded, foldedHolds } from '../../../platform/db/folded.ts';
import { type Order, orderOf } from '../../../platform/list.ts';
import type { Day } from '../../../shared/dates.ts';
import type { RowFault } from '../list/index.ts';
import { type Answer, duplicateAnswers, type ImportRow, listedClasses, missingAnswers, shownStates } from './import.ts';
import { COLUMNS } from './store.ts';

interface Part {
  readonly limit: number;
  readonly offset: number;
}

interface Listed<R> {
  readonly rows: R[];
  /** All that match, before the part was taken. */
  readonly total: number;
}

/** The orders imports may be asked for. */
export const importSorts = ['file', 'place', 'as-of', 'state', 'households', 'received'] as const;

export interface ImportQuery extends Order<(typeof importSorts)[number]>, Part {
  /** Of lists of these places; null = all. */
  readonly places: readonly string[] | null;
  /** Some of `shownStates`; null = all. */
  readonly states: readonly string[] | null;
  /** Part of the file's name, the sender or who brought it in. */
  readonly text: string | null;
  /** JSON text of place id to rank, where rows come by place. */
  readonly ranks?: string | undefined;
}

const SHOWN = sql`case when i.state in ('uploaded', 'reading', 'checking', 'committing') then 'busy' else i.state end`;

/** Newest first, unless asked otherwise. */
export const listImportRows = async (tx: Db, query: ImportQuery): Promise<Listed<ImportRow>> => {
  const { places, states, text, ranks, limit, offset } = query;
  const found = sql`from registry.import i where ${places === null ? sql`true` : sql`i.place_id = any(${[...places]}::uuid[])`}
    and ${states === null ? sql`true` : sql`${SHOWN} = any(${[...states]}::text[])`}
    and ${foldedHolds(sql`i.file_name || ' ' || i.sender || ' ' || i.created_by_name`, text)}`;
  const orders = {
    file: folded(sql`i.file_name`),
    place: sql`(${ranks ?? '{}'}::jsonb ->> i.place_id::text)::int`,
    'as-of': sql`i.as_of`,
    state: sql`array_position(${[...shownStates]}::text[], ${SHOWN})`,
    households: sql`(i.counts ->> 'households')::int`,
    received: sql`i.created_at`,
  };
  const { rows } = await sql<ImportRow>`select ${COLUMNS} ${found}
    order by ${orderOf(query, orders, sql`i.created_at desc, i.import_id`)} limit ${limit} offset ${offset}`.execute(
    tx,
  );
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows, total: count[0]!.total };
};

/** The places that lists speak of. */
export const placesListed = async (tx: Db): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select distinct place_id as "placeId" from registry.import`.execute(
    tx,
  );
  return rows.map(({ placeId }) => placeId);
};

/** The orders faults may be asked for. */
export const faultSorts = ['severity', 'row', 'sheet', 'column', 'value', 'kind'] as const;

export interface FaultQuery extends Order<(typeof faultSorts)[number]>, Part {
  readonly importId: string;
  readonly code: string | null;
  readonly severity: string | null;
}

const FAULT_ORDERS = {
  severity: sql`severity`,
  row: sql`row_number`,
  sheet: sql`sheet`,
  // "B" before "AA": the letters of the cell, shorter ones first.
  column: sql`lpad(substring(cell from '^[A-Z]+'), 3)`,
  value: folded(sql`nullif(value, '')`),
  kind: sql`code`,
};

/** Errors first, in the order of the file, unless asked otherwise. */
export const listFaultRows = async (tx: Db, query: FaultQuery): Promise<Listed<RowFault>> => {
  const { importId, code, severity, limit, offset } = query;
  const found = sql`from registry.import_fault where import_id = ${importId} and (${code}::text is null or code = ${code})
    and (${severity}::text is null or severity = ${severity})`;
  const { rows } = await sql<RowFault>`
    select coalesce(sheet, '') as sheet, row_number as row, column_name as column, cell, value, severity, code, params ${found}
    order by ${orderOf(query, FAULT_ORDERS, sql`severity, sheet, row_number nulls first, fault_no`)}
    limit ${limit} offset ${offset}`.execute(tx);
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows, total: count[0]!.total };
};

/** A question of an import with what is needed to answer it. */
export interface DecisionRow {
  readonly decisionId: string;
  readonly kind: 'missing' | 'duplicate';
  readonly subjectId: string;
  readonly reason: string;
  readonly answer: Answer | null;
  /** The household in the registry, as it was last known on the day of the list … */
  readonly code: string;
  readonly headName: string | null;
  readonly villageId: string | null;
  readonly class: string | null;
  readonly born: Day | null;
  readonly bornPrecision: 'day' | 'month' | 'year' | null;
  readonly idLast4: string | null;
  /** … and the row of the list (duplicates only, while the list is not in the registry). */
  readonly sheet: string | null;
  readonly row: number | null;
  readonly rowCode: string | null;
  readonly rowName: string | null;
  readonly rowVillageId: string | null;
  readonly rowClass: string | null;
  readonly rowBorn: Day | null;
  readonly rowBornPrecision: 'day' | 'month' | 'year' | null;
  readonly rowIdLast4: string | null;
}

/** The orders questions may be asked for. */
export const decisionSorts = ['household', 'code', 'village', 'class', 'row', 'answer'] as const;

export interface DecisionQuery extends Order<(typeof decisionSorts)[number]>, Part {
  readonly importId: string;
  readonly kind: string | null;
  readonly answered: boolean | null;
  /** Part of the head's name or the code, in the registry or in the list. */
  readonly text: string | null;
  /** `villageOrder` of the list's place, where rows come by village. */
  readonly villages?: string | undefined;
}

const decisionOrders = ({ villages }: DecisionQuery) => ({
  household: sql`h.name_folded`,
  code: sql`s.code`,
  village: sql`(${villages ?? '{}'}::jsonb ->> r.village_id::text)::int`,
  class: sql`array_position(${[...listedClasses]}::text[], c.class)`,
  row: sql`x.row_number`,
  answer: sql`array_position(${[...missingAnswers, ...duplicateAnswers]}::text[], d.answer)`,
});

/** Those that wait first, then in the order of the list, unless asked otherwise. */
export const listDecisionRows = async (tx: Db, query: DecisionQuery): Promise<Listed<DecisionRow>> => {
  const { importId, kind, answered, text, limit, offset } = query;
  const found = sql`from registry.import_decision d join registry.import i using (import_id) join registry.subject s on s.subject_id = d.subject_id
    left join lateral (select village_id from registry.residency r where r.subject_id = d.subject_id and r.valid_from <= i.as_of
      and coalesce(r.import_id <> i.import_id, true) order by r.valid_from desc limit 1) r on true
    left join lateral (select class from registry.classification c where c.subject_id = d.subject_id and c.valid_from <= i.as_of
      and coalesce(c.import_id <> i.import_id, true) order by c.valid_from desc limit 1) c on true
    left join lateral (select name, name_folded, born, born_precision, id_last4 from registry.person p where p.subject_id = d.subject_id and p.is_head
      order by p.valid_from desc limit 1) h on true
    left join registry.import_household x on x.import_id = d.import_id and x.line = d.line
    where d.import_id = ${importId} and (${kind}::text is null or d.kind = ${kind})
      and (${answered}::boolean is null or (d.answer is not null) = ${answered})
      and ${foldedHolds(sql`concat_ws(' ', h.name, s.code, x.head_name, x.code)`, text)}`;
  const { rows } = await sql<DecisionRow>`
    select d.decision_id as "decisionId", d.kind, d.subject_id as "subjectId", d.reason, d.answer, s.code,
      h.name as "headName", h.born, h.born_precision as "bornPrecision", h.id_last4 as "idLast4", r.village_id as "villageId", c.class,
      x.sheet, x.row_number as row, x.code as "rowCode", x.head_name as "rowName", x.village_id as "rowVillageId", x.class as "rowClass",
      x.head_birth as "rowBorn", x.head_birth_precision as "rowBornPrecision", x.head_id_last4 as "rowIdLast4" ${found}
    order by ${orderOf(query, decisionOrders(query), sql`d.kind, d.answer nulls first, d.line, s.code, d.decision_id`)}
    limit ${limit} offset ${offset}`.execute(tx);
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows, total: count[0]!.total };
};
