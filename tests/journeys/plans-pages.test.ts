import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { getPlan } from '../../src/modules/plans/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { villageOf } from '../support/evidence.ts';
import { bringIn, importVillages, since2025, taXiLang } from '../support/lists.ts';
import { approvedMessage } from '../support/messages.ts';
import { inForce, lineText, PDF, planText, record } from '../support/plans.ts';
import { createWorld, type World } from '../support/world.ts';

const CODE = 'ta-xi-lang-2026';
const AT = `/plans/${CODE}`;
const LATE = { from: '01/01/2026', to: '28/02/2026', head: 'Hờ A Chậm, Trưởng trạm' };

let world: World;
let web: Web;
let officer: Walker;
let agent: Walker;
let stranger: Walker;

const enter = async (username: string, role: 'officer' | 'agent', placeId: string): Promise<Walker> => {
  const password = 'một mật khẩu dài';
  await world.execute(addUser, systemActor, { username, name: username, password, role, placeId });
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username });
  await walker.send(path, path, {});
  return walker;
};

const page = async (walker: Walker, path: string): Promise<[status: number, html: string]> => {
  const response = await walker.get(path);
  return [response.status, await response.text()];
};

const sendFile = async (
  at: string,
  to: string,
  { fields = {}, file }: { fields?: Record<string, string>; file?: [name: string, content: string] },
): Promise<[status: number, html: string, to: string | null]> => {
  const form = new FormData();
  form.append('csrf', await officer.token(at));
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  if (file) form.append('file', new Blob([file[1]]), file[0]);
  const response = await officer.post(to, form);
  return [response.status, await response.text(), response.headers.get('location')];
};

const keptFiles = async (): Promise<number> => (await readdir(join(world.dataDir, 'files'))).length;
const plan = () => world.execute(getPlan, systemActor, { code: CODE });

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, {
    rows: [{ code: 'H01', head: 'Giàng A Mẫu', village: 'Thôn Một', class: 'Hộ nghèo' }],
    asOf: '2025-11-30',
  });
  await approvedMessage(world, taXiLang, 'bhyt-ho-ngheo');
  web = await startPages(world);
  officer = await enter('officer', 'officer', taXiLang);
  agent = await enter('agent', 'agent', await villageOf(world, 'Thôn Một'));
  stranger = await enter('stranger', 'officer', since2025('04606'));
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});
beforeEach(() => world.database.pool.query('truncate plans.plan cascade'));

