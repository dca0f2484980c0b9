import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import copyStreams from 'pg-copy-streams';
import type { App } from '../src/app.ts';
import { writeProvinceCsv } from '../src/example/index.ts';
import type { Imported } from './import-child.ts';
import { type Commune, putVillages, withFolder } from './province.ts';
import { type Bench, type Options, rounded, timed } from './row.ts';

const YEAR = 2025;
const [VILLAGES_IN_COMMUNE, MEAN_VILLAGE] = [10, 107];

/** Everything that bringing a list in leaves in the registry. */
const TABLES = [
  ...['subject', 'subject_code', 'residency', 'classification', 'deprivation', 'profile', 'person', 'contact_point'],
  ...['subject_now', 'import_subject'],
];

/** The invented communes of the generator are none of the country's: puts those of the province in their place. */
const withCommunes = (communes: readonly Commune[]): Transform => {
  let rest = '';
  const named = (text: string) =>
    text.replace(/Xã mô phỏng (\d+)/gu, (_, no: string) => communes[Number(no) - 1]!.name);
  return new Transform({
    decodeStrings: false,
    transform(chunk: string, _, done) {
      const text = rest + chunk;
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      done(null, named(text.slice(0, end)));
    },
    flush(done) {
      done(null, named(rest));
    },
  });
};

interface List {
  readonly households: string;
  readonly members: string;
  readonly written: { readonly households: number; readonly members: number };
}

const writeList = async (folder: string, households: number, communes: readonly Commune[]): Promise<List> => {
  const paths = { households: join(folder, 'ho-cua-tinh-gia.csv'), members: join(folder, 'thanh-vien.csv') };
  const written = await writeProvinceCsv({ seed: YEAR, households, reviewYear: YEAR, everyone: true }, paths);
  const placed = join(folder, 'ho.csv');
  await pipeline(createReadStream(paths.households, 'utf8'), withCommunes(communes), createWriteStream(placed, 'utf8'));
  return { ...paths, households: placed, written };
};

const bringIn = async (folder: string, placeId: string, list: List): Promise<Imported> => {
  const script = join(import.meta.dirname, 'import-child.ts');
  // With the memory the program is started with (`scripts/run.mjs`).
  const args = [
    '--max-semi-space-size=16',
    script,
    join(folder, 'data'),
    placeId,
    `${YEAR}-11-30`,
    list.households,
    list.members,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return JSON.parse(said.trim().split('\n').at(-1)!) as Imported;
};

/** COPY of the very same rows into empty tables with the same columns, keys and indexes. @returns seconds, and rows */
const copyAgain = async (app: App, folder: string): Promise<{ seconds: number; rows: number }> => {
  const client = await app.database.pool.connect();
  try {
    await client.query('create schema bare');
    const files: (readonly [table: string, path: string])[] = [];
    for (const table of TABLES) {
      const path = join(folder, `${table}.copy`);
      await pipeline(client.query(copyStreams.to(`copy registry.${table} to stdout`)), createWriteStream(path));
      await client.query(`create table bare.${table} (like registry.${table} including all)`);
      files.push([table, path]);
    }
    await client.query('checkpoint');
    const { seconds } = await timed(async () => {
      await client.query('begin');
      for (const [table, path] of files)
        await pipeline(createReadStream(path), client.query(copyStreams.from(`copy bare.${table} from stdin`)));
      await client.query('commit');
    });
    const { rows } = await client.query<{ n: number }>(
      `select sum(n)::int as n from (${TABLES.map((table) => `select count(*) as n from bare.${table}`).join(' union all ')}) counted`,
    );
    return { seconds, rows: rows[0]!.n };
  } finally {
    client.release();
  }
};

const countWritten = async ({
  database: { pool },
}: App): Promise<{ subjects: number; people: number; rows: number }> => {
  const { rows } = await pool.query(`select (select count(*)::int from registry.subject) as subjects,
    (select count(*)::int from registry.person) as people,
    (${TABLES.map((table) => `(select count(*) from registry.${table})`).join(' + ')})::int as rows`);
  return rows[0];
};

const measure = async (households: number, app: App, folder: string, { tell }: Options) => {
  const villages = Math.max(1, Math.round(households / MEAN_VILLAGE));
  const communes = Math.ceil(villages / VILLAGES_IN_COMMUNE);
  const territory = await putVillages(app, {
    communes,
    villages: communes * VILLAGES_IN_COMMUNE,
    called: (no) => `Thôn mô phỏng ${no}`,
  });
  const list = await writeList(folder, households, territory.communes);
  tell(`import: ${list.written.households} households and ${list.written.members} members written to files`);
  const done = await bringIn(folder, territory.provinceId, list);
  tell(
    `import: opened ${done.open.toFixed(1)} s, dry run ${done.check.toFixed(1)} s, commit ${done.commit.toFixed(1)} s`,
  );
  const kept = await countWritten(app);
  const copied = await copyAgain(app, folder);
  const megabytes = ((await stat(list.households)).size + (await stat(list.members)).size) / 1_048_576;
  const whole =
    done.errors === 0 &&
    kept.subjects === list.written.households &&
    kept.people === list.written.members &&
    copied.rows === kept.rows;
  return { done, list, kept, copied, megabytes, whole };
};

/** A list of 100,000 households with their members, dry run and commit, against COPY of the rows it wrote. */
export const importing: Bench = (options) =>
  withFolder('import', async (app, folder) => {
    const { done, list, kept, copied, megabytes, whole } = await measure(
      options.quick ? 5_000 : 100_000,
      app,
      folder,
      options,
    );
    const seconds = done.open + done.check + done.commit;
    const sizes = {
      ...list.written,
      rows: kept.rows,
      megabytes: rounded(megabytes),
      open: rounded(done.open),
      dryRun: rounded(done.check),
      commit: rounded(done.commit),
      peakMiBOfDryRun: done.peakMiBOfDryRun,
      everythingWritten: whole ? 'yes' : 'NO',
    };
    return [
      {
        name: 'import',
        value: rounded(seconds),
        unit: 's',
        baseline: rounded(copied.seconds),
        ratio: rounded(seconds / copied.seconds),
        threshold: '<= 8 x COPY of the same rows into the same tables',
        holds: whole && seconds <= copied.seconds * 8,
        sizes,
      },
      {
        name: 'import-memory',
        value: done.peakMiB,
        unit: 'MiB at most',
        baseline: null,
        ratio: null,
        threshold: '<= 512 MiB',
        holds: whole && done.peakMiB <= 512,
        sizes,
      },
    ];
  });
