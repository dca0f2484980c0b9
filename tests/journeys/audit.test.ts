import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useCases } from '../../src/app.ts';
import { exportEntries, groups, listEntries } from '../../src/modules/audit/index.ts';
import {
  actorByKey,
  actorByUsername,
  addUser,
  createSignInLink,
  endRole,
  grantRole,
} from '../../src/modules/identity/index.ts';
import { getHousehold } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits, referenceId } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { subjectOf } from '../support/evidence.ts';
import { makeKey } from '../support/keys.ts';
import { bringIn, importVillages, since2025, taXiLang } from '../support/lists.ts';
import { draftMessage } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

const A = taXiLang;
const B = since2025('04606');
const PROVINCE = referenceId('2025:province:15');
const HOUR = 3_600_000;

let world: World;
let web: Web;
let importId: string;
let subjectId: string;
const ids: Record<string, string> = {};

const as = (username: string) => actorByUsername(world.database, username, 'web', world.clock.now());
const later = (hours = 1) => world.clock.set(new Date(world.clock.now().getTime() + hours * HOUR));
const add = async (username: string, role: Role, placeId: string) => {
  const { userId } = await world.execute(addUser, systemActor, { username, name: `Người ${username}`, role, placeId });
  ids[username] = userId;
};
const seen = async (username: string, input: object = {}) => world.execute(listEntries, await as(username), input);
const doers = async (username: string, input: object = {}) =>
  [
    ...new Set((await seen(username, { limit: 500, ...input })).entries.map(({ who }) => who?.username ?? who?.name)),
  ].sort();
const faulted = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    ({ fields, code }) => fields?.[0]?.code ?? code,
  );

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  for (const [name, role, place] of [
    ['officer-a', 'officer', A], ['leader-a', 'leader', A], ['admin-a', 'admin', A],
    ['officer-b', 'officer', B], ['leader-b', 'leader', B], ['wanderer', 'officer', A], ['province', 'leader', PROVINCE],
  ] as const) await add(name, role, place); // biome-ignore format: a table
  later();
  const rows = [{ code: 'H01', head: 'Giàng A Mẫu', village: 'Thôn Một', class: 'Hộ nghèo' }];
  importId = await bringIn(world, { rows, asOf: '2026-05-30', actor: await as('officer-a') });
  subjectId = await subjectOf(world, 'H01');
  later();
  await world.execute(getHousehold, await as('officer-a'), { subjectId });
  ids.messageA = await draftMessage(world, await as('officer-a'), A, 'tin-a');
  ids.messageB = await draftMessage(world, await as('officer-b'), B, 'tin-b');
  later();
  // Serves one commune, then both, then only the other.
  await draftMessage(world, await as('wanderer'), A, 'luc-o-a');
  later();
  const { grantId } = await world.execute(grantRole, systemActor, {
    userId: ids.wanderer!,
    role: 'officer',
    placeId: B,
  });
  await draftMessage(world, await as('wanderer'), A, 'luc-o-ca-hai');
  later();
  const { rows: held } = await world.database.pool.query(
    'select grant_id from identity.role_grant where user_id = $1 and grant_id <> $2',
    [ids.wanderer, grantId],
  );
  await world.execute(endRole, systemActor, { grantId: held[0].grant_id });
  await draftMessage(world, await as('wanderer'), B, 'luc-o-b');
  later();
  web = await startPages(world);
});
afterAll(async () => {
  await web.close();
  await world.close();
});

describe('whose rows are seen', () => {
  it('a leader sees the people of the own commune and nobody of another', async () => {
    expect(await doers('leader-a')).toEqual(['officer-a', 'wanderer']);
    expect(await doers('admin-a')).toEqual(['officer-a', 'wanderer']);
    expect(await doers('leader-b')).toEqual(['officer-b', 'wanderer']);
    expect(await doers('province')).toEqual(['officer-a', 'officer-b', 'wanderer']);
  });

  it('who serves two communes is seen by each only for the time of serving it alone', async () => {
    const codes = async (username: string) => {
      const { entries } = await seen(username, { who: 'wanderer', limit: 500 });
      const drafts = entries.filter(({ name }) => name === 'content.add-message');
      return drafts.flatMap(({ things }) => things.flatMap(({ kind, code }) => (kind === 'message' ? code : [])));
    };
    expect(await codes('leader-a')).toEqual(['luc-o-a']);
    expect(await codes('leader-b')).toEqual(['luc-o-b']);
    expect(await codes('province')).toEqual(['luc-o-b', 'luc-o-ca-hai', 'luc-o-a']);
  });

  it('somebody of another commune cannot be asked for, and is not offered', async () => {
    expect(await faulted(seen('leader-a', { who: 'officer-b' }))).toBe('audit.who');
    expect(await faulted(seen('leader-a', { who: ids['officer-b'] }))).toBe('audit.who');
    const offered = (await seen('leader-a')).people.map(({ username }) => username);
    expect(offered).not.toContain('officer-b');
    expect(offered).toContain('officer-a');
  });

  it('is not for officers', async () => {
    expect(await faulted(seen('officer-a'))).toBe('not-allowed');
  });

  it('a sign-in is the work of who came in', async () => {
    const { path } = await world.execute(createSignInLink, systemActor, { username: 'leader-b' });
    await createWalker(web.url).send(path, path, {});
    const { entries } = await seen('leader-b', { group: 'identity', who: 'leader-b' });
    expect(entries[0]).toMatchObject({ name: 'identity.redeem-sign-in-link', who: { username: 'leader-b' } });
    expect(await doers('leader-a', { group: 'identity' })).not.toContain('leader-b');
  });

  it('a key is seen where its place is', async () => {
    const { secret } = await makeKey(world, { placeId: B, name: 'Loa xã B' });
    const key = (await actorByKey(world.database, secret, 'api', world.clock.now()))!;
    await world.database.pool.query(
      `insert into platform.audit (at, name, user_id, key_id, via, refs) values ($1, 'broadcast.record-loudspeaker', null, $2, 'api', '{}')`,
      [world.clock.now(), key.keyId],
    );
    expect((await seen('leader-b', { group: 'broadcast' })).entries).toMatchObject([
      { who: { kind: 'key', name: 'Loa xã B' }, via: 'api' },
    ]);
    expect((await seen('leader-a', { group: 'broadcast' })).entries).toEqual([]);
  });
});