describe('from a file', () => {
  it('a wrong one is told with line and column, and neither it nor anything of it is kept', async () => {
    const before = await keptFiles();
    const text = planText({ tittle: 'x' }, [lineText({ message: 'khong-co', target: '0' })]);
    const [status, html] = await sendFile('/plans/import', '/plans/import', { file: ['sai.yaml', text] });
    expect(status).toBe(422);
    expect(html).toContain('Tệp kế hoạch còn 2 chỗ cần sửa');
    expect(html).toContain('Dòng 7, cột 1: không có mục “tittle”');
    expect(html).toContain('Dòng 18, cột 13: chỉ tiêu “0”');
    expect(await keptFiles()).toBe(before);
    expect((await page(officer, AT))[0]).toBe(404);
    const [none, again] = await sendFile('/plans/import', '/plans/import', {});
    expect([none, again.includes('Hãy chọn tệp kế hoạch')]).toEqual([422, true]);
  });

  it('a right one is checked, then brought in; the file goes, the plan stays', async () => {
    const before = await keptFiles();
    const file: [string, string] = ['dung.yaml', planText()];
    const [status, html] = await sendFile('/plans/import', '/plans/import', { file, fields: { only: 'check' } });
    expect([status, html.includes('Chưa ghi gì')]).toEqual([200, true]);
    expect((await page(officer, AT))[0]).toBe(404);
    const [done, , to] = await sendFile('/plans/import', '/plans/import', { file });
    expect([done, to]).toEqual([303, AT]);
    expect(await keptFiles()).toBe(before);
    expect((await plan()).state).toBe('draft');
  });

  it('a line that means nobody is told when it is checked and when it is in, and is no fault', async () => {
    const lines = [lineText(), lineText({ what: 'Chúc mừng', audience: 'ho-moi-thoat-ngheo' })];
    const file: [string, string] = ['dung.yaml', planText({}, lines)];
    const [status, checked] = await sendFile('/plans/import', '/plans/import', { file, fields: { only: 'check' } });
    expect(status).toBe(200);
    expect(checked).toContain('Trong sổ hiện không có ai thuộc đối tượng của 1 dòng kế hoạch.');
    expect(checked).toContain('Dòng 2: Chúc mừng (đối tượng: Hộ mới thoát nghèo)');
    expect(checked).toContain('Còn thiếu danh sách thì hãy nhập trước khi làm');
    expect(checked).not.toContain('Dòng 1: Họp thôn');
    expect((await page(officer, AT))[0]).toBe(404);
    await officer.send('/plans', '/language', { language: 'en' });
    const [, english] = await sendFile('/plans/import', '/plans/import', { file, fields: { only: 'check' } });
    expect(english).toContain('Lines of the plan that mean nobody in the register today: 1.');
    expect(english).toContain('Line 2: Chúc mừng (audience: Hộ mới thoát nghèo)');
    await officer.send('/plans', '/language', { language: 'vi' });
    const [done, , to] = await sendFile('/plans/import', '/plans/import', { file });
    expect([done, to]).toEqual([303, `${AT}?nobody=2`]);
    expect((await page(officer, to!))[1]).toContain('Dòng 2: Chúc mừng (đối tượng: Hộ mới thoát nghèo)');
    // Later the list may have come; and no address makes the page say what is not so.
    for (const path of [AT, `${AT}?nobody=`, `${AT}?nobody=7,x,<b>`])
      expect((await page(officer, path))[1], path).not.toContain('không có ai thuộc đối tượng');
  });

  it('what it names and nobody knows is told with its place, in both languages, and nothing is changed', async () => {
    await sendFile('/plans/import', '/plans/import', { file: ['dung.yaml', planText()] });
    const stored = async () =>
      (
        await world.database.pool.query(
          'select p::text, l::text as line from plans.plan p join plans.plan_line l using (plan_id)',
        )
      ).rows;
    const before = [await stored(), await keptFiles()];
    const wrong = planText({}, [lineText({ message: 'khong-co', audience: 'ho-giau', places: '[Thôn Bốn]' })]);
    for (const fields of [{}, { only: 'check' }] as Record<string, string>[]) {
      const [status, html] = await sendFile('/plans/import', '/plans/import', { file: ['sai.yaml', wrong], fields });
      expect(status).toBe(422);
      expect(html).toContain('Tệp kế hoạch còn 3 chỗ cần sửa');
      const sentences = [
        'Dòng 9, cột 14: không có thông điệp “khong-co” mà địa bàn này dùng được.',
        'Dòng 10, cột 15: không có đối tượng “ho-giau” mà địa bàn này dùng được.',
        'Dòng 18, cột 14: không tìm thấy địa bàn “Thôn Bốn”.',
      ];
      expect(sentences.map((each) => html.includes(each))).toEqual([true, true, true]);
      expect([...sentences].sort((a, b) => html.indexOf(a) - html.indexOf(b))).toEqual(sentences);
    }
    await officer.send('/plans', '/language', { language: 'en' });
    const [, english] = await sendFile('/plans/import', '/plans/import', { file: ['sai.yaml', wrong] });
    await officer.send('/plans', '/language', { language: 'vi' });
    for (const sentence of [
      'Line 9, column 14: there is no message “khong-co” that this place can use.',
      'Line 10, column 15: there is no audience “ho-giau” that this place can use.',
      'Line 18, column 14: the place “Thôn Bốn” is not known.',
    ])
      expect(english).toContain(sentence);
    expect([await stored(), await keptFiles()]).toEqual(before);
  });

  it('is for officers', async () => {
    expect((await page(agent, '/plans/import'))[0]).toBe(403);
    const form = new FormData();
    form.append('csrf', await agent.token('/plans'));
    form.append('file', new Blob([planText()]), 'x.yaml');
    const before = await keptFiles();
    expect((await agent.post('/plans/import', form)).status).toBe(403);
    expect(await keptFiles()).toBe(before);
    expect((await page(agent, '/plans'))[1]).not.toContain('/plans/import');
  });
});

