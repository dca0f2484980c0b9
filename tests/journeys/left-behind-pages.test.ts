import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { listVisits } from '../../src/modules/visits/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { addLine, addMessage, villageOf } from '../support/evidence.ts';
import { addPerson, know, ledgerOf } from '../support/follow-up.ts';
import { bringIn, importVillages, paHu, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

const PLAN = 'kh-xa-2026';
let world: World;
let web: Web;
let [line, message, one, two] = ['', '', '', ''];
let officer: Walker;
let leader: Walker;
let agent: Walker;
let stranger: Walker;
const ids = new Map<string, string>();
const id = (code: string): string => ids.get(code)!;

const enter = async (username: string): Promise<Walker> => {
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username });
  await walker.send(path, path, {});
  return walker;
};

const shown = async (walker: Walker, path: string): Promise<[status: number, html: string]> => {
  const response = await walker.get(path);
  return [response.status, await response.text()];
};

/** A key shown in place of its sentence. */
const HOLE =
  />[^<]*\b(?:page|reason|step|visit-state|visit-outcome|error|sheet|proof|language|class|visit-list)\.[a-z][\w.-]*[^<]*</u;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const codes = Array.from({ length: 8 }, (_, at) => `TX-0${at + 1}`);
  await bringIn(world, {
    asOf: '2025-11-30',
    synthetic: true,
    rows: codes.map((code, at) => ({
      code,
      head: `Hộ ${code}`,
      village: at < 6 ? 'Thôn Một' : 'Thôn Hai',
      class: 'Hộ nghèo',
    })),
  });
  for (const code of codes) ids.set(code, await know(world, code, ['hmn', 'vi']));
  // Whatever a list once let through, pages and paper show it as text.
  await world.database.pool.query(`update registry.subject_now set head_name = head_name || ' <b>'`);
  [one, two] = [await villageOf(world, 'Thôn Một'), await villageOf(world, 'Thôn Hai')];
  message = await addMessage(world, { code: 'the-bhyt' });
  await world.database.pool.query(
    `insert into content.form (form_id, message_id, edition, kind, language, version, text, state) values
      (gen_random_uuid(), $1, 1, 'script', 'hmn', 1, 'Nyob zoo ((tên))', 'approved')`,
    [message],
  );
  line = await addLine(world, { messageId: message, code: PLAN });
  web = await startPages(world);
  const people = [
    await addPerson(world, 'officer', taXiLang, 'Cán bộ'),
    await addPerson(world, 'leader', taXiLang, 'Lãnh đạo'),
    await addPerson(world, 'agent', one, 'Vàng Thị Tuyên'),
    await addPerson(world, 'officer', paHu, 'Cán bộ xã khác'),
  ];
  [officer, leader, agent, stranger] = (await Promise.all(people.map(({ username }) => enter(username)))) as [
    Walker,
    Walker,
    Walker,
    Walker,
  ];
});
afterAll(async () => {
  await web.close();
  await world.close();
});

const asked = (more: Record<string, string> = {}): string =>
  `/left-behind?${new URLSearchParams({ what: `line:${line}`, ...more })}`;

