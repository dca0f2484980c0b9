import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { recordVisit } from '../../src/modules/visits/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { addPerson, send } from '../support/follow-up.ts';
import { languagesWorld } from '../support/languages.ts';
import { taXiLang } from '../support/lists.ts';
import type { World } from '../support/world.ts';

/** Today in every world of a test. */
const TODAY = '2026-06-15';

let known: Awaited<ReturnType<typeof languagesWorld>>;
let world: World;
let [one, line] = ['', ''];
let agent: Awaited<ReturnType<typeof addPerson>>;
let clerk: Awaited<ReturnType<typeof addPerson>>;
let web: Web;
beforeAll(async () => {
  known = await languagesWorld();
  ({ world, one, line, agent } = known);
  clerk = await addPerson(world, 'officer', taXiLang, 'Cán bộ xã');
  web = await startPages(world);
});
afterAll(async () => {
  await web.close();
  await world.close();
});
beforeEach(async () => {
  await known.begin();
});
const id: typeof known.id = (code) => known.id(code);
const note: typeof known.note = (...asked) => known.note(...asked);
const knownOn: typeof known.knownOn = (...asked) => known.knownOn(...asked);
const nowOf: typeof known.nowOf = (code) => known.nowOf(code);
const stateOf: typeof known.stateOf = (code) => known.stateOf(code);

describe('a visit', () => {
  const visitTo = async (code: string) =>
    (
      await send(world, {
        ...{ subjectIds: [await id(code)], lineIds: [line], agentName: 'Trưởng thôn', dueOn: TODAY, note: '' },
      })
    )[0]!;
  const told = () => [{ lineId: line, language: 'hmn' as const, readAloud: true }];

  it('says first what the household understands, so that what was told counts', async () => {
    const visitId = await visitTo('H01');
    await world.execute(recordVisit, agent, {
      ...{ visitId, outcome: 'met', happenedOn: '2026-06-10', results: told() },
      ...{ languages: ['hmn'], languagesRead: [] },
    });
    expect(await stateOf('H01')).toEqual({ exposed_on: null, first_2: '2026-06-10', first_3: '2026-06-10' });
    expect(await knownOn('H01', '2026-06-09')).toMatchObject({ languages: null });
    expect(await nowOf('H01')).toEqual({ languages: ['hmn'], languages_read: [] });
  });

  it('without it leaves them as known; nothing is learned where nobody was met', async () => {
    await world.execute(recordVisit, agent, { visitId: await visitTo('H01'), outcome: 'met', results: told() });
    expect(await stateOf('H01')).toMatchObject({ exposed_on: TODAY, first_3: null });
    const visitId = await visitTo('H02');
    await expect(
      world.execute(recordVisit, agent, { visitId, outcome: 'met', results: told(), languagesRead: ['vi'] }),
    ).rejects.toMatchObject({ code: 'languages.none' });
    await world.execute(recordVisit, agent, { visitId, outcome: 'not-met', languages: ['hmn'] });
    expect(await nowOf('H02')).toMatchObject({ languages: null });
  });
});

