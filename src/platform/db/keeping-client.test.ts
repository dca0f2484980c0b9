import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { ahead, byKeys } from './by-keys.ts';
import type { Db } from './connect.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.database.pool.query('create table public.thing (no int primary key)');
});
afterAll(() => world.close());

const within = <T>(run: (tx: Db) => Promise<T>): Promise<T> =>
  world.database.db.transaction().setIsolationLevel('read committed').execute(run);

const put = (tx: Db, no: number) => sql`${ahead}insert into public.thing (no) values (${no}::int)`.execute(tx);

const things = async (): Promise<number[]> =>
  (await world.database.pool.query<{ no: number }>('select no from public.thing order by no')).rows.map(({ no }) => no);

const empty = () => world.database.pool.query('delete from public.thing');

describe('what is given', () => {
  it.each([
    ['plain', ['a', 'Hồ Thị Mỷ', '01f0-7']],
    ['empty texts and words of arrays', ['', 'null', 'NULL', '{', '}', ',', ' x ', "'"]],
    ['letters that mean something', ['a"b', 'c\\d', '"', '\\', 'e\nf']],
    ['nothing among others', ['a', null, 'b']],
    ['nothing at all', []],
  ])('comes back as it was: a list of texts, %s', async (_, texts) => {
    const asked = await within((tx) => sql<{ texts: string[] }>`select ${texts}::text[] as texts`.execute(tx));
    expect(asked.rows[0]!.texts).toEqual(texts);
  });
});

describe('what is not waited for', () => {
  it('is there for whoever asks next, and after the commit', async () => {
    await empty();
    const seen = await within(async (tx) => {
      for (const no of [1, 2, 3]) await put(tx, no);
      return (await sql<{ count: number }>`select count(*)::int as count from public.thing`.execute(tx)).rows[0]!.count;
    });
    expect(seen).toBe(3);
    await within(async (tx) => void (await put(tx, 4)));
    expect(await things()).toEqual([1, 2, 3, 4]);
  });

  it('makes the next statement fail by its own fault, and nothing stays', async () => {
    await empty();
    const failing = within(async (tx) => {
      await put(tx, 1);
      await put(tx, 1);
      await sql`select 1`.execute(tx);
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await things()).toEqual([]);
  });

  it('makes the commit fail when nothing was asked after it', async () => {
    await empty();
    const failing = within(async (tx) => {
      await put(tx, 1);
      await put(tx, 1);
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await things()).toEqual([]);
  });

  it('is not committed without that of it which could not even be sent', async () => {
    await empty();
    const unsendable = {
      toPostgres: () => {
        throw new Error('cannot be written');
      },
    };
    const failing = within(async (tx) => {
      await put(tx, 1);
      await sql`${ahead}insert into public.thing (no) values (${unsendable}::int)`.execute(tx);
    });
    await expect(failing).rejects.toThrow('cannot be written');
    expect(await things()).toEqual([]);
  });

  it('leaves the connection as good as new', async () => {
    await empty();
    for (let time = 0; time < 30; time += 1) {
      await within(async (tx) => {
        await put(tx, time);
        if (time % 3 === 0) throw new Error('never mind');
      }).catch(() => {});
      await expect(within((tx) => sql`select no_such_column from public.thing`.execute(tx))).rejects.toThrow();
    }
    expect(await things()).toEqual(Array.from({ length: 30 }, (_, no) => no).filter((no) => no % 3 !== 0));
  });

  it('goes on at a savepoint as without', async () => {
    await empty();
    await within(async (tx) => {
      await put(tx, 1);
      await sql`savepoint before`.execute(tx);
      await put(tx, 2);
      await sql`rollback to savepoint before`.execute(tx);
      await put(tx, 3);
    });
    expect(await things()).toEqual([1, 3]);
  });
});

describe('statements of a transaction by keys', () => {
  const kept = async (tx: Db) =>
    (
      await sql<{
        plan: string;
      }>`select statement as plan from pg_prepared_statements where name like 'kept_%'`.execute(tx)
    ).rows;

  it('are known to the server the second time; those of others are not', async () => {
    const before = await within(async (tx) => {
      await byKeys(tx);
      for (const no of [1, 2]) await sql`select ${no}::int as own_of_this_test`.execute(tx);
      return kept(tx);
    });
    expect(before.filter(({ plan }) => plan.includes('own_of_this_test'))).toHaveLength(1);
    const after = await within(async (tx) => {
      await sql`select ${3}::int as of_another`.execute(tx);
      return kept(tx);
    });
    expect(after.filter(({ plan }) => plan.includes('of_another'))).toEqual([]);
  });
});
