import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCoverage, listLeftBehind, markAll } from '../../src/modules/coverage/index.ts';
import { listDispatches } from '../../src/modules/delivery/index.ts';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { getPlan, voidActivity } from '../../src/modules/plans/index.ts';
import { planResults } from '../../src/modules/reports/index.ts';
import { referenceId } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { actorOf } from '../support/evidence.ts';
import { putActivity } from '../support/follow-up.ts';
import { type LeftBehindStory, openLeftBehind, PLAN, TODAY } from '../support/left-behind.ts';
import { since2025, taXiLang } from '../support/lists.ts';
import { sheetOf, textOfDocx } from '../support/office-files.ts';
import { fakeChannel, householdNo, receiptsFor, receiverOf, sendingWorld, submit, work } from '../support/sending.ts';

const PROVINCE = referenceId('2025:province:15');
const officer = actorOf('officer', taXiLang);

describe('the report of a plan', () => {
  let story: LeftBehindStory;
  let web: Web;
  let walker: Walker;
  let folder: string;

  const enter = async (username: string, role: Role, placeId: string): Promise<Walker> => {
    const { world } = story;
    await world.execute(addUser, systemActor, {
      username,
      name: username,
      password: 'một mật khẩu dài',
      role,
      placeId,
    });
    const someone = createWalker(web.url);
    const { path } = await world.execute(createSignInLink, systemActor, { username });
    await someone.send(path, path, {});
    return someone;
  };

  beforeAll(async () => {
    story = await openLeftBehind();
    const { pool } = story.world.database;
    // What a spreadsheet would take for a formula, and what a file of letters cannot hold; of late lines two have one head.
    await pool.query(
      `update plans.plan_line set what = '=HYPERLINK("x") họp' || chr(11) || ' thôn' where position = 1`,
    );
    await pool.query(`update plans.plan_line set ends_on = '2026-05-31' where position > 1`);
    await pool.query(`update plans.plan set synthetic = true, issued_at = '2026-01-05', bases = $1`, [
      JSON.stringify([
        { number: '05-CT/TW', date: '2021-06-23', issuer: 'Ban Bí thư', title: 'Về công tác giảm nghèo' },
      ]),
    ]);
    await story.world.settle();
    web = await startPages(story.world);
    walker = await enter('officer', 'officer', taXiLang);
    folder = await mkdtemp(join(tmpdir(), 'lantoa-report-'));
  });
  afterAll(async () => {
    await web.close();
    await story.world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const reportOf = (input: object = {}, actor = officer) =>
    story.world.execute(planResults, actor, { planCode: PLAN, ...input });

  it('tells the figures of the coverage page and of the list of those not reached, line by line', async () => {
    const report = await reportOf();
    const coverage = await story.world.execute(getCoverage, officer, { planCode: PLAN, by: 'total' });
    expect(report.coverage).toEqual(coverage);
    expect(report.lines).toHaveLength(3);
    for (const line of report.lines) {
      const { sum, lineId } = line.coverage;
      expect(line.coverage).toEqual(coverage.lines.find((each) => each.lineId === lineId));
      const missing = await story.world.execute(listLeftBehind, officer, { lineId });
      expect(line.notReached).toBe(missing.total);
      expect(line.notReached).toBe(sum.n - sum.reached);
      for (const { reason, count } of line.reasons) expect(missing.reasons[reason]).toBe(count);
    }
    const [first, second] = report.lines;
    expect(first).toMatchObject({
      coverage: { sum: { n: 11, reached: 1 } },
      // 95 per cent of eleven are more than ten.
      ...{ targetCount: 11, met: false, notReached: 10 },
      head: { name: 'Lò Văn Mẫu', post: 'Trưởng phòng' },
    });
    expect(Object.fromEntries(first!.activities.map(({ kind, count }) => [kind, count]))).toMatchObject({
      ...{ meeting: 1, loudspeaker: 1, poster: 1 },
    });
    expect(second!.activities).toEqual([]);
    expect(report.overall).toEqual([{ subject: 'household', subjects: 11, all: 0, none: 10 }]);
  });

  it('names what is late by its head, as the page of the plan does', async () => {
    const { late } = await reportOf();
    const plan = await story.world.execute(getPlan, officer, { code: PLAN });
    expect(late.map(({ name, lines }) => [name, lines.map(({ position }) => position)])).toEqual([
      ['Lò Văn Mẫu', [2, 3]],
    ]);
    expect(plan.late.map(({ name, lines }) => [name, lines.length])).toEqual([['Lò Văn Mẫu', 2]]);
  });

  it('of a closed month tells the figures as they were closed, and what was done until then', async () => {
    const { world, lines, villages } = story;
    world.queued.push({ name: 'coverage.close-months', data: {} });
    await world.settle();
    const on = '2026-05-31';
    await putActivity(world, { lineId: lines[1], placeIds: [villages[0]], happenedOn: '2026-06-03' });
    const report = await reportOf({ on });
    const coverage = await world.execute(getCoverage, officer, { planCode: PLAN, on, by: 'total' });
    expect(report.coverage).toEqual(coverage);
    expect(report.lines.map(({ coverage: { source } }) => source)).toEqual(['closed', 'closed', 'closed']);
    const kinds = report.lines[0]!.activities.map(({ kind }) => kind);
    expect(kinds).toContain('meeting');
    expect(kinds).not.toContain('loudspeaker');
    // The second line was over that evening, but not late yet.
    expect(report.late).toEqual([]);
    expect(report.lines[1]!.activities).toEqual([]);
    expect((await reportOf()).lines[1]!.activities).toEqual([{ kind: 'meeting', count: 1 }]);
  });

  it('does not count what was taken back', async () => {
    const { world, lines, villages } = story;
    const activityId = await putActivity(world, {
      lineId: lines[2],
      placeIds: [villages[0]],
      happenedOn: '2026-06-04',
    });
    expect((await reportOf()).lines[2]!.activities).toEqual([{ kind: 'meeting', count: 1 }]);
    await world.execute(voidActivity, officer, { activityId, reason: 'ghi nhầm' });
    expect((await reportOf()).lines[2]!.activities).toEqual([]);
  });

  it('is refused of a day that is neither today nor a closed month end, of a draft, and elsewhere', async () => {
    await expect(reportOf({ on: '2026-06-10' })).rejects.toMatchObject({ kind: 'invalid', code: 'reports.day' });
    await expect(reportOf({ on: '2030-01-31' })).rejects.toMatchObject({ kind: 'invalid', code: 'coverage.future' });
    await expect(reportOf({ on: '31/05' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(reportOf({}, actorOf('agent', taXiLang))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(reportOf({}, actorOf('officer', since2025('04609')))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(reportOf({ placeId: taXiLang }, actorOf('officer', since2025('04609')))).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const { pool } = story.world.database;
    await pool.query(`update plans.plan set state = 'draft'`);
    await expect(reportOf()).rejects.toMatchObject({ kind: 'conflict', code: 'reports.draft' });
    await pool.query(`update plans.plan set state = 'issued'`);
  });

  it('is in the audit, with the plan, the day and the lines', async () => {
    await reportOf();
    const { rows } = await story.world.database.pool.query(
      `select refs from platform.audit where name = 'reports.plan-results' order by at desc, audit_id desc limit 1`,
    );
    expect(rows[0].refs).toMatchObject({ planCode: PLAN, on: TODAY, lines: [...story.lines] });
  });

  it('as a Word file has the form of an administrative paper, and names no household', async () => {
    const response = await walker.get(`/plans/${PLAN}/report.docx`);
    expect(response.headers.get('content-type')).toContain('wordprocessingml');
    expect(response.headers.get('content-disposition')).toContain(`bao-cao-ket-qua-${PLAN}-${TODAY}.docx`);
    const { document, footers, headers } = await textOfDocx(Buffer.from(await response.arrayBuffer()));
    for (const text of [
      'ỦY BAN NHÂN DÂN\nXÃ TÀ XI LÁNG',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Tà Xi Láng, ngày 15 tháng 6 năm 2026',
      'Số:          /BC-UBND',
      // What it is about stands in lines of its own, broken where it reads well.
      'BÁO CÁO\nKết quả thực hiện\nKế hoạch truyền thông năm 2026\n',
      'Thông điệp: Thẻ BHYT của hộ nghèo\n',
      'Căn cứ văn bản số 12/KH-UBND ngày 05/01/2026 của UBND xã Tà Xi Láng: Kế hoạch truyền thông năm 2026;',
      'Căn cứ văn bản số 05-CT/TW ngày 23/06/2021 của Ban Bí thư: Về công tác giảm nghèo.',
      'Lò Văn Mẫu, Trưởng phòng',
      '95% (từ 11 hộ)',
      'Họp thôn: 1 lần',
      'TM. ỦY BAN NHÂN DÂN',
      'Nơi nhận:',
      '- Lưu: VT.',
    ])
      expect(document).toContain(text);
    expect(document).toContain('=HYPERLINK("x") họp thôn');
    // A message by its name, not by its code; the fourth note where something in the table points to it, and only there.
    for (const code of ['the-bhyt', 'vay-von', 'nha-o']) expect(document).not.toContain(code);
    expect(document.match(/\((\d)\) /gu)).toEqual(['(1) ', '(2) ', '(3) ']);
    expect(document).not.toMatch(/H-(?:REF|OUT|WEAK|LANG|READ|HEAR|THAI|DEV|NONE|ABS|MET)/u);
    expect(document).not.toMatch(/(?:reports|coverage|stage|channel|reason)\.[a-z]/u);
    // Three parts of the paper, each of its pages marked; pages are numbered, the first is not.
    expect(footers.length).toBeGreaterThan(0);
    for (const footer of footers) expect(footer).toBe('dữ liệu mô phỏng');
    expect(headers.some((header) => header.includes('PAGE'))).toBe(true);
    const { rows } = await story.world.database.pool.query(`select name from registry.person limit 20`);
    expect(rows.length).toBeGreaterThan(5);
    for (const { name } of rows) expect(document).not.toContain(name);
  });

  it('explains the fourth note where somebody may or may not be meant', async () => {
    const { world } = story;
    const { pool } = world.database;
    const rule = async (value: object) => {
      await pool.query(`update plans.plan_line set rule = $1 where position = 3`, [JSON.stringify(value)]);
      await world.execute(markAll, systemActor, {});
      world.queued.push({ name: 'coverage.recompute', data: {} });
      await world.settle();
    };
    const { rows } = await pool.query(`select rule from plans.plan_line where position = 3`);
    // Of some households nobody knows which languages they understand.
    await rule({ subject: 'household', where: { languages: { some: ['blt'] } } });
    const { document } = await textOfDocx(
      Buffer.from(await (await walker.get(`/plans/${PLAN}/report.docx`)).arrayBuffer()),
    );
    expect(document).toContain('chưa rõ (4): 1');
    expect(document).toContain('(4) Chưa rõ có thuộc đối tượng không; không tính vào số thuộc diện.');
    await rule(rows[0].rule);
  });

  it('as an Excel file holds the figures of coverage as numbers, and no formula', async () => {
    const response = await walker.get(`/plans/${PLAN}/report.xlsx`);
    const { head, rows, formulas, footers } = await sheetOf(Buffer.from(await response.arrayBuffer()), 'TT');
    const { lines } = await story.world.execute(getCoverage, officer, { planCode: PLAN, by: 'total' });
    const cell = (row: unknown[], label: string) => row[head.indexOf(label)];
    expect(rows).toHaveLength(lines.length);
    for (const [at, { sum, position, targetPercent }] of lines.entries()) {
      const row = rows[at]!;
      expect(cell(row, 'TT')).toBe(position);
      expect(cell(row, 'Thuộc diện')).toBe(sum.n);
      expect(cell(row, 'Có thể nghe/thấy (đứng riêng)')).toBe(sum.couldHear);
      expect(cell(row, 'Đạt mức')).toBe(sum.reached);
      expect(cell(row, 'Tỷ lệ đạt')).toBe(sum.rate);
      expect(cell(row, 'Trong đó tự khai')).toBe(sum.declared);
      expect(cell(row, 'Chưa đạt')).toBe(sum.n - sum.reached);
      expect(cell(row, 'Chưa rõ có thuộc đối tượng')).toBe(sum.unknown);
      expect(cell(row, 'Chỉ tiêu (%)')).toBe(targetPercent / 100);
    }
    expect(cell(rows[0]!, 'Việc')).toBe('=HYPERLINK("x") họp thôn');
    expect(cell(rows[0]!, 'Thông điệp')).toBe('Thẻ BHYT của hộ nghèo');
    expect(cell(rows[0]!, 'Chỉ có bằng chứng từ trước kỳ')).toBe(0);
    expect(formulas).toBe(0);
    expect(footers).toHaveLength(3);
    for (const footer of footers) expect(footer).toContain('dữ liệu mô phỏng');
  });

  it('is offered on the page of the plan; a day without figures is refused with the form as it was filled', async () => {
    const plan = await (await walker.get(`/plans/${PLAN}`)).text();
    for (const path of ['report.docx', 'report.xlsx', 'report'])
      expect(plan).toContain(`href="/plans/${PLAN}/${path}"`);
    const refused = await walker.get(`/plans/${PLAN}/report?on=10/06/2026&place=&file=docx`);
    const html = await refused.text();
    expect(html).toContain('Chưa có số liệu chốt của ngày 10/06/2026');
    expect(html).toContain('value="10/06/2026"');
    const taken = await walker.get(`/plans/${PLAN}/report?on=31/05/2026&place=${taXiLang}&file=docx`);
    expect(taken.headers.get('content-disposition')).toContain('2026-05-31.docx');
    const agent = await enter('agent', 'agent', taXiLang);
    expect(await (await agent.get(`/plans/${PLAN}`)).text()).not.toContain('report.docx');
    expect((await agent.get(`/plans/${PLAN}/report.docx`)).status).toBe(403);
  });

  it('is written at the terminal, in either language', async () => {
    const lantoa = cliIn(story.world);
    const path = join(folder, 'bao-cao.docx');
    const said = await lantoa('report', 'plan-results', PLAN, '--on', '31/05/2026', '--out', path);
    expect([said.code, said.err]).toEqual([0, '']);
    expect(said.out).toContain('3 dòng');
    expect((await textOfDocx(await readFile(path))).document).toContain('(Số liệu đến hết ngày 31/05/2026)');
    const english = join(folder, 'report.xlsx');
    expect((await lantoa('report', 'plan-results', PLAN, '--out', english, '--lang', 'en')).code).toBe(0);
    expect((await sheetOf(await readFile(english), 'No.')).rows).toHaveLength(3);
    const wrong = await lantoa('report', 'plan-results', PLAN, '--out', join(folder, 'bao-cao.pdf'));
    expect(wrong.code).not.toBe(0);
    expect(wrong.err).toContain('.docx hoặc .xlsx');
  });

  it('of somebody above the plan is the whole, of a place within it that place, and says so', async () => {
    expect(await reportOf({}, actorOf('leader', PROVINCE))).toMatchObject({ part: null, issuer: 'UBND xã Tà Xi Láng' });
    const { world, villages } = story;
    const part = await reportOf({ placeId: villages[0] });
    expect(part).toMatchObject({ part: ['Thôn Một, xã Tà Xi Láng'], issuer: null, locality: null });
    const coverage = await world.execute(getCoverage, officer, { planCode: PLAN, placeId: villages[0], by: 'total' });
    expect(part.coverage).toEqual(coverage);
    // The poster hung in another village.
    expect(part.lines[0]!.activities.map(({ kind }) => kind)).not.toContain('poster');
    const response = await walker.get(`/plans/${PLAN}/report.docx?place=${villages[0]}`);
    const { document } = await textOfDocx(Buffer.from(await response.arrayBuffer()));
    expect(document).toContain('Số liệu trong báo cáo này chỉ của: Thôn Một, xã Tà Xi Láng');
    expect(document).not.toContain('TM. ỦY BAN NHÂN DÂN');
  });
});

describe('what was sent', () => {
  it('stands in the report as the list of sendings has it', async () => {
    const rows = [householdNo(1), householdNo(2), householdNo(3), householdNo(4, { village: 'Thôn Hai' })];
    const sending = await sendingWorld(rows);
    const { world, lineId } = sending;
    const channel = fakeChannel();
    await submit(sending);
    await work(sending, channel);
    const receiver = receiverOf(sending);
    await receiver.receipts(channel.provider, receiptsFor(channel.handed.slice(0, 2)));
    await receiver.receipts(channel.provider, receiptsFor(channel.handed.slice(2, 3), 'undeliverable'));
    const { code } = (await world.execute(listDispatches, officer, { lineId })).dispatches[0]!.plan;
    const { counts, recipients } = (await world.execute(listDispatches, officer, { lineId })).dispatches[0]!;
    const [line] = (await world.execute(planResults, officer, { planCode: code })).lines;
    expect(counts).toMatchObject({ delivered: 2, failed: 1, accepted: 1 });
    expect(line!.sendings).toEqual([
      { channel: 'sms', times: 1, recipients, delivered: 2, failed: 1, withheld: 0, unknown: 0, underWay: 1 },
    ]);
    expect(line!.activities).toEqual([{ kind: 'sms', count: 1 }]);
    await world.close();
  });
});
