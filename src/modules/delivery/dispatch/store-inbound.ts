import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { type Order, orderOf } from '../../../platform/list.ts';

export interface NewInbound {
  readonly inboundId: string;
  readonly address: string;
  readonly body: string;
  readonly meaning: 'stop' | 'other';
}

export const insertInbound = async (tx: Db, provider: string, rows: readonly NewInbound[], at: Date): Promise<void> => {
  const column = <K extends keyof NewInbound>(key: K) => rows.map((row) => row[key]);
  await sql`insert into delivery.inbound (inbound_id, provider, address, body, meaning, received_at)
    select n.inbound_id, ${provider}, n.address, n.body, n.meaning, ${at}
    from unnest(${column('inboundId')}::uuid[], ${column('address')}::text[], ${column('body')}::text[], ${column('meaning')}::text[])
      n (inbound_id, address, body, meaning)`.execute(tx);
};

export interface InboundRow {
  readonly inboundId: string;
  readonly address: string;
  readonly body: string | null;
  readonly meaning: 'stop' | 'other';
  readonly receivedAt: Date;
  readonly readByName: string | null;
  readonly readAt: Date | null;
  /** Subjects with this number, in the places asked for. */
  readonly subjects: readonly { readonly subjectId: string; readonly code: string; readonly name: string | null }[];
}

/** What is to be done about a reply: somebody reads it, nothing any more, or nothing at all (the number refuses). */
export const replyStates = ['unread', 'read', 'stop'] as const;

/** The orders replies may be asked for. */
export const replySorts = ['from', 'number', 'when', 'state'] as const;

export interface ReplyQuery extends Order<(typeof replySorts)[number]> {
  readonly placeIds: readonly string[];
  readonly state?: (typeof replyStates)[number] | null;
  readonly limit: number;
  readonly offset: number;
}

const STATE = sql`case when i.meaning = 'stop' then 'stop' when i.read_at is null then 'unread' else 'read' end`;

const REPLY_ORDERS = {
  from: sql`h.first`,
  number: sql`i.address`,
  when: sql`i.received_at`,
  state: sql`array_position(${[...replyStates]}::text[], ${STATE})`,
};

/** Replies from numbers of subjects in these places, unread ones first, then the newest. */
export const listInboundRows = async (tx: Db, query: ReplyQuery): Promise<{ rows: InboundRow[]; total: number }> => {
  const { placeIds, state = null, limit, offset } = query;
  const found = sql`from delivery.inbound i join lateral (
      select jsonb_agg(distinct jsonb_build_object('subjectId', n.subject_id, 'code', n.code, 'name', n.head_name)) as subjects, min(n.head_folded) as first
      from registry.contact_point c join registry.subject_now n on n.subject_id = c.subject_id and n.place_id = any(${[...placeIds]}::uuid[])
      where c.value = i.address and (c.valid_to is null or c.valid_to > i.received_at::date)) h on h.subjects is not null
    where ${state === null ? sql`true` : sql`${STATE} = ${state}`}`;
  const usual = sql`(i.read_at is not null or i.meaning = 'stop'), i.received_at desc, i.inbound_id`;
  const { rows } = await sql<InboundRow>`
    select i.inbound_id as "inboundId", i.address, i.body, i.meaning, i.received_at as "receivedAt", i.read_by_name as "readByName",
      i.read_at as "readAt", h.subjects
    ${found} order by ${orderOf(query, REPLY_ORDERS, usual)} limit ${limit} offset ${offset}`.execute(tx);
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows, total: counted[0]!.total };
};

/** Replies from numbers of subjects in these places that nobody has read; those that refuse need nobody. */
export const countUnread = async (tx: Db, placeIds: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from delivery.inbound i
    where i.read_at is null and i.meaning = 'other' and exists (select 1 from registry.contact_point c
      join registry.subject_now n on n.subject_id = c.subject_id and n.place_id = any(${[...placeIds]}::uuid[]) where c.value = i.address)`.execute(
    tx,
  );
  return rows[0]!.count;
};

/** Places of the subjects whose number this reply came from. */
export const placesOfInbound = async (tx: Db, inboundId: string): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select distinct n.place_id as "placeId" from delivery.inbound i
    join registry.contact_point c on c.value = i.address join registry.subject_now n on n.subject_id = c.subject_id
    where i.inbound_id = ${inboundId} and n.place_id is not null`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

/** @returns false when somebody had read it before. */
export const markRead = async (tx: Db, inboundId: string, name: string, at: Date): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`update delivery.inbound set read_at = ${at}, read_by_name = ${name}
    where inbound_id = ${inboundId} and read_at is null returning inbound_id as id`.execute(tx);
  return rows.length > 0;
};

/** Where subjects are today, to ask which of these places one may see. */
export const placesOfNumbers = async (tx: Db): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select distinct n.place_id as "placeId" from delivery.inbound i
    join registry.contact_point c on c.value = i.address join registry.subject_now n on n.subject_id = c.subject_id
    where n.place_id is not null`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};
