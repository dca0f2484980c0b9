import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getImport, mapList, receiveList, registryJobs, resumeWork } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { bringIn, householdsCsv, importVillages, taXiLang, upload } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());
beforeEach(() => {
  world.queued.length = 0;
});

const rows = [{ code: '0460300001', head: 'Vàng A Nối', birth: '1980', village: 'Thôn Một', class: 'Hộ nghèo' }];

const receive = async (): Promise<string> => {
  const file = await upload(world, 'danh-sach.csv', householdsCsv(rows));
  const { importId } = await world.execute(receiveList, systemActor, { file, placeId: taXiLang, asOf: '2024-11-30' });
  return importId;
};

const state = async (importId: string) => (await world.execute(getImport, systemActor, { importId })).state;

/** Runs what is queued, once. */
const runQueue = async (): Promise<void> => {
  for (const { name, data } of world.queued.splice(0)) {
    await registryJobs.find((job) => job.name === name)!.run(world.execute, data);
  }
};

describe('work that a killed process left', () => {
  it('is taken up at the next start, at either step, and twice does no harm', async () => {
    const importId = await receive();
    world.queued.length = 0;
    expect(await world.execute(resumeWork, systemActor, {})).toEqual({ lists: 1, stale: false });
    expect(world.queued).toEqual([{ name: 'registry.open-list', data: { importId } }]);
    await world.execute(resumeWork, systemActor, {});
    await runQueue();
    expect(await state(importId)).toBe('read');

    await world.execute(mapList, systemActor, { importId });
    world.queued.length = 0;
    expect((await world.execute(getImport, systemActor, { importId })).busy).toBe(true);
    await world.execute(resumeWork, systemActor, {});
    await world.execute(resumeWork, systemActor, {});
    expect(world.queued.map(({ name }) => name)).toEqual(['registry.check-list', 'registry.check-list']);
    await runQueue();
    const checked = await world.execute(getImport, systemActor, { importId });
    expect([checked.state, checked.busy, checked.counts?.households]).toEqual(['checked', false, 1]);
    expect(await world.execute(resumeWork, systemActor, {})).toEqual({ lists: 0, stale: false });
  });

  it('brings the flat rows to today when the night was slept through', async () => {
    await bringIn(world, { rows, asOf: '2023-11-30' });
    world.clock.set(new Date('2026-06-17T02:00:00Z'));
    expect((await world.execute(resumeWork, systemActor, {})).stale).toBe(true);
    await runQueue();
    expect((await world.execute(resumeWork, systemActor, {})).stale).toBe(false);
  });
});

describe('a list that no job can read', () => {
  it('says so instead of being read forever', async () => {
    const importId = await receive();
    const { fileSha256 } = await world.execute(getImport, systemActor, { importId });
    await rm(await world.files.path(fileSha256));
    await runQueue();
    const failed = await world.execute(getImport, systemActor, { importId });
    expect([failed.state, failed.failure?.code]).toEqual(['failed', 'file.gone']);
  });
});
