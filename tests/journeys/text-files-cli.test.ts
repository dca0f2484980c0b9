import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import { cliIn, type SaidInWorld } from '../support/cli-in-world.ts';
import { importVillages, taXiLang } from '../support/lists.ts';
import { approvedMessage } from '../support/messages.ts';
import { planText } from '../support/plans.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let folder: string;
let lantoa: (...args: string[]) => Promise<SaidInWorld>;

beforeAll(async () => {
  world = await createWorld();
  lantoa = cliIn(world);
  folder = await mkdtemp(join(tmpdir(), 'lantoa-text-'));
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await approvedMessage(world, taXiLang, 'bhyt-ho-ngheo');
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const MESSAGE = `code: the-bhyt
topic: health-insurance
title: Thẻ bảo hiểm y tế
core: Giữ thẻ.
bases: [{ number: 188/2025/NĐ-CP, date: 2025-07-01, issuer: Chính phủ, title: Bảo hiểm y tế }]
forms: [{ kind: sms, text: Mời xem hạn thẻ. }]
`;
const RULE = 'subject: household # Hộ có người già\nwhere:\n  some:\n    age: { min: 60 }\n';

const TAKEN = ['plans.plan', 'content.message', 'audiences.audience'] as const;
const counted = async (): Promise<Record<string, number>> => {
  const { rows } = await world.database.pool.query(
    TAKEN.map((table) => `select '${table}' as name, count(*)::int as rows from ${table}`).join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
};

const READERS: readonly (readonly [what: string, text: string, most: number, args: (path: string) => string[]])[] = [
  ['a plan', planText(), 1, (path) => ['plan', 'import', path]],
  ['messages', MESSAGE, 6, (path) => ['message', 'import', path, '--place', '04603']],
  ['a rule that is counted', RULE, 1, (path) => ['audience', 'count', path]],
  ['a rule that is saved', RULE, 1, (path) => ['audience', 'save', 'nguoi-gia', '--name', 'Người già', '--place', '04603', '--rule', path]],
]; // biome-ignore format: a table

describe.each(READERS)('%s in a file', (_, text, most, args) => {
  const path = () => join(folder, 'tep.yaml');
  let before: Record<string, number>;
  beforeEach(async () => {
    before = await counted();
  });

  it.each([
    ['Latin letters of one byte', Buffer.from(text.replaceAll(/[^\0-\xff]/gu, 'ê'), 'latin1')],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-8 with its last letter cut off', Buffer.concat([Buffer.from(`${text}# ệ`).subarray(0, -1)])],
  ])('in %s is refused, and no letter of it is guessed', async (_name, bytes) => {
    await writeFile(path(), bytes);
    const told = await lantoa(...args(path()));
    expect(told).toMatchObject({ code: 2, out: '', err: `${say('vi', 'error.cli.not-utf8', { path: path() })}\n` });
    const asked = await lantoa(...args(path()), '--json', '--lang', 'en');
    expect(asked.json.error).toEqual({
      kind: 'invalid',
      code: 'cli.not-utf8',
      message: say('en', 'error.cli.not-utf8', { path: path() }),
      fields: [],
    });
    expect(await counted()).toEqual(before);
  });

  it('larger than such a file is refused before it is read', async () => {
    await writeFile(path(), text);
    // Blanks that take no room on the disk, and are no UTF-8 problem either: only the size can be told.
    await truncate(path(), most * 1_048_576 + 1);
    const told = await lantoa(...args(path()), '--json');
    expect(told.code).toBe(2);
    expect(told.json.error).toMatchObject({ code: 'file.too-large', message: say('vi', 'error.file.too-large', { limit: most }) }); // biome-ignore format: one line
    expect(await counted()).toEqual(before);
  });

  it('is taken, with the mark of UTF-8 before it or without', async () => {
    for (const start of ['\uFEFF', '']) {
      await writeFile(path(), `${start}${text}`);
      const done = await lantoa(...args(path()));
      expect(done.code, done.err).toBe(0);
    }
  });
});