describe('what is shown', () => {
  it('never a name, only ids with codes and counts', async () => {
    const { entries } = await seen('leader-a', { touched: 'H01' });
    expect(entries).toMatchObject([
      {
        name: 'registry.get-household',
        who: { username: 'officer-a' },
        things: [{ kind: 'subject', id: subjectId, code: 'H01' }],
      },
    ]);
    const { rows } = await world.database.pool.query(
      `insert into platform.audit (at, name, user_id, via, refs) values ($1, 'reach.draw-sample', $2, 'web', '{"seed": "Giàng A Mẫu 0912", "households": 3, "lineId": "Giàng A Mẫu"}') returning audit_id`,
      [world.clock.now(), ids['officer-a']],
    );
    const all = JSON.stringify(await seen('leader-a', { limit: 500 }));
    expect(all).not.toContain('Giàng A Mẫu');
    const [drawn] = (await seen('leader-a', { group: 'reach' })).entries;
    expect(drawn).toMatchObject({ auditId: rows[0].audit_id, counts: { households: 3 }, things: [] });
  });

  it('finds by full id, by day and by kind of work', async () => {
    const names = async (input: object) =>
      (await seen('leader-a', { limit: 500, ...input })).entries.map(({ name }) => name);
    expect(await names({ touched: importId })).toEqual([
      'registry.commit-list',
      'registry.map-list',
      'registry.receive-list',
    ]);
    expect(new Set(await names({ group: 'registry' }))).toEqual(
      new Set(['registry.commit-list', 'registry.map-list', 'registry.receive-list', 'registry.get-household']),
    );
    expect(await names({ to: '2026-06-14' })).toEqual([]);
    expect(await names({ from: '2026-06-16' })).toEqual([]);
    expect((await names({ from: '2026-06-15', to: '2026-06-15' })).length).toBeGreaterThan(4);
  });

  it('bad questions are refused with what to do', async () => {
    expect(await faulted(seen('leader-a', { from: '2026-06-16', to: '2026-06-15' }))).toBe('audit.days');
    expect(await faulted(seen('leader-a', { from: 'hôm qua' }))).toBe('not-a-day');
    expect(await faulted(seen('leader-a', { touched: 'khong-co' }))).toBe('audit.touched');
    expect(await faulted(seen('leader-a', { before: '12' }))).toBe('audit.mark');
    expect(await faulted(seen('leader-a', { background: true }))).toBe('audit.background');
  });

  it('background work is hidden, and shown about a thing that somebody of the area has touched', async () => {
    const background = async (username: string, touched: string) =>
      (await seen(username, { touched, background: true })).entries.filter(({ via }) => via === 'job').length;
    expect((await seen('leader-a', { touched: importId })).entries.every(({ via }) => via !== 'job')).toBe(true);
    expect(await background('leader-a', importId)).toBeGreaterThan(0);
    expect(await background('leader-b', importId)).toBe(0);
  });

  it('pages go on where the one before ended, also within one moment', async () => {
    const whole = (await seen('leader-a', { limit: 500 })).entries.map(({ auditId }) => auditId);
    const paged: number[] = [];
    let before: string | null = null;
    do {
      const part: Awaited<ReturnType<typeof seen>> = await seen('leader-a', { limit: 2, before });
      paged.push(...part.entries.map(({ auditId }) => auditId));
      before = part.next;
    } while (before);
    expect(whole.length).toBeGreaterThan(4);
    expect(paged).toEqual(whole);
  });

  it('reads by its indexes', async () => {
    const plan = async (where: string, off: string) => {
      const client = await world.database.pool.connect();
      try {
        await client.query(`begin; set local enable_seqscan = off; set local ${off} = off`);
        const { rows } = await client.query(`explain select 1 from platform.audit a where ${where}`);
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    const { rows } = await world.database.pool.query<{ indexdef: string }>(
      `select indexdef from pg_indexes where schemaname = 'platform' and indexname in ('audit_doer', 'audit_doer_group', 'audit_touched')`,
    );
    expect(rows).toHaveLength(3);
    const { DOER, IDS } = await import('../../src/platform/read-audit.ts');
    const own = `${DOER} = '${ids['officer-a']}'`;
    expect(await plan(`${own} order by a.at desc, a.audit_id desc`, 'enable_sort')).toMatch(
      /Backward using audit_doer on/u,
    );
    expect(
      await plan(`${own} and split_part(a.name, '.', 1) = 'plans' order by a.at desc, a.audit_id desc`, 'enable_sort'),
    ).toMatch(/Backward using audit_doer_group on/u);
    expect(await plan(`${IDS} ?| '{${importId}}'`, 'enable_indexscan')).toContain('audit_touched');
  });
});

describe('the doors', () => {
  const enter = async (username: string): Promise<Walker> => {
    const walker = createWalker(web.url);
    const { path } = await world.execute(createSignInLink, systemActor, { username });
    await walker.send(path, path, {});
    return walker;
  };
  const html = async (walker: Walker, path: string, status = 200): Promise<string> => {
    const response = await walker.get(path);
    const text = await response.text();
    expect([path, response.status]).toEqual([path, status]);
    expect(text).not.toMatch(/>[^<]*\b(?:audit|page|error|nav)\.[a-z][\w.-]*[^<]*</u);
    return text;
  };

  it('the page shows rows with links to what they touched, in both languages', async () => {
    const walker = await enter('leader-a');
    expect(await html(walker, '/')).toContain('href="/audit"');
    const text = await html(walker, '/audit');
    expect(text).toContain(`href="/households/${subjectId}"`);
    expect(text).toContain('hộ H01');
    expect(text).toContain('Xem hộ');
    expect(text).toContain('Người officer-a');
    expect(text).not.toContain('Người officer-b');
    expect(text).not.toContain('Giàng A Mẫu');
    expect(await html(walker, '/audit?from=31%2F02%2F2026&who=x', 422)).toContain('value="31/02/2026"');
    expect(await html(walker, `/audit?touched=${importId}`)).not.toContain('Xem hộ');
    await walker.send('/audit', '/language', { language: 'en', next: '/audit' });
    expect(await html(walker, '/audit')).toContain('household H01');
  });

  it('an administrator reads it without links to pages that are shut to them; an officer has no such page', async () => {
    const admin = await html(await enter('admin-a'), '/audit');
    expect(admin).toContain('hộ H01');
    expect(admin).not.toContain(`href="/households/`);
    const officer = await enter('officer-a');
    expect(await html(officer, '/')).not.toContain('href="/audit"');
    await html(officer, '/audit', 403);
    await html(officer, '/audit.csv', 403);
  });

  it('the file holds what is looked for, and taking it away leaves a row', async () => {
    const walker = await enter('leader-a');
    const response = await walker.get('/audit.csv?group=registry');
    expect(response.headers.get('content-type')).toContain('text/csv');
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('Mã đầy đủ');
    expect(lines.some((line) => line.includes(subjectId) && line.includes('hộ H01'))).toBe(true);
    const [taken] = (await seen('leader-a', { group: 'audit' })).entries;
    expect(taken).toMatchObject({ name: 'audit.export-entries', counts: { rows: 4 }, who: { username: 'leader-a' } });
    const { entries } = await world.execute(exportEntries, await as('leader-b'), {});
    expect(entries.every(({ who }) => who?.username !== 'officer-a')).toBe(true);
  });

  it('the terminal tells the owner everything and anybody else their part', async () => {
    const cli = cliIn(world);
    const all = await cli('audit', '--limit', '500', '--background', '--json');
    expect(all.code).toBe(0);
    const who = (json: typeof all.json) =>
      new Set(json.entries.map((entry: { who: { username: string } | null }) => entry.who?.username));
    expect([...who(all.json)]).toEqual(expect.arrayContaining(['officer-a', 'officer-b', undefined]));
    const part = await cli('audit', '--limit', '2', '--as', 'leader-a', '--group', 'registry', '--json');
    expect([...who(part.json)]).toEqual(['officer-a']);
    const next = await cli('audit', '--as', 'leader-a', '--group', 'registry', '--before', part.json.next, '--json');
    expect(next.json.entries).toHaveLength(2);
    const shown = await cli('audit', '--as', 'leader-a', '--touched', 'H01');
    expect(shown.out).toContain('Người officer-a');
    expect(shown.out).toContain('hộ H01');
    expect((await cli('audit', '--as', 'officer-a')).code).not.toBe(0);
    expect((await cli('audit', '--group', 'x')).err).toContain('registry');
  });
});

it('every use case that leaves a row belongs to a kind of work that may be asked for', () => {
  const audited = useCases.filter((useCase) => useCase.kind === 'command' || useCase.sensitive);
  const known: readonly string[] = groups;
  expect(audited.filter(({ name }) => !known.includes(name.split('.')[0]!)).map(({ name }) => name)).toEqual([]);
});
