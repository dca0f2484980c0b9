import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../src/app.ts';
import { fullName, importPlaces, listChildren } from '../src/modules/territory/index.ts';
import { systemClock, today } from '../src/platform/clock.ts';
import { systemActor } from '../src/platform/command.ts';
import { openFolder } from '../tests/support/send-and-kill.ts';
import { MADE, STATEMENTS } from './households.ts';
import { type Options, timed } from './row.ts';

/** Lào Cai as it has been since 01/07/2025; its communes are real, its villages and people invented. */
const PROVINCE_CODE = '15';

export interface Commune {
  readonly placeId: string;
  readonly code: string;
  readonly name: string;
}

interface Territory {
  readonly provinceId: string;
  readonly communes: readonly Commune[];
}

/** Gives so many communes of the province their villages, called as `called` says, through the list of villages. */
export const putVillages = async (
  app: App,
  { communes: count, villages, called }: { communes: number; villages: number; called: (no: number) => string },
): Promise<Territory> => {
  const { rows } = await app.database.pool.query<{ id: string }>(
    `select place_id as id from territory.place_version where kind = 'province' and official_code = $1 and valid_to is null`,
    [PROVINCE_CODE],
  );
  const provinceId = rows[0]!.id;
  const children = await app.execute(listChildren, systemActor, { placeId: provinceId });
  const communes = children.slice(0, count).map(({ placeId, officialCode, unitType, name }) => ({
    placeId,
    code: officialCode!,
    name: fullName(unitType, name),
  }));
  const list = communes.flatMap(({ code }, at) => {
    const [from, to] = [at, at + 1].map((each) => Math.round((each * villages) / communes.length));
    return Array.from({ length: to! - from! }, (_, no) => [called(no + 1), code]);
  });
  await app.execute(importPlaces, systemActor, {
    rows: [['Tên thôn', 'Mã xã'], ...list].map((cells, at) => ({ row: at + 1, cells })),
    commit: true,
  });
  return { provinceId, communes };
};

export interface Sizes {
  readonly communes: number;
  readonly villages: number;
  readonly households: number;
}

export interface Province extends Territory {
  readonly app: App;
  readonly sizes: Sizes & { readonly people: number };
}

/** Runs something on an empty folder's embedded database, which is gone afterwards. */
export const withFolder = async <T>(name: string, run: (app: App, folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), `lantoa-bench-${name}-`));
  try {
    const app = await openFolder(join(folder, 'data'));
    try {
      return await run(app, folder);
    } finally {
      await app.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const fill = async ({ database: { pool } }: App, households: number): Promise<number> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows: villages } = await client.query<{ id: string }>(
      `select v.place_id as id from territory.place_version v where v.kind = 'village' order by v.parent_id, v.name, v.place_id`,
    );
    await client.query(MADE, [villages.map(({ id }) => id), households]);
    await client.query('analyze made');
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query('analyze');
    const day = today(systemClock);
    await client.query('insert into registry.subject_now select n.*, $1::date from registry.subject_at($1::date) n', [
      day,
    ]);
    await client.query(
      `insert into platform.setting (key, value) values ('installation', '{"kind":"example"}') on conflict do nothing`,
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  // As autovacuum would have done it by the next day.
  await pool.query('vacuum analyze');
  return (await pool.query('select count(*)::int as n from registry.person')).rows[0].n;
};

const write = async ({ quick, tell }: Options, app: App): Promise<Province> => {
  const sizes: Sizes = quick
    ? { communes: 10, villages: 190, households: 20_000 }
    : { communes: 99, villages: 2_000, households: 215_000 };
  const { seconds, result } = await timed(async () => {
    const territory = await putVillages(app, { ...sizes, called: (no) => `Thôn ${no}` });
    return { ...territory, people: await fill(app, sizes.households) };
  });
  const { people, ...territory } = result;
  tell(`a province of ${sizes.households} households, ${people} people: written in ${seconds.toFixed(1)} s`);
  return { ...territory, app, sizes: { ...sizes, people } };
};

interface Opened {
  readonly province: Promise<Province>;
  readonly close: () => Promise<void>;
}

let opened: Opened | undefined;

const open = (options: Options): Opened => {
  const [written, done] = [Promise.withResolvers<Province>(), Promise.withResolvers<void>()];
  const ended = withFolder('province', async (app) => {
    written.resolve(await write(options, app));
    await done.promise;
  });
  ended.catch(written.reject);
  const close = async () => {
    done.resolve();
    await ended.catch(() => {});
  };
  return { province: written.promise, close };
};

/** A province of 215,000 households and a million people (quick: 20,000 households); all of one run look at the same one. */
export const openProvince = (options: Options): Promise<Province> => {
  opened ??= open(options);
  return opened.province;
};

export const closeProvince = async (): Promise<void> => {
  await opened?.close();
  opened = undefined;
};
