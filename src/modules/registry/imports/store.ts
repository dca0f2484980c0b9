import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import { notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import type { Field, ListShape, RowFault, SheetShape } from '../list/index.ts';
import type { Answer, ImportCounts, ImportRow, ImportState } from './import.ts';

/** An import as `ImportRow`, of the table `registry.import`. */
export const COLUMNS = sql`import_id as "importId", case state when 'reading' then 'uploaded' when 'checking' then 'read' when 'committing' then 'checked' else state end as state,
  state in ('uploaded', 'reading', 'checking', 'committing') as busy, file_name as "fileName", file_sha256 as "fileSha256",
  members_file_name as "membersFileName", members_sha256 as "membersSha256", place_id as "placeId", as_of as "asOf",
  complete_classes as "completeClasses", standard, sender, synthetic, shape, counts, failure, created_at as "createdAt",
  created_by_name as "createdByName", committed_at as "committedAt", undone_at as "undoneAt"`;

export interface NewImport {
  readonly importId: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly fileSize: number;
  readonly members: { readonly name: string; readonly sha256: string } | null;
  readonly placeId: string;
  readonly asOf: Day;
  readonly completeClasses: readonly string[] | null;
  readonly standard: string;
  readonly sender: string;
  readonly createdBy: string | null;
  readonly createdByName: string;
  readonly at: Date;
}

export const insertImport = async (tx: Db, row: NewImport): Promise<void> => {
  await sql`insert into registry.import (import_id, kind, state, file_name, file_sha256, file_size, members_file_name, members_sha256,
      place_id, as_of, complete_classes, standard, sender, created_by, created_by_name, created_at)
    values (${row.importId}, 'households', 'uploaded', ${row.fileName}, ${row.fileSha256}, ${row.fileSize}, ${row.members?.name ?? null},
      ${row.members?.sha256 ?? null}, ${row.placeId}, ${row.asOf}, ${row.completeClasses}::text[], ${row.standard}, ${row.sender},
      ${row.createdBy}, ${row.createdByName}, ${row.at})`.execute(tx);
};

export const getImportRow = async (tx: Db, importId: string, lock = false): Promise<ImportRow> => {
  // What stands in an address may be anything: no list has such an id.
  if (!isId(importId)) throw notFound('import');
  const { rows } =
    await sql<ImportRow>`select ${COLUMNS} from registry.import where import_id = ${importId} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    );
  if (!rows[0]) throw notFound('import');
  return rows[0];
};

/** The places of lists that lie or lay below the areas, or became part of something that does: what may be of their concern. */
export const placesOfLists = async (tx: Db, areas: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ place_id: string }>`
    with recursive area as (
      select unnest(${areas}::uuid[]) as place_id
      union select s.to_id from area a join territory.place_succession s on s.from_id = a.place_id
    ), later as (
      select distinct place_id as root, place_id from registry.import
      union select l.root, s.to_id from later l join territory.place_succession s on s.from_id = l.place_id
    )
    select distinct l.root as place_id from later l join territory.place_tree t on t.place_id = l.place_id
    where t.ancestor_id in (select place_id from area)`.execute(tx);
  return rows.map(({ place_id }) => place_id);
};

export const setState = async (
  tx: Db,
  importId: string,
  state: ImportState | 'checking' | 'committing',
): Promise<void> => {
  await sql`update registry.import set state = ${state} where import_id = ${importId}`.execute(tx);
};

export const setShape = async (
  tx: Db,
  importId: string,
  shape: ListShape,
  state: 'read' | 'checking',
): Promise<void> => {
  await sql`update registry.import set shape = ${JSON.stringify(shape)}::jsonb, synthetic = ${shape.synthetic}, state = ${state}, failure = null
    where import_id = ${importId}`.execute(tx);
};

/** `base` = the last write into the registry before the check began to look at it. */
export const setChecked = async (tx: Db, importId: string, counts: ImportCounts, base: number): Promise<void> => {
  await sql`update registry.import set counts = ${JSON.stringify({ ...counts, base })}::jsonb, state = 'checked', failure = null
    where import_id = ${importId}`.execute(tx);
};

/** The shape without its samples: an import that has ended has no mapping to show them for. */
const SHAPE_ENDED = sql`jsonb_set(shape, '{sheets}', (
  select coalesce(jsonb_agg(jsonb_set(sheet, '{columns}', (
    select coalesce(jsonb_agg(col || '{"samples": []}' order by at), '[]') from jsonb_array_elements(sheet -> 'columns') with ordinality as c (col, at)
  )) order by no), '[]') from jsonb_array_elements(shape -> 'sheets') with ordinality as s (sheet, no)))`;

export const setFailed = async (tx: Db, importId: string, failure: object): Promise<void> => {
  await sql`update registry.import set failure = ${JSON.stringify(failure)}::jsonb, state = 'failed', shape = ${SHAPE_ENDED}
    where import_id = ${importId} and state not in ('committed', 'undone', 'discarded')`.execute(tx);
};

export const setCommitted = async (
  tx: Db,
  importId: string,
  no: number,
  by: string | null,
  at: Date,
  counts: ImportCounts,
): Promise<void> => {
  await sql`update registry.import set state = 'committed', counts = ${JSON.stringify(counts)}::jsonb, committed_by = ${by}, committed_at = ${at}, commit_no = ${no}, shape = ${SHAPE_ENDED}
    where import_id = ${importId}`.execute(tx);
};

export const setUndone = async (tx: Db, importId: string, by: string | null, at: Date): Promise<void> => {
  await sql`update registry.import set state = 'undone', undone_by = ${by}, undone_at = ${at} where import_id = ${importId}`.execute(
    tx,
  );
};

/** The mapping once accepted for the same sender and headings: field by column index. */
export const recallMapping = async (
  tx: Db,
  sender: string,
  signature: string,
): Promise<Record<string, Field | null> | undefined> => {
  const { rows } = await sql<{ mapping: Record<string, Field | null> }>`
    select mapping from registry.import_mapping where sender = ${sender} and header_signature = ${signature}`.execute(
    tx,
  );
  return rows[0]?.mapping;
};

export const rememberMapping = async (tx: Db, sender: string, sheet: SheetShape, at: Date): Promise<void> => {
  const mapping = Object.fromEntries(sheet.columns.map(({ index, field }) => [index, field]));
  await sql`insert into registry.import_mapping (sender, header_signature, mapping, used_at)
    values (${sender}, ${sheet.signature}, ${JSON.stringify(mapping)}::jsonb, ${at})
    on conflict (sender, header_signature) do update set mapping = excluded.mapping, used_at = excluded.used_at`.execute(
    tx,
  );
};

/** How a fault shows in a report: one row of the file, or many alike grouped by code. */
export interface FaultGroup {
  readonly code: string;
  readonly severity: RowFault['severity'];
  readonly count: number;
}

export const faultGroups = async (tx: Db, importId: string): Promise<FaultGroup[]> => {
  const { rows } =
    await sql<FaultGroup>`select code, severity, count(*)::int as count from registry.import_fault where import_id = ${importId}
    group by code, severity order by severity, count(*) desc, code`.execute(tx);
  return rows;
};

/** Answers questions of one kind; ids null = all that are still open. @returns the ids answered. */
export const answerDecisions = async (
  tx: Db,
  input: {
    importId: string;
    kind: string;
    ids: readonly string[] | null;
    openOnly: boolean;
    answer: Answer;
    by: string | null;
    at: Date;
  },
): Promise<string[]> => {
  const chosen = input.ids === null ? sql`true` : sql`decision_id = any(${input.ids}::uuid[])`;
  const which = input.ids === null || input.openOnly ? sql`${chosen} and answer is null` : chosen;
  const { rows } = await sql<{ decision_id: string }>`
    update registry.import_decision set answer = ${input.answer}, answered_by = ${input.by}, answered_at = ${input.at}
    where import_id = ${input.importId} and kind = ${input.kind} and ${which} returning decision_id`.execute(tx);
  return rows.map(({ decision_id }) => decision_id);
};

export const answeredMissing = async (tx: Db, importId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select decision_id as id from registry.import_decision
    where import_id = ${importId} and kind = 'missing' and answer is not null`.execute(tx);
  return rows.map(({ id }) => id);
};

/** One commit, late answer or undo at a time: all decide by what is in the registry now. Until the end of the transaction. */
export const lockCommits = async (tx: Db): Promise<void> => {
  await sql`lock table registry.import_subject in share row exclusive mode`.execute(tx);
};

/** The number of a write of this import into the registry; taken under the lock, so that it only grows. */
export const nextWrite = async (tx: Db, importId: string): Promise<number> => {
  const { rows } = await sql<{ no: number }>`update registry.import set write_no = nextval('registry.import_commit_no')
    where import_id = ${importId} returning write_no as no`.execute(tx);
  return rows[0]!.no;
};

/** The last write that can be seen: one that is under way has a higher number, whenever it becomes visible. */
export const lastWrite = async (tx: Db): Promise<number> => {
  const { rows } = await sql<{ no: number }>`select coalesce(max(write_no), 0) as no from registry.import`.execute(tx);
  return rows[0]!.no;
};

/** Did another list write into the registry since this one was checked? Then its matches may be stale. */
export const committedSince = async (tx: Db, importId: string): Promise<boolean> => {
  const { rows } = await sql<{
    stale: boolean;
  }>`select coalesce((counts ->> 'base')::bigint, -1) <> (select coalesce(max(write_no), 0) from registry.import) as stale
    from registry.import where import_id = ${importId}`.execute(tx);
  return rows[0]!.stale;
};

export const setDiscarded = async (tx: Db, importId: string): Promise<void> => {
  await sql`update registry.import set state = 'discarded', counts = null, shape = ${SHAPE_ENDED} where import_id = ${importId}`.execute(
    tx,
  );
};

export interface Decisions {
  /** How many questions of each kind wait for an answer. */
  readonly missing: number;
  readonly duplicates: number;
  /** Rows taken for new households until somebody said that the registry knows them. */
  readonly joined: number;
}

export const countDecisions = async (tx: Db, importId: string): Promise<Decisions> => {
  const { rows } = await sql<Decisions>`
    select count(*) filter (where kind = 'missing' and answer is null)::int as missing,
      count(*) filter (where kind = 'duplicate' and answer is null)::int as duplicates,
      count(distinct line) filter (where kind = 'duplicate' and answer = 'same')::int as joined
    from registry.import_decision where import_id = ${importId}`.execute(tx);
  return rows[0]!;
};

/** Those of the kept files that no list came in. */
export const filesOfNoList = async (tx: Db, hashes: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ sha256: string }>`select distinct f.sha256 from unnest(${hashes}::text[]) as f (sha256)
    where not exists (select from registry.import where file_sha256 = f.sha256 or members_sha256 = f.sha256)`.execute(
    tx,
  );
  return rows.map(({ sha256 }) => sha256);
};
