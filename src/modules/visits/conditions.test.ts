import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringIn, importVillages, taXiLang } from '../../../tests/support/lists.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { systemActor } from '../../platform/command.ts';
import { loadReferenceUnits } from '../territory/index.ts';
import { householdConditions } from './store.ts';

const TODAY = '2026-06-15';
/** Births, and whether there is for certain a child under 16, or somebody of 60. */
const BIRTHS: readonly [birth: string, children: boolean, elderly: boolean][] = [
  ['16/06/2010', true, false],
  ['15/06/2010', false, false],
  ['2010', false, false],
  ['2011', true, false],
  ['15/06/1966', false, true],
  ['16/06/1966', false, false],
  ['1966', false, false],
  ['1965', false, true],
];

describe('what a text’s conditions ask of a household', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
    await world.execute(loadReferenceUnits, systemActor, {});
    await importVillages(world);
    await bringIn(world, {
      asOf: '2025-11-30',
      placeId: taXiLang,
      rows: BIRTHS.map(([birth], at) => ({
        code: `H-${at}`,
        head: 'Giàng A Mẫu',
        birth,
        village: 'Thôn Một',
        class: 'Hộ nghèo',
      })),
    });
  });
  afterAll(() => world.close());

  it.each(BIRTHS)('somebody born %s: a child %s, an elder %s', async (birth, children, elderly) => {
    const code = `H-${BIRTHS.findIndex(([each]) => each === birth)}`;
    const { rows } = await world.database.pool.query('select subject_id as id from registry.subject where code = $1', [
      code,
    ]);
    expect(await householdConditions(world.database.db, rows[0].id, TODAY)).toEqual({
      phone: false,
      children,
      elderly,
    });
  });
});
