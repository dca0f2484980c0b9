import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { AHEAD, MARK } from './keeping-client.ts';

/**
 * Begins a statement whose answer nobody needs: within a transaction it is not waited for (`keeping-client.ts`). Should it
 * fail, the next statement that is waited for says so, at the latest the commit.
 */
export const ahead = sql.raw(`${AHEAD} `);

/**
 * From here to the end of the transaction everything is found by its index, row by row, and the server keeps the plans of
 * all statements with the connection instead of making them anew. For work on a few hundred rows of tables that grow
 * meanwhile from nothing to hundreds of thousands: what the planner knows of them is always out of date, and it would read
 * them whole. Two lists that came with the statement are better joined before: no index leads from one to the other; and a
 * statement that is asked with an empty list is better not asked.
 */
export const byKeys = async (tx: Db): Promise<void> => {
  await sql`${sql.raw(MARK)} select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)`.execute(tx);
};
