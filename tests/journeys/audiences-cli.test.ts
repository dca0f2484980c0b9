import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/platform/log.ts';
import { type EmbeddedPostgres, openEmbedded } from '../../src/platform/postgres/index.ts';
import { type CommandLine, commandLine } from '../support/command-line.ts';

let folder: string;
let server: EmbeddedPostgres;
let ok: CommandLine['ok'];
let lantoa: CommandLine['lantoa'];

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-audiences-'));
  const data = join(folder, 'data');
  server = await openEmbedded({ dataDir: data, log: silentLog() });
  ({ ok, lantoa } = commandLine(data));
  await ok('import', 'places', await file('thon.csv', 'Tên thôn;Mã xã cũ\nThôn Một;04606\nThôn Hai;04588\n'));
  const rows = [
    'Mã hộ;Họ tên chủ hộ;Ngày sinh;Thôn;Phân loại hộ;Số nhân khẩu',
    'TT-1;Giàng A Páo;05/03/1950;Thôn Một;Hộ nghèo;1',
    'TT-2;Vàng A Mỷ;1990;Thôn Hai;Hộ cận nghèo;4',
  ];
  await ok(
    'import',
    'registry',
    await file('ho.csv', `${rows.join('\n')}\n`),
    '--date',
    '30/11/2025',
    '--place',
    '04606',
  );
}, 300_000);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('audiences from the terminal', () => {
  it('are listed, shown, counted, saved and ended', async () => {
    expect((await ok('audience', 'list')).out).toMatch(/ho-ngheo +Hộ nghèo +hộ +có sẵn/u);
    expect((await ok('audience', 'show', 'ho-thieu-thong-tin', '--lang', 'en')).out).toContain(
      'Households that lack indicator 11 (telecom service) or lack indicator 12',
    );
    expect((await ok('audience', 'count', 'ho-ngheo', '--by', 'village')).out).toMatch(
      /1 thuộc đối tượng, 0 chưa rõ, trên 2 trong sổ[\s\S]*Thôn Một/u,
    );
    const rule = await file('gia.yaml', 'subject: household\nwhere:\n  some:\n    age: { min: 60 }\n');
    const counted = (await ok('audience', 'count', rule, '--place', '04606', '--on', '31/12/2025', '--json')).json;
    expect(counted).toMatchObject({ total: 2, fits: 1, unknown: 1, on: '2025-12-31', description: expect.stringMatching(/60 tuổi/u) });
    const saved = await ok('audience', 'save', 'ho-gia', '--name', 'Hộ có người già', '--rule', rule, '--place', '04606');
    expect(saved.out).toContain('Đã lưu đối tượng ho-gia');
    expect((await ok('audience', 'list')).out).toMatch(/ho-gia +Hộ có người già +hộ +xã Trạm Tấu/u);
    await ok('audience', 'end', 'ho-gia');
    expect(await lantoa(['audience', 'show', 'ho-gia'])).toMatchObject({ code: 4, err: 'Không có đối tượng nào mang mã ho-gia.\n' });
  });

  it('a wrong rule is refused with the way to what is wrong', async () => {
    const wrong = await file('sai.json', '{"subject":"household","where":{"all":[{"class":["giàu"]}]}}');
    const said = await lantoa(['audience', 'count', wrong, '--json']);
    expect(said).toMatchObject({ code: 2, json: { error: { fields: [{ path: 'rule.where.all.0.class.0' }] } } });
    expect((await lantoa(['audience', 'count', join(folder, 'khong-co.yaml')])).code).toBe(2);
    expect((await lantoa(['audience', 'count', await file('hong.yaml', 'where: [')])).err).toContain('Không đọc được quy tắc');
  });

  it('a status is given to the commune of its time', async () => {
    const given = ['place', 'status', '04606@30/06/2025', 'special-difficulty', '--from', '04/06/2021', '--document', 'QĐ 861/QĐ-TTg'];
    expect((await ok(...given)).out).toContain('xã Pá Hu');
    const { json } = await ok('audience', 'count', 'ho-xa-dac-biet-kho-khan', '--by', 'village', '--json');
    expect(json).toMatchObject({ total: 2, fits: 1, unknown: 0 });
    await ok(...given, '--to', '31/12/2025', '--mark', 'verified');
    expect((await ok('audience', 'count', 'ho-xa-dac-biet-kho-khan', '--json')).json).toMatchObject({ fits: 0 });
    const on = async (day: string) => (await ok('audience', 'count', 'ho-xa-dac-biet-kho-khan', '--on', day, '--json')).json.fits;
    expect([await on('31/12/2025'), await on('01/01/2026')]).toEqual([1, 0]);
  });
}); // biome-ignore format: lines of a terminal
