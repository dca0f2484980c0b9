import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listEthnicGroups, noteLanguages, noteLanguagesOfVillage, undoList } from '../../src/modules/registry/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { keptCells, scratchCells } from '../support/coverage.ts';
import { actorOf } from '../support/evidence.ts';
import { languagesWorld, listed } from '../support/languages.ts';
import { bringIn, fingerprint, paHu, type Row, taXiLang } from '../support/lists.ts';
import type { World } from '../support/world.ts';

/** Today in every world of a test. */
const TODAY = '2026-06-15';

let known: Awaited<ReturnType<typeof languagesWorld>>;
let world: World;
let [one, line] = ['', ''];
let officer: Actor;
let agent: Actor;
let first = '';
beforeAll(async () => {
  known = await languagesWorld();
  ({ world, one, line, officer, agent } = known);
});
afterAll(() => world.close());
beforeEach(async () => {
  first = await known.begin();
});
const id: typeof known.id = (code) => known.id(code);
const note: typeof known.note = (...asked) => known.note(...asked);
const knownOn: typeof known.knownOn = (...asked) => known.knownOn(...asked);
const nowOf: typeof known.nowOf = (code) => known.nowOf(code);
const tell: typeof known.tell = (...asked) => known.tell(...asked);
const stateOf: typeof known.stateOf = (code) => known.stateOf(code);

const historyOf = async (code: string) =>
  (
    await world.database.pool.query(
      `select valid_from as from, valid_to as to, languages, size, import_id is null as own from registry.profile
       where subject_id = (select subject_id from registry.subject where code = $1) order by valid_from`,
      [code],
    )
  ).rows;

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
    expect(await nowOf('H02')).toEqual({ languages: null, languages_read: null });
  });

  it('leaves neither a language nor a person in the audit', async () => {
    await note('H01', { languagesRead: ['vi'] });
    const { rows: audit } = await world.database.pool.query(
      `select refs from platform.audit where name = 'registry.note-languages' order by at desc, audit_id desc limit 1`,
    );
    expect(audit[0].refs).toEqual({ asked: 1, households: 1, fields: ['languages', 'languages_read'] });
  });
});

describe('beside lists', () => {
  const later = (asOf: string, more: Partial<Row> = {}) =>
    bringIn(world, { rows: [listed('01', more)], asOf, complete: null });
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
