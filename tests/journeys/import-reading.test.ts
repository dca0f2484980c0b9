import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readWholeReport, reportJson, showReport } from '../../src/cli/import-report.ts';
import type { Session } from '../../src/cli/session.ts';
import { openTerminal } from '../../src/cli/terminal.ts';
import { checkList, commitList, listFaults, mapList, openList, receiveList } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { emptyRegistry, importVillages, taXiLang, upload } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());
beforeEach(() => emptyRegistry(world));

type Cells = readonly (string | number | null)[];

const workbook = async (sheets: Readonly<Record<string, readonly Cells[]>>): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name);
    rows.forEach((cells, at) => {
      sheet.getRow(at + 1).values = [...cells];
    });
  }
  return Buffer.from(await book.xlsx.writeBuffer());
};

const receive = async (content: string | Buffer, name = 'danh-sach.xlsx'): Promise<string> => {
  const file = await upload(world, name, content);
  const { importId } = await world.execute(receiveList, systemActor, {
    file,
    placeId: taXiLang,
    asOf: '2024-11-30',
    stepwise: true,
  });
  return importId;
};
const open = (importId: string) => world.execute(openList, systemActor, { importId });
const map = (importId: string) => world.execute(mapList, systemActor, { importId, stepwise: true });
const check = async (sheets: Readonly<Record<string, readonly Cells[]>>) => {
  const importId = await receive(await workbook(sheets));
  await open(importId);
  await map(importId);
  return { importId, counts: await world.execute(checkList, systemActor, { importId }) };
};
const faults = async (importId: string) =>
  (await world.execute(listFaults, systemActor, { importId })).rows.map(({ code, cell }) => `${cell} ${code}`);

const HEAD = ['STT', 'Mã hộ', 'Họ và tên chủ hộ', 'Năm sinh', 'Thôn', 'Phân loại hộ'];
const PAO = [1, 'H-1', 'Giàng A Páo', 1970, 'Thôn Một', 'Hộ nghèo'];

describe('a list', () => {
  it('without villages is one question of the mapping, not an error in each row', async () => {
    const rows = [HEAD, PAO].map((cells) => cells.toSpliced(4, 1));
    const importId = await receive(await workbook({ DS: rows }));
    await open(importId);
    await expect(map(importId)).rejects.toMatchObject({
      code: 'import.mapping',
      fields: [{ code: 'import.missing-field', params: { field: '@list.field.village', sheet: 'DS' } }],
    });
  });

  it('whose letters are lost says so, one that is no list says that', async () => {
    const lost = 'STT;M? h?;H? t?n ch? h?;Th?n;Ph?n lo?i h?\n1;H-1;Nguy?n Th? H??ng;Th?n M?t;H? ngh?o\n';
    await expect(receive(lost, 'mat-chu.csv').then(open)).rejects.toMatchObject({ code: 'import.letters-lost' });
    await expect(receive('Tên;Giá\nGạo;1\n', 'gia.csv').then(open)).rejects.toMatchObject({ code: 'import.no-list' });
  });

  it('may name the commune behind the village', async () => {
    const rows = [HEAD, PAO.with(4, 'Thôn Một, xã Tà Si Láng'), PAO.with(1, 'H-2').with(4, 'Bản Cao, xã Pá Hu')];
    const { importId } = await check({ DS: rows });
    expect((await faults(importId)).filter((fault) => !fault.includes('person-twice'))).toEqual([
      expect.stringContaining('list.commune-elsewhere'),
    ]);
  });

  it('of classes in lines of their own is written', async () => {
    const head = ['STT', 'Họ và tên chủ hộ', 'Năm sinh', 'Thôn'];
    const rows = [['DANH SÁCH NĂM 2024'], head, ['A', 'HỘ NGHÈO'], [1, 'Mùa A Bê', 1970, 'Thôn Một'], ['B', 'HỘ CẬN NGHÈO'], [1, 'Mùa A Xê', 1971, 'Thôn Hai']]; // biome-ignore format: rows
    const { importId, counts } = await check({ DS: rows });
    expect(counts).toMatchObject({ households: 2, added: 2, errors: 0, warnings: 0 });
    await world.execute(commitList, systemActor, { importId });
    const { rows: found } = await world.database.pool.query(
      'select head_name, class from registry.subject_now order by head_name',
    );
    expect(found).toEqual([
      { head_name: 'Mùa A Bê', class: 'poor' },
      { head_name: 'Mùa A Xê', class: 'near_poor' },
    ]);
  });

  it('of heads with their members below them is written with all its people', async () => {
    const head = ['Mã hộ', 'Họ và tên', 'Quan hệ với chủ hộ', 'Năm sinh', 'Thôn', 'Số khẩu', 'Phân loại hộ'];
    const { importId, counts } = await check({
      DS: [
        head,
        ['H-1', 'Giàng A Lềnh', 'Chủ hộ', 1980, 'Thôn Một', 2, 'Hộ nghèo'],
        [null, 'Mùa Thị Say', 'Vợ', 1982, null, null, null],
        ['H-2', 'Lù Thị Dua', 'Chủ hộ', 1975, 'Thôn Hai', 1, 'Cận nghèo'],
      ],
    });
    expect([counts, await faults(importId)]).toMatchObject([{ households: 2, members: 3, errors: 0, warnings: 0 }, []]);
    await world.execute(commitList, systemActor, { importId });
    const { rows } = await world.database.pool.query(
      'select s.code, p.name, p.is_head from registry.person p join registry.subject s using (subject_id) order by s.code, p.is_head desc',
    );
    expect(rows).toEqual([
      { code: 'H-1', name: 'Giàng A Lềnh', is_head: true },
      { code: 'H-1', name: 'Mùa Thị Say', is_head: false },
      { code: 'H-2', name: 'Lù Thị Dua', is_head: true },
    ]);
  });
});

