import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listLeftBehind } from '../../src/modules/coverage/index.ts';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { drawSample } from '../../src/modules/reach/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { addLine, addMessage, clearEvidence, putContacts, subjectOf, villageOf } from '../support/evidence.ts';
import { addPerson } from '../support/follow-up.ts';
import { taXiLang } from '../support/lists.ts';
import { phones, type RefusalWorld, refusalWorld, tramTau } from '../support/refusals.ts';
import type { World } from '../support/world.ts';

const HOLE = />[^<]*\b(?:page|error|refusal|refusal-how|nav|ui)\.[a-z][\w.-]*[^<]*</u;

let known: RefusalWorld;
let world: World;
let web: Web;
const people: Record<string, { readonly username: string }> = {};
beforeAll(async () => {
  known = await refusalWorld();
  ({ world } = known);
  people.officer = await addPerson(world, 'officer', taXiLang, 'Cán bộ xã');
  people.agent = await addPerson(world, 'agent', await villageOf(world, 'Thôn Một'), 'Trưởng thôn');
  people.far = await addPerson(world, 'officer', tramTau, 'Cán bộ xã bên');
  web = await startPages(world);
});
afterAll(async () => {
  await web.close();
  await world.close();
});
beforeEach(async () => {
  await known.begin();
});

const enter = async (who: string): Promise<Walker> => {
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: people[who]!.username });
  await walker.send(path, path, {});
  return walker;
};
const read = async (walker: Walker, path: string): Promise<string> => {
  const response = await walker.get(path);
  const html = await response.text();
  expect([path, response.status, HOLE.exec(html)?.[0]]).toEqual([path, 200, undefined]);
  return html;
};
const linkIn = (html: string, text: string): string => {
  const found = new RegExp(`<a href="([^"]+)">${text}</a>`, 'u').exec(html);
  expect(found, text).not.toBeNull();
  return found![1]!.replaceAll('&amp;', '&');
};

describe('the page of a household', () => {
  it('says which number refuses, takes a refusal, and lifts it', async () => {
    const walker = await enter('officer');
    const at = `/households/${await subjectOf(world, 'H01')}`;
    const asks = linkIn(await read(walker, at), 'Không nhắn, không gọi nữa');
    // No number of anybody stands in an address.
    expect(asks).not.toContain('545');
    expect(await read(walker, asks)).toContain('0545 000 001');
    const unsaid = await walker.send(asks, asks, { note: 'đang bận' });
    const again = await unsaid.text();
    expect([unsaid.status, HOLE.test(again)]).toEqual([422, false]);
    expect(again).toContain('Hãy chọn người dùng số đã từ chối bằng cách nào.');
    expect(again).toContain('id="field-how-error"');
    expect(again).toContain('value="đang bận"');
    const done = await walker.send(asks, asks, { how: 'in-person', note: 'đang bận' });
    expect(done.status).toBe(303);
    const html = await read(walker, done.headers.get('location')!);
    expect(html).toContain('Từ nay không nhắn, không gọi số này');
    expect(html).toMatch(
      /0545 000 001 <strong[^>]*>Không nhắn, không gọi<\/strong> đã từ chối ngày 15\/06\/2026 \(nói trực tiếp với cán bộ\)/u,
    );
    expect(html).not.toContain('Không nhắn, không gọi nữa');
    const twice = await walker.send(asks, asks, { how: 'phone' });
    expect(await read(walker, twice.headers.get('location')!)).toContain('đã từ chối từ ngày 15/06/2026');
    const lifts = linkIn(html, 'Cho liên hệ lại');
    const empty = await walker.send(lifts, lifts, { note: ' ' });
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Hãy ghi ai đề nghị')]);
    const lifted = await walker.send(lifts, lifts, { note: 'chủ hộ gọi điện' });
    expect(lifted.headers.get('location')).toBe(`${at}?refusal=allowed`);
    const free = await read(walker, lifted.headers.get('location')!);
    expect(free).toContain('được nhắn, được gọi lại số này');
    expect(linkIn(free, 'Không nhắn, không gọi nữa')).toBe(asks);
    expect((await walker.get(lifts)).status).toBe(404);
  });

  it('the agent of the village notes a refusal but does not lift it; of no other village', async () => {
    const walker = await enter('agent');
    const at = `/households/${await subjectOf(world, 'H01')}`;
    const asks = linkIn(await read(walker, at), 'Không nhắn, không gọi nữa');
    const done = await walker.send(asks, asks, { how: 'agent' });
    const html = await read(walker, done.headers.get('location')!);
    expect(html).toContain('đã từ chối ngày 15/06/2026 (nói với trưởng thôn, tuyên truyền viên)');
    expect(html).not.toContain('Cho liên hệ lại');
    const list = await read(walker, '/refusals');
    expect(list).toContain('0545 000 001');
    expect(list).not.toContain('/lift');
    const { rows } = await world.database.pool.query('select opt_out_id as id from registry.opt_out');
    expect((await walker.get(`/refusals/${rows[0].id}/lift`)).status).toBe(403);
    const elsewhere = asks.replace(await subjectOf(world, 'H01'), await subjectOf(world, 'P01'));
    expect((await walker.get(elsewhere)).status).toBe(404);
    expect((await walker.get(`${at}/refuse?phone=${newId()}`)).status).toBe(404);
    expect((await walker.get(`${at}/refuse`)).status).toBe(404);
  });
});

