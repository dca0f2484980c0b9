import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { type Order, orderOf } from '../../platform/list.ts';
import type { Basis } from './basis.ts';
import type { FormText } from './form.ts';
import { type FormKind, type State, states, type Topic, topics } from './message.ts';

export interface ListedRow {
  readonly messageId: string;
  readonly code: string;
  readonly topic: Topic;
  readonly title: string;
  readonly placeId: string;
  /** The newest edition, and where it stands. */
  readonly latestEdition: number;
  readonly latestState: State;
  /** The newest edition in use; null = none. */
  readonly approvedEdition: number | null;
  /** Corrections of forms that wait to be approved. */
  readonly openForms: number;
  readonly changedAt: Date;
}

const NEWEST_APPROVED = sql`(select max(a.edition) from content.message_edition a
  where a.message_id = m.message_id and a.state = 'approved')`;

/** Corrections that wait: submitted forms of an edition that is in use. */
const OPEN_FORMS = sql`(select count(*)::int from content.form f join content.message_edition a using (message_id, edition)
  where f.message_id = m.message_id and a.state = 'approved' and f.state = 'submitted')`;

export const placesOfMessages = async (tx: Db): Promise<string[]> => {
  const { rows } = await sql<{ place_id: string }>`select distinct place_id from content.message`.execute(tx);
  return rows.map((row) => row.place_id);
};

/** The orders messages may be asked for. */
export const messageSorts = ['title', 'code', 'topic', 'place', 'state', 'changed'] as const;

export interface MessageQuery extends Order<(typeof messageSorts)[number]> {
  readonly placeIds: readonly string[];
  readonly folded: string;
  readonly topic: Topic | null;
  readonly state: State | 'waiting' | null;
  /** Messages in the order of their titles, places in that of their names, as JSON, where rows come by them. */
  readonly titles?: string | undefined;
  readonly places?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export const titlesOf = async (tx: Db, placeIds: readonly string[]): Promise<[messageId: string, title: string][]> =>
  (
    await sql<{ messageId: string; title: string }>`
      select message_id as "messageId", title from content.message where place_id = any(${[...placeIds]}::uuid[])`.execute(
      tx,
    )
  ).rows.map(({ messageId, title }) => [messageId, title]);

const ordersOf = ({ titles, places }: MessageQuery) => ({
  title: sql`(${titles ?? '{}'}::jsonb ->> listed."messageId"::text)::int`,
  code: sql`code`,
  topic: sql`array_position(${[...topics]}::text[], topic)`,
  place: sql`(${places ?? '{}'}::jsonb ->> listed."placeId"::text)::int`,
  state: sql`array_position(${[...states]}::text[], "latestState")`,
  changed: sql`"changedAt"`,
});

/**
 * Messages of these places, those changed last first. A state = one of its editions is in it (retired: the newest one);
 * `waiting` = something of it waits to be approved.
 */
export const listRows = async (tx: Db, query: MessageQuery): Promise<{ rows: ListedRow[]; total: number }> => {
  const { placeIds, folded, topic, state, limit, offset } = query;
  const like = `%${folded.replace(/[\\%_]/gu, '\\$&')}%`;
  const found = sql`from (
      select m.message_id as "messageId", m.code, m.topic, m.title, m.place_id as "placeId",
        e.edition as "latestEdition", e.state as "latestState", ${NEWEST_APPROVED} as "approvedEdition",
        ${OPEN_FORMS} as "openForms",
        (select max(s.at) from content.step s where s.message_id = m.message_id) as "changedAt"
      from content.message m
      join lateral (select * from content.message_edition e where e.message_id = m.message_id order by e.edition desc limit 1) e on true
      where m.place_id = any(${placeIds}::uuid[]) and (${topic}::text is null or m.topic = ${topic})
        and (${folded} = '' or exists (select 1 from content.message_edition t where t.message_id = m.message_id and t.folded like ${like}))
    ) listed
    where ${state}::text is null
      or (${state} = 'waiting' and "openForms" > 0)
      or (${state} = 'retired' and "latestState" = 'retired')
      or (${state} <> 'retired' and exists (select 1 from content.message_edition w where w.message_id = listed."messageId"
        and w.state = case when ${state} = 'waiting' then 'submitted' else ${state} end))`;
  const order = orderOf(query, ordersOf(query), sql`"changedAt" desc, code`);
  const { rows } = await sql<ListedRow>`select * ${found} order by ${order} limit ${limit} offset ${offset}`.execute(
    tx,
  );
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows, total: count[0]!.total };
};

interface FoundMessage {
  readonly messageId: string;
  readonly code: string;
  readonly title: string;
  readonly topic: Topic;
  readonly placeId: string;
  readonly approvedEdition: number | null;
  readonly latestEdition: number;
}

/** A message by its code, with its newest edition and the newest one in use; undefined when there is none. */
export const findMessageByCode = async (tx: Db, code: string): Promise<FoundMessage | undefined> => {
  const { rows } =
    await sql<FoundMessage>`select m.message_id as "messageId", m.code, m.title, m.topic, m.place_id as "placeId",
      ${NEWEST_APPROVED} as "approvedEdition",
      (select max(e.edition) from content.message_edition e where e.message_id = m.message_id) as "latestEdition"
    from content.message m where m.code = ${code}`.execute(tx);
  return rows[0];
};

interface FoundEdition {
  readonly messageId: string;
  readonly edition: number;
  readonly code: string;
  readonly title: string;
  readonly core: string;
  readonly bases: readonly Basis[];
  readonly state: State;
}

/** Editions by message and number, under `messageId|edition`; what there is not is left out. */
export const getEditions = async (
  tx: Db,
  keys: readonly { readonly messageId: string; readonly edition: number }[],
): Promise<Map<string, FoundEdition>> => {
  if (keys.length === 0) return new Map();
  const { rows } =
    await sql<FoundEdition>`select e.message_id as "messageId", e.edition, m.code, m.title, e.core, e.bases, e.state
    from unnest(${keys.map((key) => key.messageId)}::uuid[], ${keys.map((key) => key.edition)}::int[]) k(message_id, edition)
    join content.message_edition e using (message_id, edition) join content.message m using (message_id)`.execute(tx);
  return new Map(rows.map((row) => [`${row.messageId}|${row.edition}`, row]));
};

interface ApprovedForm {
  readonly formId: string;
  readonly kind: FormKind;
  readonly language: FormText['language'];
  readonly version: number;
  readonly text: string;
  readonly answers: readonly string[];
  readonly rightAnswer: number | null;
}

/** What may be said of an edition: its approved forms, as long as the edition itself is approved; nothing else leaves the house. */
export const approvedForms = async (tx: Db, messageId: string, edition: number): Promise<ApprovedForm[]> => {
  const { rows } =
    await sql<ApprovedForm>`select f.form_id as "formId", f.kind, f.language, f.version, f.text, f.answers,
      f.right_answer as "rightAnswer"
    from content.form f join content.message_edition e using (message_id, edition)
    where f.message_id = ${messageId} and f.edition = ${edition} and f.state = 'approved' and e.state = 'approved'
    order by array_position(array['sms', 'sms-plain', 'script', 'question', 'email'], f.kind), f.language`.execute(tx);
  return rows;
};