describe('pages and terminal', () => {
  const HOLE = />[^<]*\b(?:page|error|language)\.[a-z][\w.-]*[^<]*</u;
  const enter = async (username: string): Promise<Walker> => {
    const walker = createWalker(web.url);
    const { path } = await world.execute(createSignInLink, systemActor, { username });
    await walker.send(path, path, {});
    return walker;
  };
  const post = async (walker: Walker, at: string, path: string, fields: readonly [string, string][]) =>
    walker.post(path, new URLSearchParams([['csrf', await walker.token(at)], ...fields]));
  const ticked = (html: string, name: string): string[] =>
    [...html.matchAll(/<input[^>]*type="checkbox"[^>]*>/gu)].flatMap(([tag]) =>
      tag.includes(`name="${name}"`) && /\schecked/u.test(tag) ? (/value="([^"]+)"/u.exec(tag)?.[1] ?? []) : [],
    );

  it('the page of a household takes it, and keeps what was chosen when refused', async () => {
    const walker = await enter(agent.username);
    const at = `/households/${await id('H01')}`;
    const refused = await post(walker, at, `${at}/languages`, [
      ['languages', 'hmn'],
      ['languages', 'vi'],
      ['languagesRead', 'none'],
      ['languagesRead', 'vi'],
      ['from', '1/3/2026'],
    ]);
    const again = await refused.text();
    expect([refused.status, HOLE.test(again)]).toEqual([422, false]);
    expect(again).toContain('đừng chọn thêm chữ nào');
    expect([ticked(again, 'languages'), ticked(again, 'languagesRead')]).toEqual([
      ['vi', 'hmn'],
      ['vi', 'none'],
    ]);
    expect(again).toContain('value="1/3/2026"');
    const none = await post(walker, at, `${at}/languages`, [['from', '1/3/2026']]);
    expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('ít nhất một tiếng')]);
    const done = await post(walker, at, `${at}/languages`, [
      ['languages', 'hmn'],
      ['languagesRead', 'none'],
      ['from', '1/3/2026'],
    ]);
    expect(done.status).toBe(303);
    const html = await (await walker.get(done.headers.get('location')!)).text();
    expect(html).toContain('Đã ghi tiếng của hộ');
    expect([ticked(html, 'languages'), ticked(html, 'languagesRead')]).toEqual([['hmn'], ['none']]);
    expect(await knownOn('H01', '2026-02-28')).toMatchObject({ languages: null });
    expect((await walker.get('/households/languages')).status).toBe(403);
    expect(await (await walker.get('/households')).text()).not.toContain('/households/languages');
  });

  it('for a village it counts, asks again, and notes', async () => {
    const walker = await enter(clerk.username);
    expect(await (await walker.get('/households')).text()).toContain('/households/languages');
    const at = `/households/languages?commune=${(await communeOf(one)) ?? ''}&village=${one}`;
    const shown = await (await walker.get(at)).text();
    expect(shown).toContain('3 hộ, 3 hộ chưa biết tiếng');
    expect(shown).not.toMatch(HOLE);
    const value = /<option value="([^"]*)"[^>]*>[^<]*3 hộ, 3 hộ/u.exec(shown)![1]!.replaceAll('&#39;', "'");
    const fields: [string, string][] = [
      ['village', one],
      ['commune', (await communeOf(one)) ?? ''],
      ['ethnicity', value],
      ['from', '01/01/2026'],
    ];
    const refused = await post(walker, at, '/households/languages', fields);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('ít nhất một tiếng')]);
    const counted = await post(walker, at, '/households/languages', [...fields, ['languages', 'hmn']]);
    const asked = await counted.text();
    expect(asked).toContain('Ghi cho 3 hộ');
    expect(asked).not.toMatch(HOLE);
    expect(await nowOf('H01')).toMatchObject({ languages: null });
    const confirmed: [string, string][] = [...asked.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu)]
      .filter(([, name]) => name !== 'csrf')
      .map(([, name, text]) => [name!, text!.replaceAll('&#39;', "'")]);
    const done = await post(walker, at, '/households/languages', confirmed);
    expect(done.status).toBe(303);
    expect(await (await walker.get(done.headers.get('location')!)).text()).toContain('Đã ghi tiếng cho 3 hộ');
    for (const code of ['H01', 'H02', 'H03']) expect(await nowOf(code)).toMatchObject({ languages: ['hmn'] });
  });

  it('the page of a visit shows what is known and takes what was learned', async () => {
    await note('H01', { languages: ['vi'], languagesRead: ['vi'] });
    const [visitId] = await send(world, {
      ...{ subjectIds: [await id('H01')], lineIds: [line], agentName: 'Trưởng thôn', dueOn: TODAY, note: '' },
    });
    const walker = await enter(agent.username);
    const at = `/visits/${visitId}`;
    const html = await (await walker.get(at)).text();
    expect([ticked(html, 'languages'), ticked(html, 'languagesRead')]).toEqual([['vi'], ['vi']]);
    const fields: [string, string][] = [
      ['outcome', 'met'],
      ['happenedOn', '15/06/2026'],
      ['proof', 'declared'],
      [`language-${line}`, 'hmn'],
      ['languages', 'hmn'],
      ['languages', 'vi'],
      ['languagesRead', 'none'],
    ];
    const nothing = await post(walker, at, at, fields);
    const again = await nothing.text();
    expect([nothing.status, ticked(again, 'languages')]).toEqual([422, ['vi', 'hmn']]);
    expect((await post(walker, at, at, [...fields, [`told-${line}`, 'yes']])).status).toBe(303);
    expect(await nowOf('H01')).toEqual({ languages: ['vi', 'hmn'], languages_read: [] });
    expect(await stateOf('H01')).toMatchObject({ first_3: TODAY });
  });

  it('the terminal does the same', async () => {
    const cli = cliIn(world);
    const noted = await cli('household', 'languages', 'H01', '--understands', 'hmn,vi', '--reads', 'none', '--from', '2026-03-01', '--json'); // biome-ignore format: a command
    expect(noted).toMatchObject({ code: 0, json: { changed: true } });
    expect(await knownOn('H01', '2026-03-01')).toMatchObject({ languages: ['hmn', 'vi'], read: [] });
    const village = ['household', 'languages-village', one, '--ethnicity', 'Mông', '--understands', 'hmn'];
    const dry = await cli(...village, '--dry-run', '--json');
    expect(dry.json).toEqual({ households: 2, unknownBefore: 2, committed: false });
    expect(await nowOf('H02')).toMatchObject({ languages: null });
    expect((await cli(...village, '--reads', 'vi', '--json')).json).toMatchObject({ households: 2, committed: true });
    expect(await nowOf('H02')).toEqual({ languages: ['hmn'], languages_read: ['vi'] });
    expect((await cli('household', 'languages', 'H01', '--understands', 'klingon')).code).not.toBe(0);
    const both = await cli('household', 'languages', 'H01', '--understands', 'vi', '--reads', 'vi,none');
    expect(both.err).toContain('đừng chọn thêm chữ nào');
    expect((await cli('household', 'languages', 'H01', '--understands', 'hmn,vi')).out).toContain('Đã biết như vậy');
  });

  const communeOf = async (villageId: string): Promise<string | undefined> => {
    const { rows: found } = await world.database.pool.query(
      `select parent_id from territory.place_version where place_id = $1 and valid_to is null`,
      [villageId],
    );
    return found[0]?.parent_id;
  };
});
