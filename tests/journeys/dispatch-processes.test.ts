import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { type CommandLine, commandLine } from '../support/command-line.ts';
import { nameSink, openFolder, prepareMany } from '../support/send-and-kill.ts';

/** Two terminals over one data folder, as two people have them open. */

const COUNT = 60;
const SEND = ['dispatch', 'send', '--line', 'ke-hoach:1', '--plain', '--yes', '--json'];
/** The lock under which sendings are written, one at a time. */
const CREATING = 7_235_012;

let folder: string;
let app: App;
let line: CommandLine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-two-'));
  const dataDir = join(folder, 'data');
  line = commandLine(dataDir);
  app = await openFolder(dataDir);
  // Nothing is handed over here: that a network is named is enough.
  await nameSink(dataDir, 1);
  await prepareMany(app, COUNT, 'Nha ((tên)) duoc cap the bao hiem y te.');
}, 300_000);
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const count = async (what: string): Promise<number> =>
  (await app.database.pool.query(`select count(*)::int as n from ${what}`)).rows[0].n;

it('of two processes that send the same at once one does, and the other is told of it', {
  timeout: 120_000,
}, async () => {
  const gate = await app.database.pool.connect();
  await gate.query('select pg_advisory_lock($1::bigint)', [CREATING]);
  const both = Promise.all([1, 2].map(() => line.spawned(SEND)));
  // Both have seen the same figures and stand at the button.
  while ((await count(`pg_locks where locktype = 'advisory' and objid = ${CREATING} and not granted`)) < 2)
    await pause(20);
  await gate.query('select pg_advisory_unlock($1::bigint)', [CREATING]);
  gate.release();
  const [winner, loser] = (await both).sort((a, b) => a.code! - b.code!);
  expect(winner).toMatchObject({ code: 0, json: { sent: true, run: 1, recipients: COUNT } });
  expect(loser).toMatchObject({ code: 5, json: { error: { kind: 'conflict', code: 'dispatch.already' } } });
  expect(loser!.err).toMatch(/đã gửi đợt này lúc .* cho 60 người nhận\. Không gửi thêm lần nữa\./u);
  expect(await count('delivery.dispatch')).toBe(1);
  expect(await count('plans.activity')).toBe(1);
  expect(await count('delivery.delivery')).toBe(COUNT);
  expect(await count('(select distinct subject_id, address from delivery.delivery) once')).toBe(COUNT);
});

it('who comes later has nobody left to send to, and is told why', { timeout: 120_000 }, async () => {
  const said = await line.spawned(SEND);
  expect(said).toMatchObject({ code: 5, json: { error: { kind: 'conflict', code: 'dispatch.nobody' } } });
  expect(said.err).toContain('Không có ai để gửi, chưa ghi gì cả.');
  const shown = await line.ok('dispatch', 'preview', '--line', 'ke-hoach:1', '--plain');
  expect(shown.out).toMatch(/Không gửi cho 60:[\s\S]*đã được gửi thông điệp này/u);
  expect(await count('delivery.dispatch')).toBe(1);
});