describe('issuing', () => {
  it('is a form with a signed PDF, which keeps what was typed, and the file is read again', async () => {
    await sendFile('/plans/import', '/plans/import', {
      file: ['a.yaml', planText({ number: '7/KH-UBND', signer: 'Giàng A Mẫu' })],
    });
    const [, form] = await page(officer, `${AT}/issue`);
    expect(form).toContain('value="7/KH-UBND"');
    const fields = { number: '8/KH-UBND', issuedOn: '5/1/2026', signer: 'Mùa Thị Mẫu' };
    const before = await keptFiles();
    const send = (file?: [string, string], more = {}) =>
      sendFile(`${AT}/issue`, `${AT}/issue`, { fields: { ...fields, ...more }, ...(file ? { file } : {}) });
    for (const [file, more, sentence] of [
      [undefined, {}, 'Hãy chọn bản đã ký'],
      [['thu.pdf', 'không phải PDF'], {}, 'không phải PDF nguyên vẹn'],
      [['that.pdf', PDF], { issuedOn: 'hôm qua' }, 'Ngày chưa đúng'],
      [['that.pdf', PDF], { issuedOn: '16/06/2026' }, 'không được ở sau hôm nay'],
    ] as const) {
      const [status, html] = await send(file && [...file], more);
      expect([status, html.includes(sentence), html.includes('value="8/KH-UBND"')], sentence).toEqual([
        422,
        true,
        true,
      ]);
    }
    expect(await keptFiles()).toBe(before);
    const [status, , to] = await send(['Kế hoạch đã ký.pdf', PDF]);
    expect([status, to]).toEqual([303, AT]);
    const [, html] = await page(officer, AT);
    expect(html).toContain('Số 8/KH-UBND, ngày 05/01/2026, người ký: Mùa Thị Mẫu');
    for (const walker of [officer, agent]) {
      const signed = await walker.get(`${AT}/signed`);
      expect([signed.headers.get('content-type'), await signed.text()]).toEqual(['application/pdf', PDF]);
      expect(signed.headers.get('content-disposition')).toContain('.pdf');
    }
    expect((await stranger.get(`${AT}/signed`)).status).toBe(404);
    expect((await page(officer, `${AT}/issue`))[0]).toBe(409);
  });
});

describe('reading', () => {
  beforeEach(async () => {
    const lines = [lineText(), lineText({ ...LATE, what: 'Phát tờ rơi', channels: '[leaflet]' })];
    await inForce(world, planText({ objectives: '[Không để ai bị bỏ lại phía sau]', bases: '[{ number: 05-CT/TW, date: 23/06/2021, title: Giảm nghèo }]' }, lines)); // biome-ignore format: one call
  });

  it('the list and the plan say what is late, by the name of the head', async () => {
    const [, list] = await page(officer, '/plans');
    expect(list).toContain('Hờ A Chậm (1)');
    const [, html] = await page(officer, AT);
    expect(html).toContain('Hờ A Chậm, Trưởng trạm: 1 dòng');
    expect(html).toContain('05-CT/TW ngày 23/06/2021');
    expect(html).toContain('Không để ai bị bỏ lại phía sau');
    expect(html).toContain('95% đã nghe trực tiếp trở lên');
    const { lines } = await plan();
    // Of each line the plan has what is done next; the rest stands on the line's own page.
    expect(html).toContain(`/evidence/new?line=${lines[0]!.lineId}`);
    const [, line] = await page(officer, `${AT}/lines/1`);
    expect(line).toContain(`/left-behind?line=${lines[0]!.lineId}`);
    expect(line).toContain(`/coverage?plan=ta-xi-lang-2026&amp;line=${encodeURIComponent('ta-xi-lang-2026:1')}`);
    const [, own] = await page(agent, AT);
    expect(own).toContain(`/evidence/new?line=${lines[0]!.lineId}`);
    expect(own).not.toContain('/coverage?');
    expect(own).not.toContain(`action="${AT}/close"`);
    expect((await page(stranger, AT))[0]).toBe(404);
    expect((await page(stranger, '/plans'))[1]).not.toContain(CODE);
  });

  it('the file of the plan is what was brought in', async () => {
    const response = await officer.get(`${AT}/file.yaml`);
    expect(response.headers.get('content-disposition')).toContain(`${CODE}.yaml`);
    const text = await response.text();
    expect(text).toContain('threshold: đã nghe trực tiếp');
  });

  it('in English too', async () => {
    await officer.send('/plans', '/language', { language: 'en' });
    const paths = ['/plans', AT, `${AT}/lines/1`, '/plans/import'];
    for (const path of paths) {
      const [status, html] = await page(officer, path);
      expect(status, path).toBe(200);
      expect(html.replaceAll(/<[^>]+>/gu, ' '), path).not.toMatch(
        /(?<![\w/.-])(?:page|plan|error|stage|channel)\.[a-z]/u,
      );
    }
    await officer.send('/plans', '/language', { language: 'vi' });
  });
});

