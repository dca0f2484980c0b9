import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOfficer, endOfficer, listOfficers } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { importVillages, paHu, since2025, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());

const officerOf = (placeId: string): Actor => ({
  userId: newId(),
  name: 'Cán bộ thử',
  grants: [{ role: 'officer', placeId }],
  via: 'cli',
});
// The one commune of the three that the merger left as it was.
const here = taXiLang;

describe('officers', () => {
  it('are added with a post and contacts, listed by area and day, and end', async () => {
    const actor = officerOf(here);
    const { subjectId } = await world.execute(addOfficer, actor, {
      name: ' Giàng  A Mẫu ',
      body: 'UBND xã Tà Xi Láng',
      post: 'Trưởng thôn',
      placeId: here,
      phones: '01668123456, 0212 3 812 345',
      email: 'Mau@Laocai.gov.vn',
      from: '2026-01-01',
    });
    const [found] = await world.execute(listOfficers, actor, {});
    expect(found).toMatchObject({
      subjectId,
      name: 'Giàng A Mẫu',
      post: 'Trưởng thôn',
      contacts: ['mau@laocai.gov.vn', '+842123812345', '+84368123456'],
    });
    expect(await world.execute(listOfficers, actor, { on: '2025-12-31' })).toEqual([]);
    expect(await world.execute(listOfficers, officerOf(paHu), {})).toEqual([]);
    await expect(world.execute(endOfficer, officerOf(paHu), { subjectId })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await world.execute(endOfficer, actor, { subjectId });
    expect(await world.execute(listOfficers, actor, {})).toEqual([]);
    expect(await world.execute(listOfficers, actor, { on: '2026-03-01' })).toHaveLength(1);
    await expect(world.execute(endOfficer, actor, { subjectId })).rejects.toMatchObject({ code: 'officer.ended' });
  });

  it('are refused with a wrong phone, a wrong address, a place that was not there, another area', async () => {
    const input = { name: 'Mùa A Thử', body: 'Hội Phụ nữ', post: 'Hội viên', placeId: here };
    await expect(world.execute(addOfficer, systemActor, { ...input, phones: '123' })).rejects.toMatchObject({
      code: 'officer.phone',
    });
    await expect(world.execute(addOfficer, systemActor, { ...input, email: 'mua' })).rejects.toMatchObject({
      code: 'input',
    });
    await expect(world.execute(addOfficer, systemActor, { ...input, placeId: paHu })).rejects.toMatchObject({
      code: 'place',
    });
    await expect(
      world.execute(addOfficer, officerOf(taXiLang), { ...input, placeId: since2025('04609') }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await world.execute(listOfficers, systemActor, {})).toEqual([]);
  });
});
