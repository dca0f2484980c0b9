import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** Deliveries by state, of sendings that run and of those done since: rows of old sendings are never counted. */
export const deliveriesByState = async (tx: Db, since: Date): Promise<{ state: string; count: number }[]> => {
  const { rows } = await sql<{ state: string; count: number }>`
    select d.state, count(*)::int as count from delivery.dispatch s join delivery.delivery d on d.dispatch_id = s.dispatch_id
    where s.state <> 'done' or s.done_at > ${since} group by d.state order by d.state`.execute(tx);
  return rows;
};

/** What waits to be handed out now: not what was stopped, and not what waits for its hour. */
export const waitingSince = async (tx: Db, at: Date): Promise<{ waiting: number; since: Date | null }> => {
  const { rows } = await sql<{ waiting: number; since: Date | null }>`
    select count(*)::int as waiting, min(b.due_at) as since from delivery.batch b
    join delivery.dispatch s on s.dispatch_id = b.dispatch_id
    where b.state = 'waiting' and b.due_at <= ${at} and s.state = 'open'`.execute(tx);
  return rows[0]!;
};

export const receiptsUnmatched = async (tx: Db): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from delivery.receipt where applied_at is null`.execute(tx);
  return rows[0]!.count;
};