describe('the page of refused numbers', () => {
  it('is reached from the households, takes any number, says what is wrong beside the field', async () => {
    const walker = await enter('officer');
    expect(await read(walker, '/refusals')).toContain('Chưa có số nào từ chối');
    expect(await read(walker, '/households')).toContain('href="/refusals">Số đã từ chối<');
    const wrong = await walker.send('/refusals', '/refusals', { phone: '123', how: 'list', note: 'danh sách' });
    const again = await wrong.text();
    expect([wrong.status, HOLE.test(again)]).toEqual([422, false]);
    expect(again).toContain('id="field-phone-error"');
    expect(again).toContain('value="123"');
    expect(again).toMatch(/value="list"[^>]*checked|checked[^>]*value="list"/u);
    const done = await walker.send('/refusals', '/refusals', {
      phone: '054 500 0002',
      how: 'list',
      note: '<b>thôi</b>',
    });
    const html = await read(walker, done.headers.get('location')!);
    expect(html).toContain('0545 000 002');
    expect(html).toContain('&lt;b>thôi&lt;/b>');
    for (const code of ['H02', 'H03'])
      expect(linkIn(html, `Giàng A ${code}`)).toBe(`/households/${await subjectOf(world, code)}`);
    const lifts = linkIn(html, 'Cho liên hệ lại');
    const lifted = await walker.send(lifts, lifts, { note: 'chủ hộ nhắn' });
    expect(lifted.headers.get('location')).toBe('/refusals?refusal=allowed');
    const open = await read(walker, '/refusals');
    expect(open).not.toContain('0545 000 002');
    // A box of the form that looks for numbers.
    expect(open).toMatch(/name="lifted" value="yes"[\s\S]{0,80}Xem cả số đã được liên hệ lại/u);
    const past = await read(walker, '/refusals?lifted=yes');
    expect(past).toMatch(/Được liên hệ lại<\/strong> từ 15\/06\/2026: chủ hộ nhắn \(Cán bộ xã ghi\)/u);
  });

  it('shows nothing of another commune, and the agent no number of nobody', async () => {
    await known.refuse(phones.elsewhere, { actor: known.there });
    const { rows } = await world.database.pool.query('select opt_out_id as id from registry.opt_out');
    const officer = await enter('officer');
    expect(await read(officer, '/refusals')).not.toContain('0545 000 005');
    expect((await officer.get(`/refusals/${rows[0].id}/lift`)).status).toBe(404);
    expect((await officer.get('/refusals/0/lift')).status).toBe(404);
    expect(await read(await enter('far'), '/refusals')).toContain('0545 000 005');
    const agent = await enter('agent');
    const answers = [phones.elsewhere, phones.nobody].map(async (phone) => {
      const refused = await agent.send('/refusals', '/refusals', { phone, how: 'agent' });
      return [refused.status, (await refused.text()).includes('Không có hộ nào trong địa bàn')];
    });
    expect(await Promise.all(answers)).toEqual([
      [422, true],
      [422, true],
    ]);
  });
});

