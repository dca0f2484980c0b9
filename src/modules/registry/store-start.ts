import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';

/** Lists on which a job was at work, with the step it was at. */
export const unfinishedLists = async (tx: Db): Promise<{ importId: string; step: 'open' | 'check' }[]> => {
  const { rows } = await sql<{ importId: string; step: 'open' | 'check' }>`
    select import_id as "importId", case state when 'uploaded' then 'open' else 'check' end as step
    from registry.import where state in ('uploaded', 'checking') order by created_at`.execute(tx);
  return rows;
};

/** Is any flat row of another day than today? */
export const isNowStale = async (tx: Db, today: Day): Promise<boolean> => {
  const { rows } = await sql<{ stale: boolean }>`
    select exists (select 1 from registry.subject_now where as_of <> ${today}::date) as stale`.execute(tx);
  return rows[0]!.stale;
};
