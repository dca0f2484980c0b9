import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleVillagesCsv } from '../../src/example/index.ts';
import { addExamplePeople, createSignInLink } from '../../src/modules/identity/index.ts';
import { registryJobs } from '../../src/modules/registry/index.ts';
import {
  findByCommuneCode,
  importPlaces,
  listChildren,
  loadReferenceUnits,
} from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let browser: Browser;
let folder: string;
let villages: string[];

beforeAll(async () => {
  world = await createWorld();
  folder = await mkdtemp(join(tmpdir(), 'lantoa-lists-'));
  await world.execute(loadReferenceUnits, systemActor, {});
  const rows = exampleVillagesCsv()
    .split(/\r?\n/u)
    .map((line, at) => ({ row: at + 1, cells: line.replace(/^\uFEFF/u, '').split(';') }));
  await world.execute(importPlaces, systemActor, { rows, commit: true });
  const { placeId } = await world.execute(findByCommuneCode, systemActor, { code: '04585', on: '2025-11-30' });
  const children = await world.execute(listChildren, systemActor, { placeId });
  villages = children.map(({ name }) => name);
  await world.execute(addExamplePeople, systemActor, {
    communeId: placeId,
    villageId: children[0]!.placeId,
    provinceId: placeId,
  });
  web = await startPages(world);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Row {
  readonly code: string;
  readonly head: string;
  readonly village: string;
  readonly class: string;
  readonly lacks: number;
}

const INDICATORS = [
  'Việc làm',
  'Người phụ thuộc',
  'Dinh dưỡng',
  'BHYT',
  'Trình độ GD người lớn',
  'Trẻ em đi học',
  'Chất lượng nhà ở',
  'Diện tích nhà ở',
  'Nước sinh hoạt',
  'Nhà tiêu HVS',
  'Dịch vụ viễn thông',
  'Phương tiện thông tin',
];

/** A list as an office keeps it: letterhead, title, a header of two lines with a merged group, a total, signatures. */
const writeList = async (name: string, rows: readonly Row[]): Promise<string> => {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Danh sách');
  sheet.addRow(['ỦY BAN NHÂN DÂN XÃ HẠNH PHÚC']);
  sheet.mergeCells('A1:E1');
  sheet.addRow(['DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025 (dữ liệu mô phỏng)']);
  sheet.mergeCells('A2:R2');
  const plain = ['TT', 'Mã số hộ', 'Họ tên chủ hộ', 'Năm sinh', 'Thôn', 'Phân loại'];
  sheet.addRow([...plain, 'Chỉ số thiếu hụt']);
  sheet.addRow([...plain.map(() => null), ...INDICATORS]);
  for (const at of plain.keys()) sheet.mergeCells(3, at + 1, 4, at + 1);
  sheet.mergeCells(3, plain.length + 1, 3, plain.length + INDICATORS.length);
  rows.forEach((row, at) => {
    sheet.addRow([
      at + 1,
      row.code,
      row.head,
      1980 + at,
      row.village,
      row.class,
      ...INDICATORS.map((_, one) => (one < row.lacks ? 'x' : null)),
    ]);
  });
  sheet.addRow(['Tổng cộng', `${rows.length} hộ`]);
  sheet.addRow([]);
  sheet.addRow([null, 'NGƯỜI LẬP', null, null, 'CHỦ TỊCH']);
  const path = join(folder, name);
  await book.xlsx.writeFile(path);
  return path;
};

const runJobs = async (): Promise<void> => {
  for (let job = world.queued.shift(); job; job = world.queued.shift()) {
    const { name, data } = job;
    await registryJobs.find((known) => known.name === name)!.run(world.execute, data);
  }
};

const upload = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${web.url}/imports/new`);
  await page.setInputFiles('#field-file', path);
  await page.selectOption('#field-placeId', { label: 'Xã Hạnh Phúc' });
  await page.fill('#field-asOf', '30/11/2025');
  // Nobody is said to be missing from a list unless somebody says that it is complete.
  expect(await page.locator('input[name=completeClasses]').count()).toBeGreaterThan(0);
  expect(await page.locator('input[name=completeClasses]:checked').count()).toBe(0);
  for (const kind of ['poor', 'near_poor', 'newly_escaped'])
    await page.check(`input[name=completeClasses][value=${kind}]`);
  await page.click('main button.primary');
  await runJobs();
  await page.reload();
};

/** From a recognised list to its dry run, without changing any column. */
const check = async (page: Page, see: () => Promise<void>): Promise<void> => {
  await page.click('main a.primary');
  await see();
  await page.click('main button.primary');
  await runJobs();
  await page.reload();
};

/** How far pieces of cells stand from the left edge of their cell, in parts of its width. */
const indents = (page: Page, selector: string): Promise<number[]> =>
  page.locator(selector).evaluateAll((pieces) =>
    pieces.map((piece) => {
      const [own, cell] = [piece.getBoundingClientRect(), piece.closest('td')!.getBoundingClientRect()];
      return (own.left - cell.left) / cell.width;
    }),
  );

/** How far apart the words of the first two cells of the first row stand in height, in pixels. */
const unevenness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const middle = (cell: Element) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const words = [...range.getClientRects()].filter(({ height }) => height > 0 && height < 30).at(-1)!;
      return (words.top + words.bottom) / 2;
    };
    const [one, two] = document.querySelectorAll('main tbody tr:first-child td');
    return Math.abs(middle(one!) - middle(two!));
  });

const text = (page: Page): Promise<string> => page.innerText('main');

// Axe needs scripts in the page; without them the same walk is done blind.
describe.each([
  { width: 360, script: false },
  { width: 360, script: true },
  { width: 1280, script: true },
])('a list comes in at $width px, script: $script', ({ width, script }) => {
  it('is refused with its row, corrected, written, changed, asked about, undone', async () => {
    const context = await browser.newContext({ viewport: { width, height: 760 }, javaScriptEnabled: script });
    const see = async () => {
      if (script) await look(page);
    };
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    const { path } = await world.execute(createSignInLink, systemActor, { username: 'can-bo' });
    await page.goto(web.url + path);
    await page.click('main button');
    const [first, second] = villages as [string, string];
    const tag = `${width}-${script ? 'co' : 'khong'}-script`;
    const code = (n: number) => `0458599${width}${Number(script)}${n}`;
    const rows: Row[] = [
      { code: code(1), head: 'Giàng A Thử', village: first, class: 'Hộ nghèo', lacks: 4 },
      { code: code(2), head: 'Mùa Thị Mẫu', village: second, class: 'Cận nghèo', lacks: 1 },
      { code: code(3), head: 'Lò Văn Ví', village: second, class: 'Hộ nghèo', lacks: 2 },
    ];
    const wrong = await writeList(`sai-${tag}.xlsx`, [...rows.slice(0, 2), { ...rows[2]!, village: `${second} x` }]);
    await upload(page, wrong);
    await see();
    await check(page, see);
    await see();
    if (script && width < 600) {
      // Beside the name of the column, not under it.
      const found = await indents(page, 'td .badge');
      expect(found.length).toBeGreaterThan(0);
      for (const indent of found) expect(indent).toBeGreaterThan(0.3);
    }
    const report = await text(page);
    expect(report).toContain(`${second} x`);
    expect(report).toContain('Xã không có thôn này');
    expect(await page.locator('tr:has-text("Xã không có thôn này")').first().innerText()).toMatch(/(^|\s)7(\s|$)/u);
    expect(await page.locator('form[action$="/commit"]').count()).toBe(0);
    await page.click('form[action$="/discard"] button');
    expect(await text(page)).toContain('Đã bỏ');

    await upload(page, await writeList(`dung-${tag}.xlsx`, rows));
    await check(page, see);
    // Poor with two indicators: said, not changed.
    expect(await text(page)).toContain('Hộ nghèo nhưng chỉ thiếu hụt 2 chỉ số');
    await page.click('form[action$="/commit"] button');
    expect(await text(page)).toContain('Đã ghi vào sổ');
    await see();
    await page.click('main a.primary');
    await see();
    expect(await page.locator(`tr:has-text("${second}")`).first().innerText()).toMatch(/1\s+1\s+0\s+2/u);

    await page.goto(`${web.url}/households?text=giang+a+thu`);
    await see();
    if (script && width > 600) expect(await unevenness(page)).toBeLessThan(4);
    await page.click('main table td a');
    expect(await text(page)).toContain('Hộ Giàng A Thử');
    await see();

    // Next week's version of the list: one household has left it.
    await upload(page, await writeList(`sua-${tag}.xlsx`, rows.slice(0, 2)));
    await check(page, see);
    await page.click('main a[href$="decisions?kind=missing"]:not(.figure a)');
    await see();
    expect(await text(page)).toContain('Lò Văn Ví');
    // The box stands where its cell's words would.
    if (script && width < 600)
      for (const indent of await indents(page, 'input[name="ids"]')) expect(indent).toBeLessThan(0.5);
    await page.click('button[value="marked"]');
    expect(await text(page)).toContain('Hãy chọn một câu trả lời');
    await page.check('input[name="answer"][value="escaped"]');
    await page.click('button[value="all"]');
    expect(await page.locator('tr:has-text("Lò Văn Ví")').innerText()).toContain('Đã thoát diện');
    await page.click('main a.back');
    await page.click('form[action$="/commit"] button');
    const done = page.url();
    await page.click('main a.primary');
    expect(await page.locator(`tr:has-text("${second}")`).first().innerText()).toMatch(/0\s+1\s+0\s+1/u);

    await page.goto(done);
    await page.click('main a[href$="/undo"]');
    await see();
    await page.click('main button.danger');
    expect(await text(page)).toContain('Đã hoàn tác');
    await page.goto(`${web.url}/counts?on=30/11/2025`);
    expect(await page.locator(`tr:has-text("${second}")`).first().innerText()).toMatch(/1\s+1\s+0\s+2/u);

    // A list that is written with its questions open: one answer for all is asked twice, for it stands at once.
    await upload(page, await writeList(`sot-${tag}.xlsx`, rows.slice(0, 1)));
    await check(page, see);
    await page.click('form[action$="/commit"] button');
    const late = page.url();
    await page.click('main a[href$="decisions?kind=missing"]:not(.figure a)');
    await see();
    await page.check('input[name="answer"][value="moved"]');
    await page.click('button[value="all"]');
    expect(await text(page)).toContain('cho cả 2 hộ?');
    await see();
    await page.click('main form a');
    await page.check('input[name="answer"][value="moved"]');
    await page.click('button[value="all"]');
    await page.click('button[value="all"]');
    expect(await page.locator('tr:has-text("Lò Văn Ví")').innerText()).toContain('Chuyển đi');
    await page.goto(`${late}/undo`);
    await page.click('main button.danger');

    // Leave nothing to the next width.
    await page.goto(`${web.url}/imports`);
    await see();
    await page.click(`tr:has-text("dung-${tag}") a`);
    await page.click('main a[href$="/undo"]');
    await page.click('main button.danger');
    expect(await text(page)).toContain('Đã hoàn tác');
    await leave(context);
  });
});
