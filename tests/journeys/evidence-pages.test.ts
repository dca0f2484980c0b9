import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { voidActivity } from '../../src/modules/plans/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { addLine, addMessage, clearEvidence, evidenceRows, evidenceWorld, subjectOf } from '../support/evidence.ts';
import { taXiLang } from '../support/lists.ts';
import type { World } from '../support/world.ts';

let world: World;
let web: Web;
let officer: Walker;
let agent: Walker;
let leader: Walker;
let lineId: string;
let one: string;
let two: string;
let subjects: Record<string, string>;

const enter = async (role: 'officer' | 'agent' | 'leader', placeId: string): Promise<Walker> => {
  await world.execute(addUser, systemActor, { username: role, name: `Người ${role}`, role, placeId });
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: role });
  await walker.send(path, path, {});
  return walker;
};

beforeAll(async () => {
  ({ world, one, two } = await evidenceWorld());
  web = await startPages(world);
  officer = await enter('officer', taXiLang);
  agent = await enter('agent', one);
  leader = await enter('leader', taXiLang);
  const codes = ['H01', 'H02', 'H03', 'H05', '0007'];
  subjects = Object.fromEntries(await Promise.all(codes.map(async (code) => [code, await subjectOf(world, code)])));
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

beforeEach(async () => {
  await clearEvidence(world);
  await world.database.pool.query('truncate plans.plan cascade');
  lineId = await addLine(world, {
    messageId: await addMessage(world),
    code: 'ke-hoach-2026',
    channels: ['meeting', 'loudspeaker'],
  });
});

/** A page as it is shown; no key stands in it without its sentence. */
const page = async (walker: Walker, path: string): Promise<[status: number, html: string]> =>
  looked(await walker.get(path));
const looked = async (response: Response): Promise<[status: number, html: string]> => {
  const html = await response.text();
  expect(html).not.toMatch(
    /\b(?:page|error|evidence|stage|channel|proof|shortfall|language)\.[a-z0-9-]+(?:\.[a-z0-9-]+)*\b(?!["'=&/?])/u,
  );
  return [response.status, html];
};

/** Sends a form as it stands at `at`: several values under one name as they are. */
const send = async (walker: Walker, at: string, fields: readonly (readonly [string, string])[]): Promise<Response> =>
  walker.post(
    at,
    new URLSearchParams([['csrf', await walker.token(at)], ...fields.map(([name, value]) => [name, value])]),
  );

const sendFile = async (
  walker: Walker,
  at: string,
  file: string | Buffer | undefined,
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> => {
  const form = new FormData();
  form.set('csrf', await walker.token(at));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file !== undefined)
    form.set('file', new Blob([typeof file === 'string' ? file : new Uint8Array(file)]), 'danh-sach.csv');
  return walker.post(at, form);
};

const COMMON = [
  ['happenedOn', '10/03/2026'],
  ['language', 'hmn'],
  ['proof', 'signed-list'],
] as const;
const common = Object.fromEntries(COMMON);
const meetingAt = () => `/evidence/new?line=${lineId}&kind=meeting&village=${one}`;
const fileAt = () => `/evidence/file?line=${lineId}&kind=meeting&village=${one}`;
const keptFiles = async (): Promise<string[]> =>
  (await readdir(join(world.dataDir, 'files'))).filter((name) => !name.startsWith('.'));

const doneAt = async (response: Response): Promise<string> => {
  expect(response.status, await response.clone().text()).toBe(303);
  const path = response.headers.get('location')!;
  expect(path).toMatch(/^\/evidence\/activities\/[0-9a-f-]{36}\?done=1$/u);
  return path;
};

describe('recording a meeting on the page', () => {
  it('goes from the line over kind and village to ticks, and shows what counted and what did not', async () => {
    const [, start] = await page(officer, '/evidence');
    expect(start).toContain(`href="/evidence/new?line=${lineId}"`);
    const [, kinds] = await page(officer, `/evidence/new?line=${lineId}`);
    expect(kinds).toContain('kind=meeting');
    expect(kinds.indexOf('kind=loudspeaker')).toBeLessThan(kinds.indexOf('kind=poster'));
    const [, villages] = await page(officer, `/evidence/new?line=${lineId}&kind=meeting`);
    expect(villages).toContain(`value="${two}"`);
    const [, form] = await page(officer, meetingAt());
    expect(form).toContain('Giàng A Páo');
    expect(form).not.toContain('Thào A Dê');
    expect(form).toContain('không thuộc đối tượng của dòng này');
    const sent = await send(officer, meetingAt(), [
      ...COMMON,
      ['people', '1.200'],
      ['present', subjects.H01!],
      ['answered', subjects.H02!],
      ['present', subjects['0007']!],
      ['sure', '1'],
    ]);
    const [status, done] = await page(officer, await doneAt(sent));
    expect(status).toBe(200);
    expect(done).toContain('Đã ghi.');
    expect(done).toContain('1.200');
    expect(done).toMatch(/hộ: đã nghe trực tiếp/u);
    expect(done).toMatch(/hộ: đã hiểu/u);
    expect(done).toMatch(/có thể nghe\/thấy \(chưa biết hộ hiểu tiếng gì\)/u);
    const { rows } = await world.database.pool.query('select details from plans.activity');
    expect(rows).toEqual([{ details: { people: 1200 } }]);
    expect((await page(officer, '/evidence'))[1]).toMatch(/Họp thôn<\/a>[\s\S]{1,200}10\/03\/2026/u);
  });

  it('an agent has one village and is not asked', async () => {
    const at = `/evidence/new?line=${lineId}&kind=meeting`;
    expect((await page(agent, at))[1]).toContain('Giàng A Páo');
    await doneAt(await send(agent, at, [...COMMON, ['present', subjects.H01!]]));
    expect((await agent.get(`/evidence/new?line=${lineId}&kind=meeting&village=${two}`)).status).toBe(200);
    expect((await page(agent, `/evidence/new?line=${lineId}&kind=meeting&village=${two}`))[1]).not.toContain(
      'Thào A Dê',
    );
  });

  it('a refused form keeps what was typed and ticked', async () => {
    const refused = await send(officer, meetingAt(), [
      ['happenedOn', '31/12/2026'],
      ['language', ''],
      ['proof', 'photo-list'],
      ['people', 'nhiều'],
      ['note', 'Trời mưa'],
      ['present', subjects.H02!],
    ]);
    const [status, html] = await looked(refused);
    expect(status).toBe(422);
    for (const kept of [
      'value="31/12/2026"',
      'value="Trời mưa"',
      'value="nhiều"',
      '<option value="photo-list" selected',
    ])
      expect(html).toContain(kept);
    expect(html).toContain('Ô này phải là số nguyên');
    expect(html).toMatch(new RegExp(`value="${subjects.H02}" checked`, 'u'));
    expect(html).not.toMatch(new RegExp(`value="${subjects.H01}" checked`, 'u'));
    expect(html).toContain('Hãy chọn ngôn ngữ');
    const [ahead, told] = await looked(
      await send(officer, meetingAt(), [
        ['happenedOn', '31/12/2026'],
        ['language', 'hmn'],
        ['proof', 'declared'],
        ['present', subjects.H02!],
      ]),
    );
    expect(ahead).toBe(422);
    expect(told).toContain('field-happenedOn-error');
    const [nobody, empty] = await looked(await send(officer, meetingAt(), COMMON));
    expect(nobody).toBe(422);
    expect(empty).toContain('Chưa có hộ nào được đánh dấu');
    expect(await evidenceRows(world)).toBe(0);
  });

  it('asks back where the people counted and the households ticked cannot both be so, and loses nothing', async () => {
    const fields = [...COMMON, ['people', '1'], ['present', subjects.H01!], ['acted', subjects.H02!]] as const;
    expect((await page(officer, meetingAt()))[1]).not.toContain('name="sure"');
    const [status, html] = await looked(await send(officer, meetingAt(), fields));
    expect(status).toBe(422);
    // The summary names the field and leads to it.
    expect(html).toContain('href="#field-people">Số người dự: Ghi 1 người dự, nhưng đánh dấu 2 hộ có mặt.');
    expect(html).toContain('name="sure"');
    expect(html).toMatch(new RegExp(`name="acted" value="${subjects.H02}" checked`, 'u'));
    expect(await evidenceRows(world)).toBe(0);
    await doneAt(await send(officer, meetingAt(), [...fields, ['sure', '1']]));
    expect(await evidenceRows(world)).toBeGreaterThan(0);
  });

  it('offers the languages spoken there first, and folds the others away', async () => {
    const { pool } = world.database;
    const inAll = async () => (await page(officer, meetingAt()))[1];
    await pool.query('update registry.subject_now set languages = null');
    // Nothing is known: nothing is folded away.
    expect(await inAll()).not.toContain('<summary>Tiếng khác');
    await pool.query(`update registry.subject_now set languages = '{hmn}' where code = 'H01'`);
    const html = await inAll();
    const also = html.slice(html.indexOf('id="field-alsoIn-name"'));
    expect(also.indexOf('value="vi"')).toBeLessThan(also.indexOf('<summary>Tiếng khác'));
    expect(also.indexOf('value="hmn"')).toBeLessThan(also.indexOf('<summary>Tiếng khác'));
    expect(also.indexOf('value="hni"')).toBeGreaterThan(also.indexOf('<summary>Tiếng khác'));
    expect(html).toContain('Đăng ký: hộ đăng ký hoặc cam kết làm theo.');
  });

  it('a second click is told who recorded it and when, and adds nothing', async () => {
    const fields = [...COMMON, ['present', subjects.H01!]] as const;
    await doneAt(await send(officer, meetingAt(), fields));
    const before = await evidenceRows(world);
    const [status, html] = await looked(await send(agent, meetingAt(), fields));
    expect(status).toBe(409);
    expect(html).toContain('1 trong 1 hộ này đã được Người officer ghi lúc 09:00 15/06/2026');
    expect(await evidenceRows(world)).toBe(before);
  });
});

describe('recording by a file', () => {
  const good = 'Mã hộ;Họ và tên chủ hộ;Có mặt;Trả lời đúng\nH01;Giàng A Páo;x;x\nH02;;x;\nH03;;;\n';

  it('checks, then records; the file is not kept', async () => {
    const before = await keptFiles();
    const [status, checked] = await looked(await sendFile(officer, fileAt(), good, { ...common, check: '1' }));
    expect(status).toBe(200);
    expect(checked).toContain('2 hộ được đánh dấu, 1 hộ không');
    expect(checked).toContain('Mới kiểm tra thử');
    expect(checked).toContain('value="10/03/2026"');
    expect(await evidenceRows(world)).toBe(0);
    await doneAt(await sendFile(officer, fileAt(), good, common));
    expect(await evidenceRows(world)).toBeGreaterThan(0);
    expect(await keptFiles()).toEqual(before);
  });

  it('an Excel file says the same as a CSV, codes kept as numbers too', async () => {
    const workbook = new ExcelJS.Workbook();
    const rows = [
      ['DANH SÁCH HỌP THÔN'],
      [],
      ['Mã hộ', 'Chủ hộ', 'Ký nhận'],
      [7, 'Vàng A Lử', 'x'],
      ['H02', '', 'X'],
      ['H01', '', ''],
    ];
    workbook.addWorksheet('Họp').addRows(rows);
    const file = Buffer.from(await workbook.xlsx.writeBuffer());
    const [, checked] = await looked(await sendFile(officer, fileAt(), file, { ...common, check: '1' }));
    expect(checked).toContain('2 hộ được đánh dấu, 1 hộ không');
    await doneAt(await sendFile(officer, fileAt(), file, common));
    expect((await world.database.pool.query('select 1 from reach.contact')).rowCount).toBe(2);
  });

  it('tells faults by row and column, in both languages, and writes nothing', async () => {
    const before = await keptFiles();
    const bad = 'Mã hộ;Họ và tên chủ hộ;Có mặt\nH01;;x\nH99;;x\n;Mùa A Chư;x\nH05;;x\n';
    const [status, html] = await looked(await sendFile(officer, fileAt(), bad, common));
    expect(status).toBe(422);
    expect(html).toContain('còn 3 lỗi');
    for (const told of ['H99', 'Có nhiều hộ cùng tên trong thôn: H03, H04', 'ở thôn khác (Thôn Hai'])
      expect(html).toContain(told);
    await officer.send('/evidence', '/language', { language: 'en', next: '/evidence' });
    const [, english] = await looked(await sendFile(officer, fileAt(), bad, common));
    expect(english).toContain('Several households of the village have a head of this name: H03, H04');
    await officer.send('/evidence', '/language', { language: 'vi', next: '/evidence' });
    const [none, missing] = await looked(await sendFile(officer, fileAt(), undefined, common));
    expect([none, missing.includes('Hãy chọn tệp danh sách')]).toEqual([422, true]);
    const [pdf, refused] = await looked(await sendFile(officer, fileAt(), '%PDF-1.7 …', common));
    expect([pdf, refused.includes('Đây là tệp PDF')]).toEqual([422, true]);
    expect(await evidenceRows(world)).toBe(0);
    expect(await keptFiles()).toEqual(before);
  });

  it('a blank list of the line’s households is downloaded, filled in and read again', async () => {
    const response = await officer.get(`/evidence/blank.csv?line=${lineId}&kind=meeting&village=${one}`);
    expect(response.headers.get('content-type')).toContain('text/csv');
    const text = await response.text();
    const lines = text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines[0]).toBe('Mã hộ,Họ và tên chủ hộ,Có mặt,Trả lời đúng,Đăng ký,Hộ thôn khác,Ghi chú');
    expect(lines).toHaveLength(5);
    const filled = text.replace(/^(H01,[^,]*),/mu, '$1,x');
    await doneAt(await sendFile(officer, fileAt(), filled, common));
    const { rows } = await world.database.pool.query('select count(*)::int as n from reach.contact');
    expect(rows[0].n).toBe(1);
  });

  it('a log of several days', async () => {
    const log = (village: string) =>
      `Dòng kế hoạch;Thôn;Ngày;Hình thức;Ngôn ngữ;Số lần;Minh chứng\nke-hoach-2026:1;${village};10/03/2026;loa;Mông;2;sổ có ký\nke-hoach-2026:1;Thôn Hai;11/03/2026;áp phích;Kinh;;ảnh chụp\n`;
    const [bad, faults] = await looked(await sendFile(officer, '/evidence/log', log('Thôn Lạ')));
    expect([bad, faults.includes('Thôn Lạ')]).toEqual([422, true]);
    expect(await evidenceRows(world)).toBe(0);
    expect((await looked(await sendFile(officer, '/evidence/log', log('Thôn Một'), { check: '1' })))[1]).toContain(
      'Đã kiểm tra 2 dòng',
    );
    expect(await evidenceRows(world)).toBe(0);
    expect((await looked(await sendFile(officer, '/evidence/log', log('Thôn Một'))))[1]).toContain('Đã ghi 2 dòng');
    expect(await evidenceRows(world)).toBe(4);
  });
});

describe('recording for villages', () => {
  it.each([
    ['loudspeaker', 'times'],
    ['zalo', 'members'],
    ['poster', 'copies'],
    ['bulletin', 'copies'],
    ['leaflet-left', 'copies'],
  ])('%s: could hear, which is not reached', async (kind, counted) => {
    const at = `/evidence/new?line=${lineId}&kind=${kind}`;
    const [status, html] = await looked(await send(officer, at, [...COMMON, [counted, '3']]));
    expect(status).toBe(422);
    expect(html).toContain('Hãy đánh dấu ít nhất một thôn');
    expect(html).toContain('value="3"');
    const sent = await send(officer, at, [...COMMON, [counted, '3'], ['villageIds', one], ['villageIds', two]]);
    const [, done] = await page(officer, await doneAt(sent));
    expect(done).toContain('có thể nghe hoặc thấy, chưa phải đã tiếp cận');
    const [again] = await looked(await send(officer, at, [...COMMON, ['villageIds', one]]));
    expect(again).toBe(409);
    expect((await world.database.pool.query('select 1 from reach.exposure')).rowCount).toBe(2);
  });
});

describe('what was recorded', () => {
  it('stands in the household’s ledger, can be voided there with a reason, and sampled', async () => {
    const activity = await doneAt(
      await send(officer, meetingAt(), [...COMMON, ['present', subjects.H01!], ['acted', subjects.H01!]]),
    );
    const [, ledger] = await page(officer, `/households/${subjects.H01}`);
    expect(ledger).toContain('Thẻ BHYT của hộ nghèo');
    const voiding = /href="(\/evidence\/contacts\/[^"]+)"/u.exec(ledger)![1]!.replaceAll('&amp;', '&');
    expect((await page(agent, `/households/${subjects.H01}`))[1]).not.toContain('/evidence/contacts/');
    const [refused, empty] = await looked(await send(officer, voiding, [['reason', ' ']]));
    expect([refused, empty.includes('Hãy ghi rõ lý do hủy')]).toEqual([422, true]);
    const voided = await send(officer, voiding, [['reason', 'Không có mặt']]);
    expect(voided.headers.get('location')).toBe(`/households/${subjects.H01}`);
    expect((await page(officer, `/households/${subjects.H01}`))[1]).toContain('đã hủy, Người officer: Không có mặt');
    const [, drawn] = await page(leader, activity.replace('?done=1', '/sample'));
    expect(drawn).toContain('Mẫu 1 trong 1 hộ');
    expect(drawn).toContain('0386 123 456');
    expect((await agent.get(activity.replace('?done=1', '/sample'))).status).toBe(403);
    await world.execute(voidActivity, systemActor, {
      activityId: /activities\/([^?]+)/u.exec(activity)![1]!,
      reason: 'nhầm thôn',
    });
    expect((await page(officer, activity))[1]).toContain('Lý do: nhầm thôn');
  });

  it('leaders read and do not record; nobody records for another area', async () => {
    expect((await leader.get('/evidence')).status).toBe(200);
    expect((await leader.get(meetingAt())).status).toBe(403);
    expect((await leader.get('/evidence/log')).status).toBe(403);
    const posted = await leader.post(
      meetingAt(),
      new URLSearchParams({ csrf: await leader.token('/evidence'), ...common, present: subjects.H01! }),
    );
    expect(posted.status).toBe(403);
    expect((await sendFileTo(leader, fileAt())).status).toBe(403);
    const elsewhere = await addLine(world, { messageId: await addMessage(world), placeIds: [two] });
    expect((await agent.get(`/evidence/new?line=${elsewhere}`)).status).toBe(404);
    expect((await officer.get('/evidence/new')).headers.get('location')).toBe('/evidence');
    expect(await evidenceRows(world)).toBe(0);
  });

  const sendFileTo = async (walker: Walker, at: string): Promise<Response> => {
    const form = new FormData();
    form.set('csrf', await walker.token('/evidence'));
    form.set('file', new Blob(['x']), 'a.csv');
    return walker.post(at, form);
  };
});
