import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importVillages, paHu, since2025, taXiLang } from '../../../../tests/support/lists.ts';
import { geoJson, mapOf, pointFeature, polygonFeature } from '../../../../tests/support/shapes.ts';
import { createWorld, type World } from '../../../../tests/support/world.ts';
import { type Actor, systemActor } from '../../../platform/command.ts';
import { newId } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/roles.ts';
import { dropShapes, listChildren, listShapes, loadReferenceUnits, loadShapes, readShapes } from '../index.ts';

const TODAY = '2026-06-15';
const tramTau = since2025('04606');
const who = (role: Role, placeId: string): Actor => ({
  userId: newId(),
  name: role,
  grants: [{ role, placeId }],
  via: 'web',
});
const officer = who('officer', taXiLang);

let world: World;
/** Village by name. */
let village: Readonly<Record<string, string>>;

interface More {
  readonly actor?: Actor;
  readonly placeId?: string;
  readonly from?: string;
  readonly commit?: boolean;
}

const load = async (text: string, { actor = officer, placeId = taXiLang, from, commit = true }: More = {}) =>
  world.execute(loadShapes, actor, {
    placeId,
    shapes: [...(await readShapes(text)).shapes],
    source: 'thon.geojson',
    from,
    commit,
  });
const shapesOn = async (on?: string, actor = officer, placeIds = [taXiLang]) =>
  (await world.execute(listShapes, actor, { placeIds, on })).map(({ placeId }) => placeId).sort();
const rows = async () =>
  (
    await world.database.pool.query(
      `select valid_from::text as "from", valid_to::text as "to", geometry ->> 'type' as type from territory.place_shape
       where place_id = $1 order by valid_from`,
      [village['Thôn Một']],
    )
  ).rows;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const children = await world.execute(listChildren, systemActor, { placeId: taXiLang });
  village = Object.fromEntries(children.map(({ name, placeId }) => [name, placeId]));
});
afterAll(() => world?.close());
beforeEach(() => world.database.pool.query('truncate territory.place_shape'));

describe('a map of a commune', () => {
  it('is tried without being written, and written as it was tried', async () => {
    const text = mapOf(['Thôn Một', 'thôn hai', 'Thôn Mười']);
    const tried = await load(text, { commit: false });
    expect(tried.found.map(({ name, numbers, change }) => [name, numbers, change])).toEqual([
      ['Thôn Hai', [2], 'added'],
      ['Thôn Một', [1], 'added'],
    ]);
    expect([tried.left.map(({ number, why }) => [number, why]), tried.missing]).toEqual([[[3, 'none']], ['Thôn Ba']]);
    expect(await shapesOn()).toEqual([]);
    expect(await load(text)).toEqual({ ...tried, committed: true });
    expect(await shapesOn()).toEqual([village['Thôn Hai'], village['Thôn Một']].sort());
    expect(await shapesOn('2025-06-30')).toHaveLength(2);
  });

  it('loaded again is as before; another outline takes the place of the first, other villages keep theirs', async () => {
    await load(mapOf(['Thôn Một', 'Thôn Hai']));
    const again = await load(mapOf(['Thôn Một', 'Thôn Hai']));
    expect(again.found.map(({ change }) => change)).toEqual(['same', 'same']);
    const other = await load(geoJson([polygonFeature({ ten: 'Thôn Một' }, 5, 5)]));
    expect([other.found.map(({ change }) => change), other.missing]).toEqual([['changed'], ['Thôn Ba']]);
    expect(await rows()).toEqual([{ from: '1900-01-01', to: null, type: 'Polygon' }]);
    expect(await shapesOn()).toHaveLength(2);
  });

  it('that is so since a day leaves the days before as they were drawn', async () => {
    await load(geoJson([pointFeature({ ten: 'Thôn Một' }, 0)]));
    await load(mapOf(['Thôn Một']), { from: '2026-03-01' });
    expect(await rows()).toEqual([
      { from: '1900-01-01', to: '2026-03-01', type: 'Point' },
      { from: '2026-03-01', to: null, type: 'Polygon' },
    ]);
    const [before] = await world.execute(listShapes, officer, { placeIds: [taXiLang], on: '2026-02-28' });
    expect(before!.geometry.type).toBe('Point');
    await expect(load(mapOf(['Thôn Một']), { from: '2026-06-16' })).rejects.toMatchObject({ code: 'map.future' });
  });

  it('draws a village of several features as one, of two parts', async () => {
    await load(geoJson([polygonFeature({ ten: 'Thôn Một' }, 0), polygonFeature({ ten: 'Thôn Một' }, 3)]));
    expect(await rows()).toEqual([{ from: '1900-01-01', to: null, type: 'MultiPolygon' }]);
    const [shape] = await world.execute(listShapes, officer, { placeIds: [taXiLang] });
    expect(shape!.geometry.coordinates).toHaveLength(2);
  });

  it('of which nothing is a village is not written, nor one of what is no commune or has no villages', async () => {
    await expect(load(mapOf(['Thôn Mười']))).rejects.toMatchObject({ kind: 'invalid', code: 'map.nobody' });
    const one = mapOf(['Thôn Một']);
    await expect(load(one, { placeId: village['Thôn Một']! })).rejects.toMatchObject({ code: 'place' });
    // Pá Hu is a commune no more.
    await expect(load(one, { placeId: paHu, actor: systemActor })).rejects.toMatchObject({ code: 'place' });
    const empty = since2025('04585');
    await expect(load(one, { placeId: empty, actor: systemActor })).rejects.toMatchObject({ code: 'map.no-villages' });
    expect(await rows()).toEqual([]);
  });

  it('taken away ends today; earlier days keep it', async () => {
    await load(mapOf(['Thôn Một', 'Thôn Hai']));
    expect(await world.execute(dropShapes, officer, { placeId: taXiLang })).toEqual({ dropped: 2 });
    expect([await shapesOn(), await shapesOn('2026-06-14')]).toEqual([[], expect.objectContaining({ length: 2 })]);
    expect(await rows()).toEqual([{ from: '1900-01-01', to: TODAY, type: 'Polygon' }]);
    await expect(world.execute(dropShapes, officer, { placeId: taXiLang })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'map.none',
    });
    const back = await load(mapOf(['Thôn Một']), { from: TODAY });
    expect(back.found.map(({ change }) => change)).toEqual(['added']);
    await world.execute(dropShapes, officer, { placeId: taXiLang });
    expect(await rows()).toEqual([{ from: '1900-01-01', to: TODAY, type: 'Polygon' }]);
  });
});