describe('the terminal', () => {
  it('refuses, lists and allows', async () => {
    const cli = cliIn(world);
    const as = ['--as', people.officer!.username];
    const refused = await cli('phone', 'refuse', '0545 000 001', '--how', 'in-person', '--note', 'thôi', ...as);
    expect(refused).toMatchObject({ code: 0, out: 'Đã ghi: không nhắn, không gọi số 0545 000 001 nữa.\n' });
    expect((await cli('phone', 'refuse', '+84545000001', '--how', 'phone', ...as)).out).toContain('từ ngày 15/06/2026');
    const listed = await cli('phone', 'refused', '--json', ...as);
    expect(listed.json).toMatchObject({
      total: 1,
      refusals: [{ value: phones.shared, since: '2026-06-15', how: 'in-person', note: 'thôi', until: null }],
    });
    expect((await cli('phone', 'refused', ...as)).out).toMatch(/0545 000 001 .*15\/06\/2026 .*Giàng A H01/u);
    const shown = await cli('household', 'show', 'H01', ...as);
    expect(shown.out).toContain('không nhắn, không gọi: đã từ chối ngày 15/06/2026 (nói trực tiếp với cán bộ)');
    expect((await cli('phone', 'allow', '0545000001', ...as)).code).toBe(2);
    expect((await cli('phone', 'allow', '0545000001', '--note', 'chủ hộ đến xã', ...as)).code).toBe(0);
    expect((await cli('phone', 'allow', '0545000001', '--note', 'lần nữa', ...as)).code).toBe(4);
    expect((await cli('phone', 'refused', '--json', ...as)).json.total).toBe(0);
    expect((await cli('phone', 'refused', '--all', '--json', ...as)).json.total).toBe(1);
  });

  it('says in both languages what is wrong', async () => {
    const cli = cliIn(world);
    const how = await cli('phone', 'refuse', '0545000001', '--how', 'hét');
    expect([how.code, how.err]).toEqual([2, expect.stringContaining('reply, phone, agent, in-person, list')]);
    const number = await cli('phone', 'refuse', '12', '--how', 'phone', '--lang', 'en');
    expect([number.code, number.err]).toEqual([2, expect.stringContaining('Write one Vietnamese mobile')]);
    const agent = await cli('phone', 'allow', '0545000001', '--note', 'x', '--as', people.agent!.username);
    expect(agent.code).toBe(3);
  });
});

describe('whoever would be called', () => {
  it('is marked in a call-back sample, and has no such phone in the list of those not reached', async () => {
    const messageId = await addMessage(world);
    const lineId = await addLine(world, { messageId });
    const activityId = newId();
    const told = { messageId, edition: 1, stage: 2, language: 'vi', channel: 'meeting', proof: 'declared' } as const;
    const subjectId = await subjectOf(world, 'H02');
    await putContacts(world, [{ ...told, subjectId, happenedOn: '2026-06-01', activityId }]);
    await known.refuse(phones.shared);
    const sample = await world.execute(drawSample, known.here, { activityId });
    expect(sample.rows[0]!.phones).toEqual([
      { value: phones.shared, doNotContact: true },
      { value: phones.own, doNotContact: false },
    ]);
    const said = await cliIn(world)('evidence', 'sample', activityId);
    expect(said.out).toContain('0545 000 001 (không nhắn, không gọi), 0545 000 002');
    const calls = async (on: string) => {
      const { rows } = await world.execute(listLeftBehind, known.here, { lineId, on });
      return Object.fromEntries(rows.map(({ code, phones: numbers }) => [code, numbers]));
    };
    const rest = { H02: [phones.own], H03: [phones.own], H04: [] };
    expect(await calls('2026-06-15')).toEqual({ H01: [], ...rest });
    // Whatever day is looked at, the list is for calling now.
    expect(await calls('2026-06-10')).toMatchObject({ H01: [] });
    await known.lift(phones.shared);
    expect(await calls('2026-06-15')).toMatchObject({ H01: [phones.shared] });
    await clearEvidence(world);
    await world.database.pool.query('delete from plans.plan_line where line_id = $1', [lineId]);
  });
});
