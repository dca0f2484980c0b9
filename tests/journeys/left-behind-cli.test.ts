import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { cliIn, type SaidInWorld } from '../support/cli-in-world.ts';
import { addLine, addMessage, villageOf } from '../support/evidence.ts';
import { addPerson, know, ledgerOf, send } from '../support/follow-up.ts';
import { bringIn, importVillages, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

const LINE = 'kh-xa-2026:1';
const VILLAGE = 'Thôn Một, xã Tà Xi Láng';
let world: World;
let lantoa: (...args: string[]) => Promise<SaidInWorld>;
let agent: string;
let officer: string;
let [first, other] = ['', ''];
const ids = new Map<string, string>();

const ok = async (...args: string[]): Promise<SaidInWorld> => {
  const said = await lantoa(...args);
  expect(said.code, `${args.join(' ')}\n${said.out}${said.err}`).toBe(0);
  if (!args.includes('--json'))
    expect(said.out).not.toMatch(/(?:^|[^\w/."-])(?:error|cli|visit-column|reason|step)\.[a-z]/mu);
  return said;
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const codes = ['TX-1', 'TX-2', 'TX-3', 'TX-4'];
  await bringIn(world, {
    asOf: '2025-11-30',
    rows: codes.map((code) => ({
      code,
      head: `Hộ ${code}`,
      village: code === 'TX-4' ? 'Thôn Hai' : 'Thôn Một',
      class: 'Hộ nghèo',
    })),
  });
  for (const code of codes) ids.set(code, await know(world, code, ['hmn']));
  first = await addLine(world, { messageId: await addMessage(world), code: 'kh-xa-2026' });
  other = await addLine(world, { messageId: await addMessage(world), code: 'kh-khac' });
  ({ username: agent } = await addPerson(world, 'agent', await villageOf(world, 'Thôn Một'), 'Vàng Thị Tuyên'));
  ({ username: officer } = await addPerson(world, 'officer', taXiLang, 'Cán bộ'));
  lantoa = cliIn(world);
});
afterAll(() => world.close());

const file = async (name: string, lines: readonly string[]): Promise<string> => {
  const path = join(world.dataDir, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
};

const openVisits = async (): Promise<Record<string, string>> => {
  const { visits } = (await ok('visit', 'list', '--state', 'open', '--json')).json;
  return Object.fromEntries(visits.map(({ code, visitId }: { code: string; visitId: string }) => [code, visitId]));
};

describe('from the terminal', () => {
  it('those not reached are listed, by line and by plan', async () => {
    const all = await ok('left-behind', 'list', LINE, '--json');
    expect(all.json).toMatchObject({ total: 4, reasons: { 'nothing-done': 4 } });
    const here = await ok('left-behind', 'list', LINE, '--place', VILLAGE, '--reason', 'nothing-done');
    expect(here.out).toContain('3 hộ chưa tiếp cận được vào ngày 15/06/2026');
    expect(here.out).toContain('Họp thôn hoặc phát loa');
    expect((await ok('left-behind', 'list', 'kh-xa-2026', '--lang', 'en')).out).toContain('0/1');
    expect(await lantoa('left-behind', 'list', 'kh-xa-2026:9')).toMatchObject({ code: 4 });
    expect(await lantoa('left-behind', 'list', 'khong-co:1')).toMatchObject({ code: 4 });
    expect(
      await lantoa('left-behind', 'assign', 'kh-xa-2026', '--village', VILLAGE, '--owner', 'A', '--due', '30/06/2026'),
    ).toMatchObject({ code: 2 });
    expect((await lantoa('left-behind', 'list', LINE, '--reason', 'x')).err).toContain('heard-only');
  });

  it('a village is given to somebody, and its sheet written', async () => {
    const assign = ['left-behind', 'assign', LINE, '--village', VILLAGE, '--due', '30/06/2026'];
    expect((await lantoa(...assign)).err).toContain('--owner');
    expect((await lantoa(...assign, '--agent', 'khong-co')).code).toBe(4);
    expect((await ok(...assign, '--agent', agent, '--json')).json).toEqual({
      ...{ households: 3, visits: 3, reached: 0, unit: 'household' },
    });
    expect(
      (
        await ok(
          'left-behind',
          'assign',
          LINE,
          '--village',
          'Thôn Hai, xã Tà Xi Láng',
          '--owner',
          'Trưởng thôn',
          '--due',
          '30/06/2026',
        )
      ).out,
    ).toContain('Đã giao 1 hộ');
    const path = join(world.dataDir, 'phieu.html');
    expect((await ok('left-behind', 'sheet', LINE, path, '--village', VILLAGE, '--json')).json.households).toBe(3);
    const html = await readFile(path, 'utf8');
    for (const code of ['TX-1', 'TX-2', 'TX-3']) expect(html).toContain(`<td>${code}</td>`);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('visits are listed, recorded, called off and taken from a file', async () => {
    const visits = await openVisits();
    expect(Object.keys(visits).sort()).toEqual(['TX-1', 'TX-2', 'TX-3', 'TX-4']);
    expect((await ok('visit', 'list', '--mine', '--as', agent)).out).toContain('3 lượt đến hộ');
    expect((await lantoa('visit', 'record', visits['TX-1']!, '--met')).code).toBe(2);
    expect((await lantoa('visit', 'record', visits['TX-1']!, '--met', '--refused')).err).toContain('--not-met');
    await ok(
      'visit',
      'record',
      visits['TX-1']!,
      '--met',
      '--language',
      'Mông',
      '--right',
      'yes',
      '--proof',
      'second-person',
      '--as',
      agent,
    );
    expect(await ledgerOf(world, ids.get('TX-1')!)).toMatchObject([
      { stage: 4, language: 'hmn', proof: 'second-person' },
    ]);
    await ok('visit', 'cancel', visits['TX-2']!, '--reason', 'giao nhầm');
    const list = await file('ket-qua.csv', [
      'Mã hộ;Ngày;Kết quả;Tiếng;Trả lời đúng;Ghi chú',
      'TX-3;14/06/2026;đã gặp;Mông;không;',
      'TX-4;;Không gặp;;;đi nương',
    ]);
    const own = await lantoa('visit', 'import', list, '--as', agent);
    expect([own.code, own.out]).toEqual([2, expect.stringContaining('giao cho chính anh/chị')]);
    expect((await ok('visit', 'import', list, '--dry-run', '--json', '--as', officer)).json).toMatchObject({
      met: 1,
      notMet: 1,
      committed: false,
    });
    expect(await ledgerOf(world, ids.get('TX-3')!)).toEqual([]);
    expect((await ok('visit', 'import', list, '--proof', 'photo-list', '--as', officer)).out).toContain('Đã ghi');
    expect(await ledgerOf(world, ids.get('TX-3')!)).toMatchObject([{ stage: 3, proof: 'photo-list' }]);
    expect(await openVisits()).toEqual({});
    const left = (await ok('left-behind', 'list', LINE, '--json')).json;
    expect(
      left.rows.map(({ code, missing }: { code: string; missing: { reason: string }[] }) => [code, missing[0]!.reason]),
    ).toEqual([
      ['TX-4', 'not-met'],
      ['TX-2', 'not-yet'],
    ]);
  });

  it('of a visit for two lines, an answer says which of them it is about', async () => {
    const sending = { subjectIds: [ids.get('TX-2')!], lineIds: [first, other], agentName: 'Trưởng thôn', note: '' };
    const [visitId] = await send(world, { ...sending, dueOn: '2026-06-30' });
    const answered = ['visit', 'record', visitId!, '--met', '--language', 'Mông', '--right', 'yes'];
    expect(await lantoa(...answered)).toMatchObject({ code: 2, err: expect.stringContaining('--line') });
    expect(await lantoa(...answered, '--line', 'kh-xa-2026:7')).toMatchObject({ code: 2 });
    await ok(...answered, '--line', 'kh-khac:1');
    const { rows } = await world.database.pool.query(
      `select a.line_id = $2 as answered, c.stage from reach.contact c join plans.activity a using (activity_id)
       where c.subject_id = $1 order by c.stage`,
      [ids.get('TX-2'), other],
    );
    expect(rows).toEqual([
      { answered: false, stage: 3 },
      { answered: true, stage: 4 },
    ]);
  });
});
