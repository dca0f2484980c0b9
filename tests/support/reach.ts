import { subscriptions } from '../../src/app.ts';
import type { NewContact } from '../../src/modules/reach/index.ts';
import { coversPlaces, loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { createExecute, systemActor } from '../../src/platform/command.ts';
import { subjectOf } from './evidence.ts';
import { bringIn, importVillages, type Row } from './lists.ts';
import { createWorld, type World } from './world.ts';

/** Six households of two villages of one commune, on a list of 30/11/2025. */
export const reachedRows: readonly Row[] = ['01', '02', '03', '04', '05', '06'].map((number) => ({
  code: `H${number}`,
  head: `Giàng A ${number}`,
  village: number < '05' ? 'Thôn Một' : 'Thôn Hai',
  class: 'Hộ nghèo',
  phones: number === '01' ? ['0386123456'] : [],
}));

/** A world with those households, and how its ledger and states are looked at. */
export const reachWorld = async () => {
  const world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, { rows: reachedRows, asOf: '2025-11-30' });
  const [one, two] = [await subjectOf(world, 'H01'), await subjectOf(world, 'H02')];
  const { pool } = world.database;
  const states = async (): Promise<Record<string, unknown>[]> =>
    (await pool.query('select * from reach.state order by subject_id, message_id, edition')).rows;
  return {
    world,
    one,
    two,
    clear: () => pool.query('truncate reach.contact, reach.exposure, reach.state'),
    states,
    stateOf: async (messageId: string, subjectId = one) =>
      (await states()).find((row) => row.subject_id === subjectId && row.message_id === messageId),
    contact: (messageId: string, parts: Partial<NewContact> = {}): NewContact => ({
      ...{ subjectId: one, messageId, edition: 1, stage: 3, language: 'hmn', channel: 'meeting' },
      ...{ proof: 'signed-list', happenedOn: '2026-03-10', activityId: null },
      ...parts,
    }),
  };
};

/** What is announced below while `work` runs. */
export const watch = async (world: World, work: (listening: World) => Promise<unknown>): Promise<object[]> => {
  const heard: object[] = [];
  const listen = { event: 'reach.recorded', react: async (_: unknown, data: object) => void heard.push(data) };
  const { database, clock, files } = world;
  const execute = createExecute({
    ...{ database, clock, files, secret: Buffer.alloc(32, 7), covers: coversPlaces },
    enqueue: () => async () => {},
    subscriptions: [...subscriptions, listen],
  });
  await work({ ...world, execute });
  return heard;
};
