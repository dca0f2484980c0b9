import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDoors } from '../../src/cli/doors.ts';
import { runCli } from '../../src/cli/run.ts';
import { addUser } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openedIn } from '../support/cli-in-world.ts';
import { villageOf } from '../support/evidence.ts';
import { bringIn, importVillages, since2025, taXiLang } from '../support/lists.ts';
import { approvedMessage } from '../support/messages.ts';
import { lineText, PDF, planText, record } from '../support/plans.ts';
import { createWorld, type World } from '../support/world.ts';

const CODE = 'ta-xi-lang-2026';

let world: World;
let folder: string;

/** The terminal over a world, whose database stays open. */
const lantoa = async (...args: string[]) => {
  let [out, err] = ['', ''];
  const tell = (text: string): void => {
    err += text;
  };
  const { clock } = world;
  const doors = makeDoors({
    config: readConfig({}),
    keyboard: { input: undefined, err: tell },
    openApp: async () => openedIn(world),
  });
  const code = await runCli(args, {
    openDoors: () => ({ ...doors, clock }),
    output: {
      out: (text) => {
        out += text;
      },
      err: tell,
    },
    interruption: { requested: false },
    onInterrupt: () => {},
  });
  expect(out + err, args.join(' ')).not.toMatch(/(?:^|[^\w/."-])(?:error|cli|page|plan)\.[a-z]/mu);
  return { code, out, err, json: args.includes('--json') ? JSON.parse(out) : undefined };
};
const ok = async (...args: string[]) => {
  const said = await lantoa(...args);
  expect(said.code, `${args.join(' ')}\n${said.out}${said.err}`).toBe(0);
  return said;
};
const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-plan-'));
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, {
    rows: [{ code: 'H01', head: 'Giàng A Mẫu', village: 'Thôn Một', class: 'Hộ nghèo' }],
    asOf: '2025-11-30',
  });
  await approvedMessage(world, taXiLang, 'bhyt-ho-ngheo');
  for (const [username, placeId] of [['o-day', taXiLang], ['noi-khac', since2025('04606')]] as const)
    await world.execute(addUser, systemActor, { username, name: username, password: 'một mật khẩu dài', role: 'officer', placeId });
}); // biome-ignore format: short lines
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('plans at the terminal', () => {
  it('go the whole way: a file, a signed document, what was done, the end', async () => {
    const late = lineText({
      what: 'Phát tờ rơi',
      from: '01/01/2026',
      to: '28/02/2026',
      head: 'Hờ A Chậm, Trưởng trạm',
    });
    const path = await file('ke-hoach.yaml', planText({}, [lineText(), late]));
    expect((await ok('plan', 'list')).out).toContain('Chưa có kế hoạch nào');
    expect((await ok('plan', 'import', path, '--dry-run')).out).toContain('Chưa ghi gì');
    expect((await ok('plan', 'list', '--json')).json.plans).toEqual([]);
    expect((await ok('plan', 'import', path, '--json')).json).toMatchObject({ code: CODE, lines: 2, replaced: false });
    expect((await ok('plan', 'import', path)).out).toContain(`Đã thay dự thảo ${CODE}, 2 dòng`);

    const pdf = await file('da-ky.pdf', PDF);
    const paper = ['--number', '12/KH-UBND', '--date', '05/01/2026', '--signer', 'Giàng A Mẫu'];
    const refused = await lantoa('plan', 'issue', CODE, ...paper, '--file', path);
    expect([refused.code, refused.err.includes('không phải PDF nguyên vẹn')]).toEqual([2, true]);
    expect((await ok('plan', 'issue', CODE, ...paper, '--file', pdf)).out).toContain('đã ban hành');

    const shown = await ok('plan', 'show', CODE);
    expect(shown.out).toContain('CHẬM – Hờ A Chậm, Trưởng trạm: 1 dòng – 2 (28/02/2026)');
    expect(shown.out).toContain('Số 12/KH-UBND, ngày 05/01/2026');
    expect((await ok('plan', 'list')).out).toMatch(/ta-xi-lang-2026 .*đã ban hành +2 +0 +2/u);

    const { lineId } = (await ok('plan', 'show', CODE, '--json')).json.plan.lines[0];
    const activityId = await record(world, { lineId, placeIds: [await villageOf(world, 'Thôn Một')] });
    expect((await ok('plan', 'activities', CODE)).out).toContain(activityId);
    expect((await ok('plan', 'activities', CODE, '--line', '2')).out).toContain('Chưa ghi việc nào');
    expect((await lantoa('plan', 'void-activity', activityId)).code).toBe(2);
    expect((await ok('plan', 'void-activity', activityId, '--reason', 'Ghi nhầm')).out).toContain('0 dòng bằng chứng');
    expect((await ok('plan', 'activities', CODE)).out).toContain('Ghi nhầm');

    expect((await lantoa('plan', 'raise', CODE, '--line', '1', '--threshold', '2')).code).toBe(2);
    expect((await ok('plan', 'raise', CODE, '--line', '1', '--threshold', '4')).out).toContain('đã hiểu');
    expect((await lantoa('plan', 'follow', CODE, '--line', '1')).code).toBe(5);
    expect((await lantoa('plan', 'follow', CODE, '--line', '3')).code).toBe(4);
    const head = ['--name', 'Sùng Thị Mẫu', '--post', 'Trưởng trạm', '--note', 'Thay người'];
    expect((await ok('plan', 'head', CODE, '--line', '2', ...head)).out).toContain('Sùng Thị Mẫu');

    const copy = join(folder, 'ra.yaml');
    await ok('plan', 'export', CODE, copy);
    const { out } = await ok('plan', 'export', CODE);
    expect(out).toBe(await readFile(copy, 'utf8'));
    expect(out).toContain('head: Sùng Thị Mẫu, Trưởng trạm');

    expect((await lantoa('plan', 'close', CODE)).code).toBe(2);
    expect((await ok('plan', 'close', CODE, '--note', 'Kế hoạch mới')).out).toContain('đã kết thúc');
    expect((await ok('plan', 'list', '--json')).json.plans[0].state).toBe('closed');
  });

  it('a file with faults is told line by line, and leaves nothing', async () => {
    const path = await file('sai.yaml', planText({ code: 'sai' }, [lineText({ message: 'khong-co', target: '200' })]));
    const said = await lantoa('plan', 'import', path);
    expect(said.code).toBe(2);
    expect(said.err).toContain('còn 1 chỗ cần sửa');
    expect(said.err).toContain('Dòng 17, cột 13: chỉ tiêu “200”');
    const { json } = await lantoa('plan', 'import', path, '--json');
    expect(json.error.fields[0]).toMatchObject({ path: 'lines.0.target' });
    expect((await lantoa('plan', 'show', 'sai')).code).toBe(4);
    expect((await lantoa('plan', 'import', join(folder, 'khong-co.yaml'))).code).toBe(2);
  });

  it('what a file names and nobody knows is told with its place, in both languages, and nothing is changed', async () => {
    await ok('plan', 'import', await file('co.yaml', planText({ code: 'con-thieu' })));
    const shown = async () => (await ok('plan', 'show', 'con-thieu', '--json')).json;
    const before = await shown();
    const line = lineText({ message: 'khong-co', audience: 'ho-giau', places: '[Thôn Bốn]' });
    const path = await file('sai-ten.yaml', planText({ code: 'con-thieu' }, [line]));
    for (const [more, sentences] of [
      [
        [],
        [
          'Tệp kế hoạch còn 3 chỗ cần sửa',
          'Dòng 9, cột 14: không có thông điệp “khong-co”',
          'Dòng 10, cột 15: không có đối tượng “ho-giau”',
          'Dòng 18, cột 14: không tìm thấy địa bàn “Thôn Bốn”',
        ],
      ],
      [
        ['--dry-run', '--lang', 'en'],
        [
          'Line 9, column 14: there is no message “khong-co”',
          'Line 10, column 15: there is no audience “ho-giau”',
          'Line 18, column 14: the place “Thôn Bốn” is not known',
        ],
      ],
    ] as const) {
      const said = await lantoa('plan', 'import', path, ...more);
      expect([said.code, said.out]).toEqual([2, '']);
      for (const sentence of sentences) expect(said.err).toContain(sentence);
    }
    const { json } = await lantoa('plan', 'import', path, '--json');
    expect(json.error.fields.map(({ path: at }: { path: string }) => at)).toEqual([
      ...['lines.0.message', 'lines.0.audience', 'lines.0.places.0'],
    ]);
    expect(await shown()).toEqual(before);
  });

  it('lines that mean nobody are told, with the dry run and with the real one', async () => {
    const lines = [lineText(), lineText({ what: 'Chúc mừng', audience: 'ho-moi-thoat-ngheo' })];
    const path = await file('khong-ai.yaml', planText({ code: 'khong-ai' }, lines));
    const dry = await ok('plan', 'import', path, '--dry-run');
    expect(dry.out).toContain('Trong sổ hiện không có ai thuộc đối tượng của 1 dòng kế hoạch.');
    expect(dry.out).toContain('Dòng 2: Chúc mừng (đối tượng: Hộ mới thoát nghèo)');
    expect((await ok('plan', 'import', path, '--dry-run', '--lang', 'en')).out).toContain(
      'Line 2: Chúc mừng (audience: Hộ mới thoát nghèo)',
    );
    const { json } = await ok('plan', 'import', path, '--json');
    expect(json).toMatchObject({
      ...{ written: true, lines: 2 },
      nobody: [{ position: 2, what: 'Chúc mừng', audience: 'Hộ mới thoát nghèo' }],
    });
    expect((await ok('plan', 'import', path)).out).toContain('Còn thiếu danh sách thì hãy nhập trước khi làm');
    const right = await file('co-nguoi.yaml', planText({ code: 'khong-ai' }));
    expect((await ok('plan', 'import', right)).out).not.toContain('không có ai');
  });

  it('as somebody of another commune there is nothing', async () => {
    const own = await file('cua-minh.yaml', planText({ code: 'cua-minh' }));
    expect((await lantoa('plan', 'import', own, '--as', 'noi-khac')).code).toBe(3);
    await ok('plan', 'import', own, '--as', 'o-day');
    for (const args of [['show'], ['export'], ['activities'], ['close', '--note', 'x']])
      expect((await lantoa('plan', args[0]!, 'cua-minh', ...args.slice(1), '--as', 'noi-khac')).code).toBe(4);
    expect((await ok('plan', 'list', '--as', 'noi-khac', '--json')).json.plans).toEqual([]);
  });

  it('helps in both languages', async () => {
    expect((await ok('plan', '--help')).out).toContain('Ban hành: số, ngày, người ký và bản đã ký');
    expect((await ok('plan', 'issue', '--help', '--lang', 'en')).out).toContain('The signed document');
  });
});
