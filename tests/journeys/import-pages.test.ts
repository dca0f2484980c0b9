import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import {
  commitList,
  discardList,
  failList,
  getImport,
  listFaults,
  undoList,
} from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { capital } from '../../src/web/show.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import {
  bringIn,
  check,
  checkText,
  emptyRegistry,
  householdsCsv,
  importVillages,
  type List,
  type Row,
  receive,
  taXiLang,
} from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let officer: Walker;
let leader: Walker;

const household = (no: number, more: Partial<Row> = {}): Row => ({
  code: `04603.01.000${no}`,
  head: `Hộ Mẫu ${no}`,
  id: `01508000000${no}`,
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  ...more,
});
const list = (rows: readonly Row[], more: Partial<List> = {}): List => ({
  rows,
  asOf: '2025-11-30',
  synthetic: true,
  ...more,
});
const wrong = household(9, { village: 'Thôn không có' });

const enter = async (username: string): Promise<Walker> => {
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username });
  await walker.send(path, path, {});
  return walker;
};

const samplesOf = async (importId: string): Promise<string[]> => {
  const { shape } = await world.execute(getImport, systemActor, { importId });
  return shape!.sheets.flatMap(({ columns }) => columns.flatMap(({ samples }) => samples));
};

const page = async (walker: Walker, path: string): Promise<[status: number, html: string]> => {
  const response = await walker.get(path);
  return [response.status, await response.text()];
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  web = await startPages(world);
  for (const role of ['officer', 'leader'] as const)
    await world.execute(addUser, systemActor, {
      username: role,
      name: role,
      password: 'một mật khẩu dài',
      role,
      placeId: taXiLang,
    });
  officer = await enter('officer');
  leader = await enter('leader');
});

afterAll(async () => {
  await web?.close();
  await world?.close();
});

beforeEach(() => emptyRegistry(world));

describe('cells of real people', () => {
  it('do not stay in the shape of a list that has ended, however it ended', async () => {
    const lists = [await check(world, list([household(1)])), await check(world, list([household(2)]))];
    const [committed, discarded] = lists.map(({ importId }) => importId) as [string, string];
    expect(await samplesOf(committed)).toContain('Hộ Mẫu 1');
    expect((await samplesOf(committed)).join()).not.toContain('015080000001');
    await world.execute(commitList, systemActor, { importId: committed });
    await world.execute(discardList, systemActor, { importId: discarded });
    const { importId: failed } = await check(world, list([household(3)]));
    const before = (await world.execute(getImport, systemActor, { importId: failed })).shape!;
    await world.execute(failList, systemActor, { importId: failed, code: 'import.defect', params: {} });
    for (const importId of [committed, discarded, failed]) expect(await samplesOf(importId)).toEqual([]);
    const { shape } = await world.execute(getImport, systemActor, { importId: failed });
    const bare = (one: typeof before) =>
      one.sheets.map((sheet) => ({ ...sheet, columns: sheet.columns.map((column) => ({ ...column, samples: [] })) }));
    expect(shape!.sheets).toEqual(bare(before));
  });

  it('a list that failed before it was opened has no shape to clear', async () => {
    const importId = await receive(world, list([household(1)]));
    await world.execute(failList, systemActor, { importId, code: 'import.defect', params: {} });
    expect(await world.execute(getImport, systemActor, { importId })).toMatchObject({ state: 'failed', shape: null });
  });

  it('in the report of faults: who looked is written down', async () => {
    const { importId } = await check(world, list([wrong]));
    const { rows } = await world.execute(listFaults, systemActor, { importId });
    const { rows: audit } = await world.database.pool.query(
      `select refs from platform.audit where name = 'registry.list-faults' order by audit_id desc limit 1`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(audit[0].refs).toEqual({ importId, faults: rows.length });
  });

  it('in the file of faults: an example says so in every row', async () => {
    await bringIn(world, list([household(1)]));
    const { importId } = await check(world, list([wrong]));
    const [, csv] = await page(officer, `/imports/${importId}/faults.csv`);
    const lines = csv.trim().split('\r\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatch(/,Ghi chú$/u);
    for (const line of lines.slice(1)) expect(line).toMatch(/,dữ liệu mô phỏng$/u);
  });
});

describe('a list that has to come again', () => {
  it('is sent corrected with its place, its day and its complete classes kept', async () => {
    const { importId } = await check(world, list([wrong], { complete: ['poor', 'near_poor'] }));
    const [, html] = await page(officer, `/imports/${importId}`);
    const [, href] = /href="(\/imports\/new\?[^"]+)"/u.exec(html)!;
    const [status, form] = await page(officer, href!.replaceAll('&amp;', '&'));
    expect(status).toBe(200);
    expect(form).toMatch(new RegExp(`<option value="${taXiLang}" selected`, 'u'));
    expect(form).toContain('name="asOf" type="text" value="30/11/2025"');
    const ticked = [...form.matchAll(/name="completeClasses" value="(\w+)" checked/gu)].map(([, value]) => value);
    expect(ticked).toEqual(['poor', 'near_poor']);
    expect(form).toContain(say('vi', 'page.imports.corrected-lead'));
    expect((await page(leader, `/imports/${importId}`))[1]).not.toContain('/imports/new');
  });

  it('leads to the villages when the register has none of that name', async () => {
    const { importId } = await check(world, list([wrong]));
    expect((await page(officer, `/imports/${importId}`))[1]).toContain('href="/villages/import"');
    const { importId: right } = await check(world, list([household(1, { class: 'Hộ không rõ' })]));
    expect((await page(officer, `/imports/${right}`))[1]).not.toContain('href="/villages/import"');
  });

  it('does not wait on the page of the day any more once the corrected one is there', async () => {
    const { importId } = await check(world, list([wrong]));
    expect((await page(officer, '/'))[1]).toContain(`/imports/${importId}`);
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
    await bringIn(world, list([household(9)]));
    expect((await page(officer, '/'))[1]).not.toContain(`/imports/${importId}`);
  });
});

