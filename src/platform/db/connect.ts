import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { KeepingClient } from './keeping-client.ts';

/**
 * A database handle without table types: each module's store names its own tables with `withTables<…>()`, so that no
 * file of types knows everybody's tables.
 */
// biome-ignore lint/complexity/noBannedTypes: the empty schema is the point; stores add theirs
export type Db = Kysely<{}> | Transaction<{}>;

export interface Database {
  // biome-ignore lint/complexity/noBannedTypes: see Db
  readonly db: Kysely<{}>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

// Days travel as yyyy-mm-dd strings (a Date would shift them by the machine's zone); counts fit a double.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value));

export type ConnectionSettings = pg.PoolConfig;

/**
 * Without JIT, which some servers have on: our statements are long and quick, and compiling a rule of many conditions takes
 * many times as long as answering it. A page found by an index costs little more than the next one, because most of what is
 * asked for lies in memory: with PostgreSQL's own figure, made for turning disks, the households of one commune are looked
 * for among all of a province.
 */
const OPTIONS = '-c jit=off -c random_page_cost=1.5';

/** Opens a pool. Settings come from the embedded database or from `DATABASE_URL`. */
export const connect = (settings: ConnectionSettings): Database => {
  const pool = new pg.Pool({
    Client: KeepingClient,
    max: 10,
    application_name: 'lantoa',
    options: OPTIONS,
    ...settings,
  });
  // An idle connection that the server ends must not end the process; the next query reports it.
  pool.on('error', () => {});
  // biome-ignore lint/complexity/noBannedTypes: see Db
  const db = new Kysely<{}>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    close: async () => {
      await db.destroy();
      // Kysely ends only a pool it has used.
      if (!pool.ended) await pool.end();
    },
  };
};
