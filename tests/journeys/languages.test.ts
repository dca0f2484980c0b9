import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import {
  listEthnicGroups,
  noteLanguages,
  noteLanguagesOfVillage,
  registryUseCases,
  undoList,
} from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { recordVisit } from '../../src/modules/visits/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { keptCells, scratchCells } from '../support/coverage.ts';
import { actorOf, addLine, addMessage, putContacts, subjectOf, villageOf } from '../support/evidence.ts';
import { addPerson, send } from '../support/follow-up.ts';
import { bringIn, emptyRegistry, fingerprint, importVillages, paHu, type Row, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

/** Today in every world of a test. */
const TODAY = '2026-06-15';

let world: World;
let web: Web;
let [one, message, line] = ['', '', ''];
let officer: Actor;
let agent: Actor & { readonly username: string };
let clerk: Actor & { readonly username: string };
let first = '';

const row = (end: string, more: Partial<Row> = {}): Row => ({
  code: `H${end}`,
  head: `Giàng A ${end}`,
  birth: '1980',
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  ethnicity: 'Mông',
  size: 4,
  ...more,
});
const rows: readonly Row[] = [
  row('01'),
  row('02', { ethnicity: "H'Mông" }),
  row('03', { ethnicity: 'MÔNG' }),
  row('04', { ethnicity: 'Thái' }),
  row('05', { village: 'Thôn Hai' }),
];

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  one = await villageOf(world, 'Thôn Một');
  message = await addMessage(world, { code: 'bhyt' });
  line = await addLine(world, { messageId: message, code: 'ke-hoach' });
  officer = actorOf('officer', taXiLang);
  agent = await addPerson(world, 'agent', one, 'Vàng Thị Tuyên');
  clerk = await addPerson(world, 'officer', taXiLang, 'Cán bộ xã');
  web = await startPages(world);
});
afterAll(async () => {
  await web.close();
  await world.close();
});

beforeEach(async () => {
  await emptyRegistry(world);
  await world.database.pool.query(
    'truncate reach.contact, reach.exposure, reach.state, visits.visit, plans.activity cascade',
  );
  first = await bringIn(world, { rows, asOf: '2025-11-30' });
});

const id = (code: string): Promise<string> => subjectOf(world, code);

const note = async (code: string, more: object = {}, actor: Actor = officer) =>
  world.execute(noteLanguages, actor, { subjectIds: [await id(code)], languages: ['hmn'], ...more });

interface Known {
  readonly languages: string[] | null;
  readonly read: string[] | null;
  readonly size: number | null;
}

/** What the registry says of a household on a day. */
const knownOn = async (code: string, day: string): Promise<Known> => {
  const found = await world.database.pool.query(
    'select languages, languages_read as read, size from registry.subject_at($1::date) where code = $2',
    [day, code],
  );
  return found.rows[0];
};

const historyOf = async (code: string) =>
  (
    await world.database.pool.query(
      `select valid_from as from, valid_to as to, languages, size, import_id is null as own from registry.profile
       where subject_id = (select subject_id from registry.subject where code = $1) order by valid_from`,
      [code],
    )
  ).rows;

const nowOf = async (code: string) =>
  (
    await world.database.pool.query('select languages, languages_read from registry.subject_now where code = $1', [
      code,
    ])
  ).rows[0];

const tell = async (code: string, happenedOn: string, more: object = {}) =>
  putContacts(world, [
    {
      ...{ subjectId: await id(code), messageId: message, edition: 1, stage: 3, language: 'hmn', channel: 'meeting' },
      ...{ proof: 'signed-list', happenedOn, activityId: null },
      ...more,
    } as Parameters<typeof putContacts>[1][number],
  ]);

const stateOf = async (code: string) =>
  (
    await world.database.pool.query(
      `select exposed_on, first_2, first_3 from reach.state where subject_id = (select subject_id from registry.subject where code = $1)`,
      [code],
    )
  ).rows[0];

/** How many of the village the line reached, as it is kept. */
const reachedIn = async (placeId: string): Promise<number | undefined> =>
  (await keptCells(world)).own.find(
    (cell) => cell.line_id === line && cell.place_id === placeId && cell.facet === 'all',
  )?.s3;