describe('a map is taken away', () => {
  it('of a commune of today only: a province, a village and a commune that is no more are refused', async () => {
    await load(mapOf(['Thôn Một']));
    const { rows: provinces } = await world.database.pool.query<{ id: string }>(
      "select place_id as id from territory.place_version where kind = 'province' and valid_to is null limit 1",
    );
    for (const placeId of [provinces[0]!.id, village['Thôn Một']!, paHu])
      await expect(world.execute(dropShapes, systemActor, { placeId })).rejects.toMatchObject({
        ...{ kind: 'invalid', code: 'place', fields: [{ path: 'placeId', code: 'place' }] },
      });
    expect(await shapesOn()).toEqual([village['Thôn Một']]);
  });
});

describe('who may', () => {
  it('load and take away: officers and administrators of the commune, nobody else', async () => {
    const text = mapOf(['Thôn Một']);
    for (const actor of [
      who('officer', tramTau),
      who('admin', tramTau),
      who('leader', taXiLang),
      who('agent', taXiLang),
    ]) {
      await expect(load(text, { actor }), actor.name).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(load(text, { actor, commit: false }), actor.name).rejects.toMatchObject({ kind: 'forbidden' });
    }
    await load(text, { actor: who('admin', taXiLang) });
    await expect(world.execute(dropShapes, who('officer', tramTau), { placeId: taXiLang })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'outside-area',
    });
    expect(await shapesOn()).toHaveLength(1);
  });

  it('see it: whoever works there; another commune is answered with nothing', async () => {
    await load(mapOf(['Thôn Một']));
    expect(await shapesOn(undefined, who('leader', taXiLang))).toEqual([village['Thôn Một']]);
    expect(await shapesOn(undefined, who('officer', tramTau))).toEqual([]);
    expect(await shapesOn(undefined, who('officer', tramTau), [village['Thôn Một']!])).toEqual([]);
  });

  it('is written to the audit with ids and numbers alone', async () => {
    await world.database.pool.query('delete from platform.audit');
    await load(mapOf(['Thôn Một', 'Thôn Mười']));
    await world.execute(dropShapes, officer, { placeId: taXiLang });
    const { rows: audit } = await world.database.pool.query('select name, refs from platform.audit order by name desc');
    expect(audit).toEqual([
      {
        name: 'territory.load-shapes',
        refs: { placeId: taXiLang, features: 2, villages: 1, from: null, committed: true },
      },
      { name: 'territory.drop-shapes', refs: { placeId: taXiLang, villages: 1 } },
    ]);
  });
});