describe('a list that was undone', () => {
  it('says so, and nowhere that it is done', async () => {
    const importId = await bringIn(world, list([household(1)]));
    const done = `>${say('vi', 'page.imports.step.done')}<`;
    expect((await page(officer, `/imports/${importId}`))[1]).toContain(done);
    await world.execute(undoList, systemActor, { importId });
    const [, html] = await page(officer, `/imports/${importId}`);
    expect(html).toContain(say('vi', 'next.import.undone'));
    expect(html).not.toContain(done);
    const [, lists] = await page(officer, '/imports');
    expect(lists).toContain(capital(say('vi', 'page.imports.state.undone')));
    expect(lists).not.toContain(say('vi', 'page.imports.state.committed'));
  });
});

describe('before a list is chosen', () => {
  it('the example says that it takes invented lists only, and gives one that comes in without a fault', async () => {
    await bringIn(world, list([household(1)]));
    const [, html] = await page(officer, '/imports/new');
    expect(html).toContain(say('vi', 'page.imports.trial'));
    expect(html).toContain('href="/imports/sample.csv"');
    const [status, sample] = await page(officer, '/imports/sample.csv');
    expect(status).toBe(200);
    const { importId } = await checkText(world, sample);
    const { counts, synthetic } = await world.execute(getImport, systemActor, { importId });
    expect([counts, synthetic]).toEqual([
      expect.objectContaining({ households: 4, added: 4, errors: 0, warnings: 0 }),
      true,
    ]);
    expect((await page(leader, '/imports/sample.csv'))[0]).toBe(403);
  });

  it('an installation with real people gives the headings alone', async () => {
    const [, html] = await page(officer, '/imports/new');
    expect(html).not.toContain(say('vi', 'page.imports.trial'));
    const [, blank] = await page(officer, '/imports/sample.csv');
    expect(blank.trim().split('\r\n')).toHaveLength(1);
    const { importId } = await checkText(world, `${blank}H-1;Giàng A Mẫu;1962;;Thôn Một;Hộ nghèo;5;Mông;;;`);
    const { counts, synthetic } = await world.execute(getImport, systemActor, { importId });
    expect([counts, synthetic]).toEqual([expect.objectContaining({ added: 1, errors: 0, warnings: 0 }), false]);
  });
});