describe('a line', () => {
  beforeEach(async () => inForce(world, planText({}, [lineText(), lineText({ ...LATE, what: 'Phát tờ rơi' })])));

  it('shows what was done, and takes back what was entered wrongly', async () => {
    const { lineId } = (await plan()).lines[0]!;
    const activityId = await record(world, { lineId, placeIds: [await villageOf(world, 'Thôn Một')] });
    const [, line] = await page(officer, `${AT}/lines/1`);
    expect(line).toContain('Thôn Một, xã Tà Xi Láng');
    expect(line).toContain(`/plans/activities/${activityId}`);
    const at = `/plans/activities/${activityId}`;
    const refused = await officer.send(at, `${at}/void`, { reason: ' ' });
    expect([refused.status, (await refused.text()).includes('Hãy ghi rõ lý do hủy')]).toEqual([422, true]);
    expect((await page(agent, at))[1]).not.toContain(`${at}/void`);
    expect((await page(stranger, at))[0]).toBe(404);
    expect((await officer.send(at, `${at}/void`, { reason: 'Ghi nhầm thôn' })).headers.get('location')).toBe(at);
    expect((await page(officer, at))[1]).toContain('Lý do: Ghi nhầm thôn');
    expect((await page(officer, `${AT}/lines/1`))[1]).toMatch(/Đã hủy<\/strong> Ghi nhầm thôn/u);
  });

  it('changes where a signed plan may', async () => {
    const at = `${AT}/lines/2`;
    expect((await page(officer, at))[1]).toContain('Hờ A Chậm, Trưởng trạm');
    const empty = await officer.send(at, `${at}/head`, { name: 'Sùng Thị Mẫu', post: '', note: '' });
    expect([empty.status, (await empty.text()).includes('value="Sùng Thị Mẫu"')]).toEqual([422, true]);
    const head = { name: 'Sùng Thị Mẫu', post: 'Trưởng trạm', note: 'Ông Chậm chuyển công tác' };
    expect((await officer.send(at, `${at}/head`, head)).status).toBe(303);
    expect((await officer.send(at, `${at}/threshold`, { threshold: '' })).status).toBe(422);
    expect((await officer.send(at, `${at}/threshold`, { threshold: '2' })).status).toBe(422);
    expect((await officer.send(at, `${at}/threshold`, { threshold: '4' })).status).toBe(303);
    expect((await officer.send(at, `${at}/edition`, {})).status).toBe(409);
    const [, html] = await page(officer, at);
    expect(html).toContain('Người đứng đầu: Hờ A Chậm, Trưởng trạm → Sùng Thị Mẫu, Trưởng trạm');
    expect(html).toContain('Nâng mức tiếp cận: đã nghe trực tiếp → đã hiểu');
    for (const path of [`${AT}/lines/3`, `${AT}/lines/x`]) expect((await page(officer, path))[0]).toBe(404);
  });

  it('the plan is closed with a reason before its end', async () => {
    const refused = await officer.send(AT, `${AT}/close`, { note: '' });
    expect([refused.status, (await refused.text()).includes('Kế hoạch còn đến hết ngày 31/12/2026')]).toEqual([
      422,
      true,
    ]);
    expect((await officer.send(AT, `${AT}/close`, { note: 'Có kế hoạch mới' })).status).toBe(303);
    const [, html] = await page(officer, AT);
    expect(html).toContain('Có kế hoạch mới');
    expect(html).not.toContain('/evidence/new?line=');
  });
});