it('the terminal shows how columns were read, and which sheets and rows were left out', async () => {
  const { importId } = await check({
    'DS mới': [
      [...HEAD.with(5, 'Phân loại hộ năm 2023'), 'Phân loại hộ năm 2024'],
      [...PAO.with(5, 'Hộ cận nghèo'), 'Hộ nghèo'],
      ['Tổng cộng', null, '1 hộ'],
      ['Người lập', null, null, null, 'Chủ tịch'],
    ],
    'DS cũ': [HEAD, PAO.with(2, 'Giàng A Xưa')],
  });
  let out = '';
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
  };
  const terminal = openTerminal({}, output);
  const ask = (useCase: Parameters<World['execute']>[0], input: never) => world.execute(useCase, systemActor, input);
  const report = await readWholeReport({ terminal, ask } as unknown as Session, importId, true);
  showReport(terminal, report);
  expect(out).toContain('Bảng “DS mới” (danh sách hộ):');
  expect(out).toMatch(/^C +Họ và tên chủ hộ +Họ tên chủ hộ$/mu);
  expect(out).toMatch(/^F +Phân loại hộ năm 2023 +\(bỏ qua\)$/mu);
  expect(out).toMatch(/^G +Phân loại hộ năm 2024 +Phân loại hộ$/mu);
  expect(out).toMatch(/Bảng “DS cũ” không đọc\. Tên trang này cho biết là bản cũ/u);
  expect(out).toMatch(/^DS mới +dòng cộng +1 +3$/mu);
  expect(out).toMatch(/^DS mới +phần ký tên +1 +4$/mu);
  expect(out).toContain('Cột này cũng là “Phân loại hộ”. Máy đã lấy cột G');
  expect(out).not.toMatch(/(?:page|cli|list|fault)\.[a-z]/u);
  const json = JSON.stringify(reportJson(report));
  expect(json).toContain('"column":"G","heading":"Phân loại hộ năm 2024","field":"class"');
  expect(json).not.toContain('Xưa');
});