describe('what a leader sees', () => {
  it('is never a button that can only fail', async () => {
    const { importId } = await check(world, list([household(1)]));
    const at = `/imports/${importId}`;
    expect((await page(officer, at))[1]).toContain(`${at}/mapping`);
    expect((await page(leader, at))[1]).not.toMatch(/\/(mapping|commit|discard|check|undo)"/u);
    for (const path of ['/imports/new', `${at}/mapping`, `${at}/undo`]) expect((await page(leader, path))[0]).toBe(403);
    expect((await page(officer, `${at}/mapping`))[0]).toBe(200);
  });

  it('of questions: the answers, not the form', async () => {
    await bringIn(world, list([household(1), household(2)]));
    const importId = await bringIn(world, list([household(1)], { asOf: '2026-05-31' }));
    const at = `/imports/${importId}/decisions?kind=missing`;
    expect((await page(officer, at))[1]).toContain('name="which"');
    const [status, html] = await page(leader, at);
    expect([status, html.includes('Hộ Mẫu 2'), html.includes('name="which"')]).toEqual([200, true, false]);
  });
});

describe('an address that asks for what is not there', () => {
  it('a page behind the last one says so, and does not say that there are no lists', async () => {
    await bringIn(world, list([household(1)]));
    const [, html] = await page(officer, '/imports?page=999');
    expect(html).toContain('Trang này không có');
    expect(html).not.toContain('Chưa có danh sách nào.');
  });

  it('a day that is none is one fault, not two', async () => {
    const [status, html] = await page(officer, '/counts?on=31/02/2025');
    expect([status, html.includes('Không có địa bàn nào để tính')]).toEqual([200, false]);
    expect(html).toContain('role="alert"');
  });
});

describe('a list in an address', () => {
  it('that is no id, or that of no list, is not there', async () => {
    for (const path of ['', '/faults', '/faults.csv', '/decisions', '/mapping', '/undo'])
      expect((await page(officer, `/imports/abc${path}`))[0], path).toBe(404);
  });

  it('is undone only after it was written, and its columns are set only before', async () => {
    const { importId } = await check(world, list([household(1)]));
    expect((await page(officer, `/imports/${importId}/undo`))[0]).toBe(409);
    await world.execute(commitList, systemActor, { importId });
    expect((await page(officer, `/imports/${importId}/undo`))[0]).toBe(200);
    expect((await page(officer, `/imports/${importId}/mapping`))[0]).toBe(409);
  });
});

describe('one answer for all households of a list that is written already', () => {
  it('is asked twice', async () => {
    await bringIn(world, list([household(1), household(2), household(3)]));
    const importId = await bringIn(world, list([household(1)], { asOf: '2026-05-31' }));
    const at = `/imports/${importId}/decisions?kind=missing`;
    const open = async () => (await world.execute(getImport, systemActor, { importId })).open.missing;
    const asked = await officer.send(at, at, { kind: 'missing', answer: 'escaped', which: 'all' });
    const html = await asked.text();
    expect(asked.status).toBe(200);
    expect(html).toContain('Trả lời “Đã thoát diện” cho cả 2 hộ?');
    expect(html).toContain('hoàn tác cả lần nhập');
    expect(await open()).toBe(2);
    const hidden = Object.fromEntries(
      [...html.split('<main')[1]!.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/gu)].map((found) => [
        found[1]!,
        found[2]!,
      ]),
    );
    const answered = await officer.post(at, new URLSearchParams({ ...hidden, which: 'all' }));
    expect(answered.status).toBe(303);
    expect(await open()).toBe(0);
  });
});

describe('a list that is sent', () => {
  const send = async (walker: Walker, rows: readonly Row[], fields: Record<string, string>) => {
    const body = new FormData();
    body.set('csrf', await walker.token('/'));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set('file', new File([householdsCsv(rows, true)], 'danh-sach.csv'));
    return (await walker.post('/imports', body)).status;
  };
  it('with several things wrong is told all of them at once, and that the file must be chosen again', async () => {
    const body = new FormData();
    body.set('csrf', await officer.token('/'));
    body.set('asOf', '31/02/2025');
    const nothing = await (await officer.post('/imports', body)).text();
    for (const what of ['field-file', 'field-placeId', 'field-asOf']) expect(nothing).toContain(`href="#${what}"`);
    body.set('file', new File([householdsCsv([household(4)], true)], 'danh-sach.csv'));
    const chosen = await (await officer.post('/imports', body)).text();
    expect(chosen).not.toContain('href="#field-file"');
    expect(chosen).toContain('Hãy chọn lại tệp');
    const [, empty] = await page(officer, '/imports/new');
    expect(empty).not.toContain('Hãy chọn lại tệp');
    // A list is complete only when somebody says so.
    expect(empty).toContain('name="completeClasses"');
    expect(empty).not.toMatch(/name="completeClasses"[^>]* checked/u);
  });

  it('may be that of one village, of which nobody else is asked about then', async () => {
    const [, html] = await page(officer, '/imports/new');
    const village = /<option value="([^"]+)">Thôn Một – Xã Tà X?S?i/u.exec(html)?.[1];
    expect(village).toBeDefined();
    await bringIn(world, list([household(1), household(2), household(3, { village: 'Thôn Hai' })]));
    const one = list([household(1)], { asOf: '2026-05-31', placeId: village! });
    expect((await check(world, one)).counts).toMatchObject({ same: 1, missing: 1, errors: 0 });
  });

  const kept = async () => (await readdir(join(world.dataDir, 'files'))).length;

  it('by a leader is not taken in; of a refused form it does not stay, unless another import has it', async () => {
    const before = await kept();
    const fits = { placeId: taXiLang, asOf: '30/11/2025' };
    expect(await send(leader, [household(5)], fits)).toBe(403);
    expect(await send(officer, [household(6)], { ...fits, asOf: '31/31/2025' })).toBe(422);
    expect(await kept()).toBe(before);
    expect(await send(officer, [household(7)], fits)).toBe(303);
    expect(await send(officer, [household(7)], { ...fits, asOf: '31/31/2025' })).toBe(422);
    expect(await kept()).toBe(before + 1);
  });
});
