import { LATE_PLAN } from './day.ts';
import { phoneNo } from './sending.ts';
import { AUDIENCE, DRAFT_PLAN, KNOWN_HEAD, SENT_PLAN } from './whole-commune.ts';
import type { World } from './world.ts';

/** What a commune keeps; places are public, people who sign in and the audit are written to by whoever asks. */
const KEPT = ['audiences', 'content', 'coverage', 'delivery', 'plans', 'reach', 'registry', 'visits'];

const columnsOf = async ({ database }: World): Promise<{ table: string; column: string; type: string }[]> =>
  (
    await database.pool.query(
      `select format('%I.%I', c.table_schema, c.table_name) as table, c.column_name as column, c.data_type as type
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = any($1) and t.table_type = 'BASE TABLE' order by 1, 2`,
      [KEPT],
    )
  ).rows;

/** A hash of every row of every table that a commune's things lie in, by table. */
export const everyRow = async (world: World): Promise<Record<string, string>> => {
  const tables = [...new Set((await columnsOf(world)).map(({ table }) => table))];
  const found: Record<string, string> = {};
  for (const table of tables) {
    const { rows } = await world.database.pool.query(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${table} t`,
    );
    found[table] = rows[0].hash;
  }
  return found;
};

/** Every id, code, name and number of a commune in which there is nothing of another one: what a stranger must not read. */
export const secretsOf = async (world: World): Promise<string[]> => {
  const { pool } = world.database;
  const said = new Set<string>();
  const add = async (query: string) => {
    for (const { value } of (await pool.query<{ value: string | null }>(query)).rows) if (value) said.add(value);
  };
  for (const { table, column, type } of await columnsOf(world))
    if (type === 'uuid') await add(`select distinct ${column}::text as value from ${table}`);
  const { rows: places } = await pool.query<{ value: string }>(
    'select place_id::text as value from territory.place_version',
  );
  for (const { value } of places) said.delete(value);
  await add('select code as value from registry.subject');
  await add('select distinct name as value from registry.person');
  // `bhyt` is also the example of a code that the form gives.
  await add(`select code as value from content.message where code <> 'bhyt'`);
  await add('select title as value from plans.plan');
  await add('select body as value from delivery.inbound');
  for (const { value } of (await pool.query<{ value: string }>(`select distinct value from registry.contact_point`))
    .rows) {
    const number = value.replace('+84', '0');
    for (const each of [value, number, `${number.slice(0, 4)} ${number.slice(4, 7)} ${number.slice(7)}`])
      said.add(each);
  }
  for (const each of [SENT_PLAN, LATE_PLAN, DRAFT_PLAN, AUDIENCE, KNOWN_HEAD, phoneNo(1)]) said.add(each);
  return [...said].map((each) => each.normalize('NFC'));
};