describe('what a household understands', () => {
  it('makes what it was told before count, from the day on that is said', async () => {
    await tell('H01', '2026-03-10');
    await tell('H02', '2026-03-10');
    await scratchCells(world);
    const before = await reachedIn(one);
    expect(before).toBe(0);
    expect(await stateOf('H01')).toEqual({ exposed_on: '2026-03-10', first_2: null, first_3: null });
    expect(await note('H01', { from: '2026-03-10' })).toEqual({ households: 1 });
    // A day too late for what was told.
    await note('H02', { from: '2026-03-11' });
    expect(await stateOf('H01')).toEqual({ exposed_on: null, first_2: '2026-03-10', first_3: '2026-03-10' });
    expect(await stateOf('H02')).toEqual({ exposed_on: '2026-03-10', first_2: null, first_3: null });
    await world.settle();
    expect(await reachedIn(one)).toBe(1);
  });

  it('makes a leaflet count once somebody there reads', async () => {
    await tell('H01', '2026-03-10', { stage: 2, channel: 'leaflet', language: 'vi' });
    await note('H01', { languages: ['vi'], from: '2026-01-01' });
    expect(await stateOf('H01')).toMatchObject({ first_2: null });
    await note('H01', { languages: ['vi'], languagesRead: [], from: '2026-01-01' });
    expect(await stateOf('H01')).toMatchObject({ first_2: null });
    expect(await nowOf('H01')).toEqual({ languages: ['vi'], languages_read: [] });
    await note('H01', { languages: ['vi'], languagesRead: ['vi'], from: '2026-01-01' });
    expect(await stateOf('H01')).toMatchObject({ first_2: '2026-03-10' });
    // Not said = as known.
    await note('H01', { languages: ['hmn', 'vi'], from: '2026-01-01' });
    expect(await nowOf('H01')).toEqual({ languages: ['hmn', 'vi'], languages_read: ['vi'] });
  });

  it('holds from its day; earlier days answer as before, and the rest of the profile stays', async () => {
    await note('H01', { languages: ['vi'], from: '2026-05-01' });
    await note('H01', { languages: ['hmn', 'vi'], languagesRead: ['vi'], from: '2026-03-01' });
    await note('H01', { languages: ['hmn'], from: '2026-06-01' });
    expect(await knownOn('H01', '2026-02-28')).toEqual({ languages: null, read: null, size: 4 });
    for (const day of ['2026-03-01', '2026-05-01', '2026-05-31'])
      expect(await knownOn('H01', day), day).toEqual({ languages: ['hmn', 'vi'], read: ['vi'], size: 4 });
    expect(await knownOn('H01', '2026-06-01')).toEqual({ languages: ['hmn'], read: ['vi'], size: 4 });
    expect((await historyOf('H01')).map(({ from, to, own }) => [from, to, own])).toEqual([
      ['2025-11-30', '2026-03-01', false],
      ['2026-03-01', '2026-05-01', true],
      ['2026-05-01', '2026-06-01', true],
      ['2026-06-01', null, true],
    ]);
  });

  it('is not said of a time before there was the household, and of one without a profile too', async () => {
    await note('H01', { from: '2020-01-01' });
    expect(await historyOf('H01')).toMatchObject([{ from: '2025-11-30', to: null, languages: ['hmn'], size: 4 }]);
    await world.database.pool.query('delete from registry.profile where subject_id = $1', [await id('H02')]);
    await note('H02', { from: '2026-02-01' });
    expect(await historyOf('H02')).toEqual([
      { from: '2026-02-01', to: null, languages: ['hmn'], size: null, own: true },
    ]);
    await note('H02', { from: '2026-01-01', languages: ['vi'] });
    expect(await historyOf('H02')).toMatchObject([
      { from: '2026-01-01', to: '2026-02-01', languages: ['vi'] },
      { from: '2026-02-01', to: null, languages: ['vi'] },
    ]);
  });

  it('said again changes nothing, in whatever order', async () => {
    await note('H01', { languages: ['hmn', 'vi'], languagesRead: ['vi'], from: '2026-03-01' });
    const before = await fingerprint(world);
    for (const more of [
      { languages: ['vi', 'hmn', 'vi'], languagesRead: ['vi'], from: '2026-03-01' },
      { languages: ['hmn', 'vi'] },
      { languages: ['hmn', 'vi'], languagesRead: null, from: '2026-05-01' },
    ])
      expect(await note('H01', more)).toEqual({ households: 0 });
    expect(await fingerprint(world)).toBe(before);
  });

  it('refuses a day to come, no language, an unknown one, and households of others', async () => {
    const before = await fingerprint(world);
    await expect(note('H01', { from: '2026-06-16' })).rejects.toMatchObject({ code: 'languages.ahead' });
    await note('H01', { from: TODAY, languages: ['hmn'] });
    for (const languages of [[], ['xx']])
      await expect(note('H02', { languages })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(note('H05', {}, agent)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(note('H01', {}, actorOf('officer', paHu))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(note('H01', {}, actorOf('leader', taXiLang))).rejects.toMatchObject({ kind: 'forbidden' });
    // One of others among one's own is as if there were none of them.
    const both = [await id('H02'), await id('H05')];
    await expect(world.execute(noteLanguages, agent, { subjectIds: both, languages: ['hmn'] })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(
      world.execute(noteLanguages, systemActor, { subjectIds: [newId()], languages: ['hmn'] }),
    ).rejects.toMatchObject({ kind: 'not-found' });
    expect(await fingerprint(world)).not.toBe(before);
    expect(await nowOf('H02')).toEqual({ languages: null, languages_read: null });
  });

  it('leaves neither a language nor a person in the audit', async () => {
    await note('H01', { languagesRead: ['vi'] });
    const { rows: audit } = await world.database.pool.query(
      `select refs from platform.audit where name = 'registry.note-languages' order by at desc, audit_id desc limit 1`,
    );
    expect(audit[0].refs).toEqual({ asked: 1, households: 1, fields: ['languages', 'languages_read'] });
    expect(registryUseCases).toContain(noteLanguages);
  });
});

describe('beside lists', () => {
  const later = (asOf: string, more: Partial<Row> = {}) =>
    bringIn(world, { rows: [row('01', more)], asOf, complete: null });
  const undo = (importId: string) => world.execute(undoList, systemActor, { importId });

  it('a list that is noted upon is not taken back any more, and nothing is broken', async () => {
    await note('H01', { from: '2026-03-01' });
    const before = await fingerprint(world);
    await expect(undo(first)).rejects.toMatchObject({ code: 'import.undo-changed', params: { count: 1 } });
    expect(await fingerprint(world)).toBe(before);
  });

  it('nor one whose row of the same day was noted upon', async () => {
    await note('H01', { from: '2025-11-30' });
    await expect(undo(first)).rejects.toMatchObject({ code: 'import.undo-changed', params: { count: 1 } });
  });

  it('a later list that does not speak of languages keeps them, and can be taken back', async () => {
    await note('H01', { from: '2026-03-01' });
    const before = await fingerprint(world);
    const importId = await later('2026-05-30', { size: 6 });
    expect(await knownOn('H01', '2026-05-30')).toEqual({ languages: ['hmn'], read: null, size: 6 });
    expect(await knownOn('H01', '2026-05-29')).toEqual({ languages: ['hmn'], read: null, size: 4 });
    await undo(importId);
    expect(await fingerprint(world)).toBe(before);
  });

  it('a later list that speaks of them wins from its day on', async () => {
    await note('H01', { from: '2026-03-01' });
    const importId = await later('2026-05-30', { languages: 'tiếng Việt' });
    expect(await knownOn('H01', '2026-05-29')).toMatchObject({ languages: ['hmn'] });
    expect(await knownOn('H01', '2026-05-30')).toMatchObject({ languages: ['vi'] });
    // And somebody who knows better puts it right after that.
    await note('H01', { languages: ['hmn', 'vi'], from: '2026-06-01' });
    expect(await nowOf('H01')).toMatchObject({ languages: ['hmn', 'vi'] });
    await expect(undo(importId)).rejects.toMatchObject({ code: 'import.undo-changed' });
  });

  it('a list of an earlier day says the rest of the time after too, up to the next review, and can be taken back', async () => {
    await note('H01', { from: '2026-03-01' });
    const before = await fingerprint(world);
    const importId = await later('2026-01-31', { size: 6, languages: 'tiếng Việt' });
    expect(await knownOn('H01', '2026-01-30')).toEqual({ languages: null, read: null, size: 4 });
    expect(await knownOn('H01', '2026-02-01')).toEqual({ languages: ['vi'], read: null, size: 6 });
    expect(await knownOn('H01', TODAY)).toEqual({ languages: ['hmn'], read: null, size: 6 });
    await undo(importId);
    expect(await fingerprint(world)).toBe(before);
    // A review in between confirmed what was known then: the late list ends there.
    await later('2026-05-30');
    const reviewed = await fingerprint(world);
    const late = await later('2026-01-31', { size: 6 });
    expect(await knownOn('H01', '2026-05-29')).toEqual({ languages: ['hmn'], read: null, size: 6 });
    expect(await knownOn('H01', '2026-05-30')).toEqual({ languages: ['hmn'], read: null, size: 4 });
    await undo(late);
    expect(await fingerprint(world)).toBe(reviewed);
  });
});

describe('a whole village', () => {
  const ofVillage = (more: object = {}, actor: Actor = officer) =>
    world.execute(noteLanguagesOfVillage, actor, {
      ...{ villageId: one, ethnicity: 'mông', languages: ['hmn'] as const, from: '2026-01-01', commit: true },
      ...more,
    });

  it('counts first, then notes for those nobody knows it of', async () => {
    await note('H02', { languages: ['vi'], languagesRead: ['vi'], from: '2026-01-01' });
    const before = await fingerprint(world);
    expect(await ofVillage({ commit: false })).toEqual({ households: 2, unknownBefore: 2 });
    expect(await fingerprint(world)).toBe(before);
    await tell('H03', '2026-03-10');
    expect(await ofVillage({ languagesRead: ['hmn'] })).toEqual({ households: 2, unknownBefore: 2 });
    expect(await stateOf('H03')).toMatchObject({ first_3: '2026-03-10' });
    for (const code of ['H01', 'H03'])
      expect(await nowOf(code)).toEqual({ languages: ['hmn'], languages_read: ['hmn'] });
    expect(await nowOf('H02')).toEqual({ languages: ['vi'], languages_read: ['vi'] });
    for (const code of ['H04', 'H05']) expect(await nowOf(code)).toMatchObject({ languages: null });
    expect(await ofVillage()).toEqual({ households: 0, unknownBefore: 0 });
    expect(await ofVillage({ onlyUnknown: false })).toEqual({ households: 3, unknownBefore: 0 });
    expect(await nowOf('H02')).toEqual({ languages: ['hmn'], languages_read: ['vi'] });
  });

  it('keeps what a household is known to read', async () => {
    await world.database.pool.query(`update registry.profile set languages_read = '{vi}' where subject_id = $1`, [
      await id('H01'),
    ]);
    await ofVillage({ languagesRead: [] });
    expect(await nowOf('H01')).toEqual({ languages: ['hmn'], languages_read: ['vi'] });
    expect(await nowOf('H03')).toEqual({ languages: ['hmn'], languages_read: [] });
  });

  it('names the groups that live there, however they are written', async () => {
    expect((await world.execute(listEthnicGroups, officer, { villageId: one })).groups).toEqual([
      { ethnicity: expect.stringMatching(/mông/iu), households: 3, unknown: 3 },
      { ethnicity: 'Thái', households: 1, unknown: 1 },
    ]);
  });

  it('is for officers of that village alone, and for villages', async () => {
    await expect(ofVillage({}, agent)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(ofVillage({}, actorOf('officer', paHu))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(ofVillage({ villageId: taXiLang })).rejects.toMatchObject({ code: 'place' });
    await expect(ofVillage({ from: '2026-06-16', commit: false })).rejects.toMatchObject({ code: 'languages.ahead' });
    expect(await nowOf('H01')).toMatchObject({ languages: null });
  });
});

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
