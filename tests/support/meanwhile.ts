import type { World } from './world.ts';

/**
 * Asks while somebody else's change is not finished, waits until what was asked stands still because of it, and lets the change
 * be finished: what one of two gets who come at the same moment.
 */
export const meanwhile = async <T>(
  { database: { pool } }: World,
  change: { readonly text: string; readonly values: readonly unknown[] },
  ask: () => Promise<T>,
): Promise<T> => {
  const other = await pool.connect();
  try {
    await other.query('begin');
    await other.query(change.text, [...change.values]);
    let done = false;
    const asked = ask().finally(() => {
      done = true;
    });
    // Told by the caller, who awaits it below; not an unhandled refusal until then.
    asked.catch(() => undefined);
    const waits = async () =>
      (
        await pool.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).rowCount !== 0;
    while (!done && !(await waits())) await new Promise((resolve) => setImmediate(resolve));
    if (done) throw new Error('nothing waited for the change');
    await other.query('commit');
    return await asked;
  } finally {
    other.release();
  }
};
