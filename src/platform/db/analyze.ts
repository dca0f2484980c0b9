import { sql } from 'kysely';
import type { Database } from './connect.ts';

/**
 * Tells the database how much there is of what. It finds out by itself within minutes; until then, after much was written
 * at once, a question of many tables may take fifty times as long as it has to.
 */
export const analyze = async ({ db }: Pick<Database, 'db'>): Promise<void> => {
  await sql`analyze`.execute(db);
};
