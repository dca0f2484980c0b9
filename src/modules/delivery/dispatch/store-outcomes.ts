import { sql } from 'kysely';
import { ahead } from '../../../platform/db/by-keys.ts';
import type { Db } from '../../../platform/db/connect.ts';

export const endBatch = async (tx: Db, batchId: string): Promise<void> => {
  await sql`${ahead}update delivery.batch set state = 'done' where batch_id = ${batchId}`.execute(tx);
};

export interface Became {
  readonly subjectId: string;
  readonly deliveryId: string;
  readonly state: 'accepted' | 'failed' | 'uncertain' | 'no-receipt';
  readonly fault: string | null;
  readonly detail: string;
  readonly provider: string;
}

/**
 * Writes down what became of deliveries that were handed over. Also of one that was taken for uncertain meanwhile, because
 * its worker seemed dead: now it is known. Anything else stays as it is.
 */
export const writeOutcomes = async (tx: Db, rows: readonly Became[], at: Date): Promise<void> => {
  if (rows.length === 0) return;
  const column = <K extends keyof Became>(key: K) => rows.map((row) => row[key]);
  await sql`${ahead}update delivery.delivery d set state = n.state, fault = n.fault, detail = n.detail, provider = n.provider,
      final_at = case when n.state = 'accepted' then null else ${at}::timestamptz end
    from unnest(${column('subjectId')}::uuid[], ${column('deliveryId')}::uuid[], ${column('state')}::text[], ${column('fault')}::text[],
      ${column('detail')}::text[], ${column('provider')}::text[]) as n (subject_id, delivery_id, state, fault, detail, provider)
    where d.subject_id = n.subject_id and d.delivery_id = n.delivery_id and (d.state = 'sending' or d.state = 'uncertain')`.execute(
    tx,
  );
};

export interface PartRef {
  readonly provider: string;
  readonly ref: string;
  readonly subjectId: string;
  readonly deliveryId: string;
  readonly part: number;
}

export const insertRefs = async (tx: Db, rows: readonly PartRef[]): Promise<void> => {
  if (rows.length === 0) return;
  const column = <K extends keyof PartRef>(key: K) => rows.map((row) => row[key]);
  await sql`${ahead}insert into delivery.lookup (provider, ref, subject_id, delivery_id, part)
    select * from unnest(${column('provider')}::text[], ${column('ref')}::text[], ${column('subjectId')}::uuid[], ${column('deliveryId')}::uuid[],
      ${column('part')}::smallint[]) n on conflict do nothing`.execute(tx);
};

/** Deliveries that surely were not taken wait for another try, in a batch of their own; those of the same wait together. */
export const putBack = async (
  tx: Db,
  {
    batchId,
    newBatchId,
    dueAt,
    rows,
    fault,
  }: {
    batchId: string;
    newBatchId: string;
    dueAt: Date;
    rows: readonly { subjectId: string; deliveryId: string }[];
    fault: string;
  },
): Promise<void> => {
  await sql`insert into delivery.batch (batch_id, dispatch_id, commune_id, priority, due_at, state)
    select ${newBatchId}::uuid, dispatch_id, commune_id, priority, ${dueAt}, 'waiting' from delivery.batch where batch_id = ${batchId}`.execute(
    tx,
  );
  await sql`update delivery.delivery d set state = 'created', fault = ${fault}, batch_id = ${newBatchId}::uuid, sent_at = null, final_at = null
    from unnest(${rows.map((row) => row.subjectId)}::uuid[], ${rows.map((row) => row.deliveryId)}::uuid[]) as n (subject_id, delivery_id)
    where d.subject_id = n.subject_id and d.delivery_id = n.delivery_id and d.state in ('sending', 'uncertain')`.execute(
    tx,
  );
  // Its worker was taken for dead meanwhile, and nothing else was left: now something is.
  await sql`update delivery.dispatch s set state = case when s.stopped_at is null then 'open' else 'stopped' end, done_at = null
    from delivery.batch b where b.batch_id = ${newBatchId}::uuid and s.dispatch_id = b.dispatch_id and s.state = 'done'`.execute(
    tx,
  );
};

/** How often the deliveries of a batch were tried so far, at most. */
export const triesOf = async (tx: Db, batchId: string): Promise<number> => {
  const { rows } = await sql<{
    tries: number;
  }>`select coalesce(max(tries), 0)::int as tries from delivery.delivery where batch_id = ${batchId}`.execute(tx);
  return rows[0]!.tries;
};
