import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { MARK } from './keeping-client.ts';

/**
 * Begins a statement that is the same letter by letter every time and is run again and again: the server keeps its plan
 * with the connection instead of making it anew. Only in transactions that begin with `byKeys`, which says how it is planned.
 */
export const kept = sql.raw(`${MARK} `);

/**
 * From here to the end of the transaction everything is found by its index, row by row. For work on a few hundred rows of
 * tables that grow meanwhile from nothing to hundreds of thousands: what the planner knows of them is always out of date, and
 * it would read them whole. Two lists that came with the statement are better joined before: no index leads from one to
 * the other.
 */
export const byKeys = async (tx: Db): Promise<void> => {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)`.execute(tx);
};
