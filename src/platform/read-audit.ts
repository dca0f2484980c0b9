import { type RawBuilder, sql } from 'kysely';
import type { AuditRefs } from './audit.ts';
import type { Db } from './db/connect.ts';

/** Rows of one person or key, from a moment (inclusive) to another (exclusive; null = without end). */
export interface AuditSpan {
  readonly doerId: string;
  readonly since: Date;
  readonly until: Date | null;
}

/** Where a page ends: rows older than this one are the next. */
export interface AuditMark {
  readonly at: Date;
  readonly auditId: number;
}

export interface AuditQuery {
  /** Whose rows, and when; null = everybody's, the product's own too. */
  readonly spans: readonly AuditSpan[] | null;
  /** First part of the use cases' names, e.g. `registry`. */
  readonly group: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
  /** Rows that name one of these ids anywhere. */
  readonly touched: readonly string[] | null;
  /** With what the product did in the background. */
  readonly background: boolean;
  readonly before: AuditMark | null;
  readonly limit: number;
}

export interface AuditRow {
  readonly auditId: number;
  readonly at: Date;
  readonly name: string;
  /** Who did it: a person, a key, or who signed in by it; null = the product. */
  readonly doerId: string | null;
  readonly via: 'web' | 'cli' | 'api' | 'job';
  readonly refs: AuditRefs;
}

// Both as the indexes have them, word for word: another spelling would read the whole table.
export const DOER =
  "coalesce(a.user_id, a.key_id, case when a.name in ('identity.sign-in', 'identity.redeem-sign-in-link') then (a.refs ->> 'userId')::uuid end)";
export const IDS = `jsonb_path_query_array(a.refs, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{8}-[0-9a-f]{4}-")')`;
const [doer, ids] = [sql.raw(DOER), sql.raw(IDS)];

const COLUMNS = sql`a.audit_id as "auditId", a.at, a.name, ${doer} as "doerId", a.via, a.refs`;
const NEWEST_FIRST = sql`order by a.at desc, a.audit_id desc`;

const asked = ({ group, from, until, background, before }: AuditQuery): RawBuilder<unknown> => {
  const parts = [
    ...(group ? [sql`split_part(a.name, '.', 1) = ${group}`] : []),
    ...(from ? [sql`a.at >= ${from}`] : []),
    ...(until ? [sql`a.at < ${until}`] : []),
    ...(background ? [] : [sql`a.via <> 'job'`]),
    ...(before ? [sql`(a.at, a.audit_id) < (${before.at}::timestamptz, ${before.auditId}::bigint)`] : []),
  ];
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
};

const spansTable = (spans: readonly AuditSpan[]) => sql`unnest(${spans.map(({ doerId }) => doerId)}::uuid[],
  ${spans.map(({ since }) => since)}::timestamptz[], ${spans.map(({ until }) => until)}::timestamptz[]) s (doer, since, until)`;

const WITHIN = sql`a.at >= s.since and (s.until is null or a.at < s.until)`;

/** The few rows that name an id are found first, then it is looked whose they are. */
const byTouched = (query: AuditQuery, wanted: readonly string[]) => {
  const { spans, limit } = query;
  const theirs =
    spans === null
      ? sql`true`
      : sql`(exists (select 1 from ${spansTable(spans)} where s.doer = ${doer} and ${WITHIN}) or (a.via = 'job' and ${doer} is null))`;
  return sql<AuditRow>`with named as materialized (select * from platform.audit a where ${ids} ?| ${[...wanted]}::text[])
    select ${COLUMNS} from named a where ${asked(query)} and ${theirs} ${NEWEST_FIRST} limit ${limit}`;
};

/** The newest of each, then the newest of those: what others did in between is not gone through. */
const bySpans = (query: AuditQuery, spans: readonly AuditSpan[]) => sql<AuditRow>`
  select a.* from ${spansTable(spans)} cross join lateral (
    select ${COLUMNS}, a.audit_id from platform.audit a
    where ${doer} = s.doer and ${WITHIN} and ${asked(query)} ${NEWEST_FIRST} limit ${query.limit}) a
  ${NEWEST_FIRST} limit ${query.limit}`;

/** The rows of a query, in no order, at most so many of them. */
const countedRows = (query: AuditQuery, most: number) => {
  const { spans, touched } = query;
  if (touched) return sql`select 1 from (${byTouched({ ...query, limit: most }, touched)}) t`;
  if (!spans) return sql`select 1 from platform.audit a where ${asked(query)} limit ${most}`;
  return sql`select 1 from ${spansTable(spans)} cross join lateral (
    select 1 from platform.audit a where ${doer} = s.doer and ${WITHIN} and ${asked(query)}) a limit ${most}`;
};

/** How many rows there are, wherever the page begins; counted no further than `most`, for the table has millions. */
export const countAudit = async (tx: Db, query: AuditQuery, most: number): Promise<number> => {
  const rows = countedRows({ ...query, before: null }, most);
  const counted = await sql<{ total: number }>`select count(*)::int as total from (${rows}) r`.execute(tx);
  return counted.rows[0]!.total;
};

/** Rows of the audit, newest first. With `touched` and `background`, the product's own rows about those ids come too. */
export const readAudit = async (tx: Db, query: AuditQuery): Promise<AuditRow[]> => {
  const { spans, touched, limit } = query;
  const rows = touched
    ? byTouched(query, touched)
    : spans
      ? bySpans(query, spans)
      : sql<AuditRow>`select ${COLUMNS} from platform.audit a where ${asked(query)} ${NEWEST_FIRST} limit ${limit}`;
  return (await rows.execute(tx)).rows;
};
