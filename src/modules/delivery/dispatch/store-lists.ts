import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { type Order, orderOf } from '../../../platform/list.ts';
import { type DeliveryState, deliveryStates, type Fault, type SentBy } from './dispatch.ts';
import { type Dispatch, selectDispatches } from './store.ts';

export const dispatchStates = ['open', 'stopped', 'done'] as const;

/** The orders sendings may be asked for. */
export const dispatchSorts = ['what', 'sent', 'by', 'recipients', 'standing'] as const;

export interface DispatchQuery extends Order<(typeof dispatchSorts)[number]> {
  readonly lineId: string | null;
  /** Sent to at least one of these; null = anywhere. */
  readonly placeIds: readonly string[] | null;
  /** Only those that are not over. */
  readonly open: boolean;
  readonly state?: (typeof dispatchStates)[number] | null;
  readonly channel?: SentBy | null;
  /** `message|edition` in the order of titles, and names of people in that of names, as JSON, where rows come by them. */
  readonly titles?: string | undefined;
  readonly people?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Whom a sending went to in the own places: all of them, where it went nowhere else. */
const recipientsIn = (placeIds: readonly string[] | null) =>
  placeIds === null
    ? sql`s.recipients`
    : sql`case when s.place_ids <@ ${[...placeIds]}::uuid[] then s.recipients else (select count(*)::int from delivery.delivery d
        where d.dispatch_id = s.dispatch_id and d.place_id = any(${[...placeIds]}::uuid[])) end`;

const dispatchOrders = ({ placeIds, titles, people }: DispatchQuery) => ({
  what: sql`(${titles ?? '{}'}::jsonb ->> (s.message_id || '|' || s.edition))::int`,
  sent: sql`s.created_at`,
  by: sql`(${people ?? '{}'}::jsonb ->> s.created_by_name)::int`,
  recipients: recipientsIn(placeIds),
  standing: sql`array_position(${[...dispatchStates]}::text[], s.state)`,
});

/** Sendings of lines, or to at least one of these places; the newest first. */
export const listDispatchRows = async (tx: Db, query: DispatchQuery): Promise<{ rows: Dispatch[]; total: number }> => {
  const { lineId, placeIds, open, state = null, channel = null, limit, offset } = query;
  const where = sql`${lineId === null ? sql`true` : sql`s.line_id = ${lineId}`}
    and ${placeIds === null ? sql`true` : sql`s.place_ids && ${[...placeIds]}::uuid[]`} and ${open ? sql`s.state <> 'done'` : sql`true`}
    and ${state === null ? sql`true` : sql`s.state = ${state}`} and ${channel === null ? sql`true` : sql`s.channel = ${channel}`}`;
  const order = orderOf(query, dispatchOrders(query), sql`s.created_at desc, s.dispatch_id`);
  const { rows } = await selectDispatches(where, sql`order by ${order} limit ${limit} offset ${offset}`).execute(tx);
  const { rows: counted } = await sql<{
    total: number;
  }>`select count(*)::int as total from delivery.dispatch s where ${where}`.execute(tx);
  return { rows, total: counted[0]!.total };
};

/** What was sent by whom, each once: to be put in the order of titles and names. */
export const sentAndSenders = async (
  tx: Db,
): Promise<{ messageId: string; edition: number; createdByName: string }[]> =>
  (
    await sql<{ messageId: string; edition: number; createdByName: string }>`
      select distinct message_id as "messageId", edition, created_by_name as "createdByName" from delivery.dispatch`.execute(
      tx,
    )
  ).rows;

export interface DeliveryRow {
  readonly subjectId: string;
  /** Officers have no page of their own. */
  readonly kind: 'household' | 'officer';
  readonly deliveryId: string;
  readonly code: string;
  readonly name: string | null;
  readonly placeId: string;
  readonly address: string;
  readonly language: string;
  readonly body: string | null;
  readonly parts: number;
  readonly state: DeliveryState;
  readonly fault: Fault | null;
  readonly detail: string;
  readonly tries: number;
  readonly provider: string | null;
  readonly sentAt: Date | null;
  readonly finalAt: Date | null;
}

/** The orders deliveries may be asked for. */
export const deliverySorts = [
  'name',
  'code',
  'village',
  'number',
  'language',
  'parts',
  'state',
  'why',
  'when',
] as const;

export interface DeliveryQuery extends Order<(typeof deliverySorts)[number]> {
  readonly dispatchId: string;
  readonly placeIds: readonly string[];
  readonly state: DeliveryState | null;
  readonly fault: string | null;
  /** Folded beginning of a name or of any word of it; the beginning of a code; digits of a number. Null = anybody. */
  readonly text?: string | null;
  readonly code?: string | null;
  readonly digits?: string | null;
  /** Places in the order of their names, as JSON, where rows come by them. */
  readonly places?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const deliveryOrders = ({ places }: DeliveryQuery) => ({
  name: sql`n.head_folded`,
  code: sql`s.code`,
  village: sql`(${places ?? '{}'}::jsonb ->> d.place_id::text)::int`,
  number: sql`d.address`,
  language: sql`d.language`,
  parts: sql`d.parts`,
  state: sql`array_position(${[...deliveryStates]}::text[], d.state)`,
  why: sql`d.fault`,
  when: sql`coalesce(d.final_at, d.sent_at)`,
});

const called = ({ text = null, code = null, digits = null }: DeliveryQuery) =>
  text === null && code === null && digits === null
    ? sql`true`
    : sql`(${text ? sql`n.head_folded like ${`${text}%`} or n.head_folded like ${`% ${text}%`}` : sql`false`}
        or ${code ? sql`s.code like ${`${code}%`}` : sql`false`} or ${digits ? sql`d.address like ${`%${digits}%`}` : sql`false`})`;

/** The deliveries of a dispatch within some places, by place and code. */
export const listDeliveryRows = async (
  tx: Db,
  query: DeliveryQuery,
): Promise<{ rows: DeliveryRow[]; total: number }> => {
  const { dispatchId, placeIds, state, fault, limit, offset } = query;
  const named = sql`delivery.delivery d join registry.subject s on s.subject_id = d.subject_id
    left join registry.subject_now n on n.subject_id = d.subject_id`;
  const where = sql`where d.dispatch_id = ${dispatchId} and d.place_id = any(${[...placeIds]}::uuid[])
      and ${state === null ? sql`true` : sql`d.state = ${state}`} and ${fault === null ? sql`true` : sql`d.fault = ${fault}`} and ${called(query)}`;
  const { rows } =
    await sql<DeliveryRow>`select d.subject_id as "subjectId", s.kind, d.delivery_id as "deliveryId", s.code, n.head_name as name,
      d.place_id as "placeId", d.address, d.language, d.body, d.parts, d.state, d.fault, d.detail, d.tries, d.provider,
      d.sent_at as "sentAt", d.final_at as "finalAt"
    from ${named} ${where} order by ${orderOf(query, deliveryOrders(query), sql`d.place_id, s.code, d.delivery_id`)}
    limit ${limit} offset ${offset}`.execute(tx);
  // Names are not needed to count, unless one is looked for.
  const counted = query.text || query.code || query.digits ? named : sql`delivery.delivery d`;
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total from ${counted} ${where}`.execute(
    tx,
  );
  return { rows, total: count[0]!.total };
};