describe('the page of those not reached', () => {
  it('asks for a line first, then shows who, why and by village', async () => {
    const [status, empty] = await shown(officer, '/left-behind');
    expect(status).toBe(200);
    expect(empty).toContain(`value="line:${line}"`);
    const [, html] = await shown(officer, asked());
    expect(html).toContain('Hộ TX-01 &lt;b');
    expect(html).toContain('8 hộ, tính đến ngày 15/06/2026');
    expect(html).toContain('Trong kỳ, thôn chưa làm gì');
    expect(html).toContain('Dữ liệu mô phỏng');
    expect(html).not.toMatch(HOLE);
    for (const path of [
      asked({ place: two }),
      asked({ reason: 'nothing-done' }),
      `/left-behind?plan=${PLAN}`,
      `/left-behind?line=${line}`,
    ]) {
      const [code, page] = await shown(leader, path);
      expect([code, page.includes('TX-08')]).toEqual([200, true]);
      expect(page).not.toMatch(HOLE);
    }
    expect((await shown(officer, asked({ reason: 'refused' })))[1]).toContain('Không có hộ nào khớp');
    expect((await shown(stranger, asked()))[0]).toBe(404);
    expect((await shown(officer, asked({ place: paHu })))[0]).toBe(403);
    await officer.send('/', '/language', { language: 'en', next: '/' });
    const [, english] = await shown(officer, asked());
    expect(english).toContain('Nothing done in the village in the period');
    expect(english).not.toMatch(HOLE);
    await officer.send('/', '/language', { language: 'vi', next: '/' });
  });

  it('gives ticked households to somebody, keeps what was typed when it is refused', async () => {
    const body = async (fields: [string, string][]) =>
      new URLSearchParams([
        ['csrf', await officer.token(asked())],
        ['what', `line:${line}`],
        ['place', one],
        ...fields,
      ]);
    const refused = await officer.post(
      '/left-behind/assign',
      await body([
        ['subject', id('TX-01')],
        ['ownerName', ''],
        ['dueOn', '31/02/2026'],
        ['note', 'đi buổi tối'],
      ]),
    );
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain('đi buổi tối');
    expect(html).toMatch(new RegExp(`value="${id('TX-01')}"[^>]*checked|checked[^>]*value="${id('TX-01')}"`, 'u'));
    expect(html).toContain('Ngày chưa đúng');
    expect(html).not.toMatch(HOLE);
    const nobody = await officer.post(
      '/left-behind/assign',
      await body([
        ['ownerName', 'Trưởng thôn'],
        ['dueOn', '30/06/2026'],
      ]),
    );
    expect(nobody.status).toBe(422);
    const done = await officer.post(
      '/left-behind/assign',
      await body([
        ['subject', id('TX-01')],
        ['subject', id('TX-02')],
        ['ownerName', 'Trưởng thôn'],
        ['dueOn', '30/06/2026'],
        ['step', ''],
        ['sure', 'yes'],
      ]),
    );
    expect(done.status).toBe(303);
    const after = await (await officer.get(done.headers.get('location')!)).text();
    expect(after).toContain('Đã giao 2 hộ, 2 lượt đến hộ.');
    expect(after).toMatch(/Trưởng thôn[\s\S]{1,400}30\/06\/2026/u);
    // What is done for the whole village sends nobody to the household, and says so.
    const noted = await officer.post(
      '/left-behind/assign',
      await body([
        ['subject', id('TX-07')],
        ['ownerName', 'Trưởng thôn'],
        ['dueOn', '30/06/2026'],
        ['step', 'hold-meeting'],
        ['sure', 'yes'],
      ]),
    );
    expect(await (await officer.get(noted.headers.get('location')!)).text()).toContain(
      'Đã ghi việc chung của thôn cho 1 hộ. Chưa cử ai đến từng hộ',
    );
  });

  it('gives a whole village to a user, who sees it on a telephone', async () => {
    const owner = /<option value="([0-9a-f-]{36})"[^>]*>Vàng Thị Tuyên/u.exec(
      (await shown(leader, asked({ place: one })))[1],
    )![1]!;
    const fields = {
      what: `line:${line}`,
      place: one,
      all: 'list',
      sure: 'yes',
      ownerId: owner,
      ownerName: '',
      dueOn: '20/06/2026',
      step: '',
    };
    const done = await leader.send(asked({ place: one }), '/left-behind/assign', fields);
    expect(done.status).toBe(303);
    const [, html] = await shown(agent, '/visits');
    expect(html.match(/class="cover" href="\/visits\/[0-9a-f-]{36}"/gu)).toHaveLength(6);
    expect(html).toContain('Việc giao cho anh/chị');
    expect(html).toContain('Nói bằng: tiếng Mông, tiếng Việt');
    expect(html).toContain('Thẻ BHYT của hộ nghèo');
    expect(html).not.toContain('TX-07');
    expect((await shown(agent, /\/left-behind\/sheet\?[^"]+/u.exec(html)![0].replaceAll('&amp;', '&')))[0]).toBe(200);
    expect(html).not.toMatch(HOLE);
  });

  it('is a file for those who may have one, and a sheet for the village', async () => {
    const csv = await officer.get(asked().replace('/left-behind?', '/left-behind.csv?'));
    const text = await csv.text();
    expect(text.split('\r\n')).toHaveLength(10);
    expect(text).toContain('dữ liệu mô phỏng');
    expect((await agent.get(asked().replace('/left-behind?', '/left-behind.csv?'))).status).toBe(403);
    const sheet = asked({ village: one }).replace('/left-behind?', '/left-behind/sheet?');
    for (const walker of [officer, leader, agent]) {
      const [status, html] = await shown(walker, sheet);
      expect(status).toBe(200);
      expect(html.match(/<td>TX-0\d<\/td>/gu)).toHaveLength(6);
      expect(html).toContain('Hộ TX-01 &lt;b');
      expect(html).toContain('Nyob zoo ………………');
      expect(html).not.toMatch(HOLE);
    }
    expect((await shown(agent, sheet.replace(one, two)))[0]).toBe(403);
    expect((await shown(stranger, sheet))[0]).toBe(403);
  });
});

describe('the page of a visit', () => {
  const visitOf = async (code: string): Promise<string> =>
    (await world.execute(listVisits, systemActor, { subjectId: id(code) })).visits[0]!.visitId;

  it('shows what to read and ask, and takes down what happened', async () => {
    const path = `/visits/${await visitOf('TX-01')}`;
    const [, html] = await shown(agent, path);
    expect(html).toContain('Nyob zoo Hộ TX-01 &lt;b');
    expect(html).toContain('Ai được cấp thẻ?');
    expect(html).not.toMatch(HOLE);
    const answer = /value="([0-9a-f-]{36}:1)"/u.exec(html)![1]!;
    const fields = {
      outcome: 'met',
      happenedOn: '15/06/2026',
      proof: 'second-person',
      note: 'nghe chăm chú',
      [`language-${line}`]: 'hmn',
    };
    const nothing = await agent.send(path, path, fields);
    expect(nothing.status).toBe(422);
    const again = await nothing.text();
    expect(again).toContain('nghe chăm chú');
    expect(again).toContain('đánh dấu ít nhất một nội dung');
    const unsaid = await agent.send(path, path, { ...fields, [`language-${line}`]: '', [`told-${line}`]: 'yes' });
    expect([unsaid.status, await unsaid.text()]).toEqual([422, expect.stringContaining('Hãy chọn tiếng đã nói')]);
    expect(await ledgerOf(world, id('TX-01'))).toEqual([]);
    const done = await agent.send(path, path, { ...fields, [`told-${line}`]: 'yes', [`answer-${line}`]: answer });
    expect(done.status).toBe(303);
    expect(await ledgerOf(world, id('TX-01'))).toMatchObject([{ stage: 4, proof: 'second-person', language: 'hmn' }]);
    const [, ended] = await shown(agent, path);
    expect(ended).toContain('Lượt này đã kết thúc: đã gặp');
    expect(ended).not.toContain('name="outcome"');
    // What was saved, and where to go next.
    expect(ended).toMatch(/<dt>[^<]+<\/dt><dd>Đã hiểu<\/dd>/u);
    expect(ended).toMatch(/<a class="button primary" href="\/visits\/[0-9a-f-]{36}">Chuyến tiếp theo: /u);
    expect(ended).not.toMatch(new RegExp(`href="${path}">Chuyến tiếp theo`, 'u'));
    expect((await shown(leader, path))[1]).not.toContain('Chuyến tiếp theo');
    expect((await shown(agent, '/visits'))[1]).toContain('href="/visits?state=ended"');
    expect((await shown(agent, '/visits'))[1]).not.toContain('TX-01');
    const [, over] = await shown(agent, '/visits?state=ended');
    expect(over).toContain('TX-01');
    expect(over).toContain('Đã gặp, 15/06/2026');
    expect((await shown(officer, '/visits?state=ended'))[1]).toContain('TX-01');
    const [, unknown] = await shown(officer, '/visits?state=xong');
    expect(unknown).toContain('Không có trạng thái nào là “xong”.');
    expect(unknown).not.toContain('TX-01');
    expect((await shown(officer, asked()))[1]).not.toContain('TX-01');
  });

  it('lets an officer call it off, a leader look, nobody else in', async () => {
    const path = `/visits/${await visitOf('TX-02')}`;
    expect((await shown(leader, path))[1]).not.toContain('name="outcome"');
    expect((await shown(agent, path))[1]).not.toContain('name="reason"');
    expect((await shown(stranger, path))[0]).toBe(404);
    expect((await officer.send(path, `${path}/cancel`, { reason: '' })).status).toBe(422);
    expect((await officer.send(path, `${path}/cancel`, { reason: 'giao nhầm' })).status).toBe(303);
    expect((await shown(officer, path))[1]).toContain('giao nhầm');
    expect((await shown(officer, '/visits?state=cancelled'))[1]).toContain('TX-02');
    expect((await shown(officer, '/visits'))[1]).not.toContain('TX-02');
  });

  it('takes a list of many, tells every fault, and keeps no file', async () => {
    const upload = async (walker: Walker, rows: string[]) => {
      const body = new FormData();
      body.set('csrf', await walker.token('/visits/import'));
      body.set('proof', 'photo-list');
      const text = ['Mã hộ;Ngày;Kết quả;Tiếng;Trả lời đúng;Ghi chú', ...rows].join('\r\n');
      body.set('file', new File([text], 'ket-qua.csv', { type: 'text/csv' }));
      return walker.post('/visits/import', body);
    };
    const wrong = await upload(officer, ['TX-03;15/06/2026;đã gặp;;có;', 'TX-99;;không gặp;;;']);
    expect(wrong.status).toBe(422);
    const faults = await wrong.text();
    expect(faults).toContain('Hãy ghi tiếng đã nói với hộ');
    expect(faults).toContain('Không có lượt đến hộ nào đang chờ');
    expect(faults).not.toMatch(HOLE);
    expect(await ledgerOf(world, id('TX-03'))).toEqual([]);
    const own = await upload(agent, ['TX-03;;đã gặp;Mông;;']);
    expect([own.status, await own.text()]).toEqual([422, expect.stringContaining('giao cho chính anh/chị')]);
    expect(
      (await upload(officer, ['TX-03;15/06/2026;đã gặp;Mông;có;', 'TX-04;;vắng;;;'])).headers.get('location'),
    ).toBe('/visits?recorded=2');
    expect(await ledgerOf(world, id('TX-03'))).toMatchObject([{ stage: 4, proof: 'photo-list' }]);
    const { readdir } = await import('node:fs/promises');
    const kept = await readdir(`${world.dataDir}/files`);
    const { rows } = await world.database.pool.query(`select count(*)::int as count from registry.import`);
    expect(kept).toHaveLength(rows[0].count);
    expect((await upload(leader, ['TX-05;;vắng;;;'])).status).toBe(403);
  });
});
