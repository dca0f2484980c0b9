import { z } from 'zod';
import { type Cell, computeCells, markAll } from '../../src/modules/coverage/index.ts';
import { getLine } from '../../src/modules/plans/index.ts';
import { commitList } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { read, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { addLine, addMessage, putContacts, putExposures, setProfile, subjectOf, villageOf } from './evidence.ts';
import { answer, bringIn, check, importVillages, type Row } from './lists.ts';
import { createWorld, type World } from './world.ts';

// With a year of birth a household that moved is known again by its code.
const household = (code: string, village: string, kind = 'Hộ nghèo'): Row => ({
  code,
  head: `Giàng A ${code}`,
  birth: '1980',
  village,
  class: kind,
});

export interface Story {
  readonly world: World;
  readonly messageId: string;
  readonly lineId: string;
  /** Village by the last word of its name: Một, Hai, Ba. */
  readonly village: Readonly<Record<'mot' | 'hai' | 'ba', string>>;
  readonly subject: (code: string) => Promise<string>;
}

/**
 * Seven households of Tà Xi Láng reviewed on 30/11/2025: H01 to H04 in Thôn Một and H05, H06 in Thôn Hai are poor, H07 in
 * Thôn Ba is near poor. Of H03 nobody knows what it understands. A line for the poor, reached from stage 3 on.
 */
export const openStory = async (): Promise<Story> => {
  const world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const rows = [
    ...['H01', 'H02', 'H03', 'H04'].map((code) => household(code, 'Thôn Một')),
    ...['H05', 'H06'].map((code) => household(code, 'Thôn Hai')),
    household('H07', 'Thôn Ba', 'Hộ cận nghèo'),
  ];
  await bringIn(world, { rows, asOf: '2025-11-30' });
  const subject = (code: string) => subjectOf(world, code);
  const speaks: [string, string[] | null, string[] | null][] = [
    ['H01', ['hmn'], []],
    ['H02', ['hmn', 'vi'], ['vi']],
    ['H03', null, null],
    ['H04', ['vi'], ['vi']],
    ['H05', ['hmn'], []],
    ['H06', ['blt'], []],
    ['H07', ['vi'], []],
  ];
  for (const [code, languages, reads] of speaks) await setProfile(world, await subject(code), languages, reads);
  const messageId = await addMessage(world, { code: 'bhyt' });
  const lineId = await addLine(world, { messageId, code: 'ke-hoach' });
  const [mot, hai, ba] = [
    await villageOf(world, 'Thôn Một'),
    await villageOf(world, 'Thôn Hai'),
    await villageOf(world, 'Thôn Ba'),
  ];
  return { world, messageId, lineId, village: { mot, hai, ba }, subject };
};

/** On 30/04/2026: H02 lives in Thôn Hai, H04 is near poor, H05 is gone. */
export const reviewInApril = async ({ world }: Story): Promise<void> => {
  const rows = [
    ...['H01', 'H03'].map((code) => household(code, 'Thôn Một')),
    household('H04', 'Thôn Một', 'Hộ cận nghèo'),
    ...['H02', 'H06'].map((code) => household(code, 'Thôn Hai')),
    household('H07', 'Thôn Ba', 'Hộ cận nghèo'),
  ];
  const { importId } = await check(world, { rows, asOf: '2026-04-30' });
  await answer(world, importId, { H05: 'gone' });
  await world.execute(commitList, systemActor, { importId });
};

/** What was told and done from February to May 2026. */
export const tell = async ({ world, messageId, village, subject }: Story): Promise<string> => {
  const activityId = newId();
  const edition = { messageId, edition: 1 };
  const loud = { ...edition, channel: 'loudspeaker', proof: 'device', activityId: null } as const;
  await putExposures(world, [
    { ...loud, placeId: village.mot, language: 'hmn', happenedOn: '2026-02-10' },
    { ...loud, placeId: village.mot, language: 'hmn', happenedOn: '2026-02-11' },
    { ...loud, placeId: village.hai, language: 'vi', happenedOn: '2026-05-05' },
  ]);
  const [one, two, five, six] = await Promise.all(['H01', 'H02', 'H05', 'H06'].map(subject));
  await putContacts(world, [
    { ...edition, subjectId: one!, stage: 3, language: 'hmn', channel: 'meeting', proof: 'signed-list', happenedOn: '2026-03-10', activityId },
    { ...edition, subjectId: two!, stage: 2, language: 'vi', channel: 'leaflet', proof: 'declared', happenedOn: '2026-03-12', activityId: null },
    { ...edition, subjectId: five!, stage: 3, language: 'hmn', channel: 'visit', proof: 'declared', happenedOn: '2026-03-15', activityId: null },
    // H06 does not understand it: it was there, no more.
    { ...edition, subjectId: six!, stage: 3, language: 'hmn', channel: 'meeting', proof: 'signed-list', happenedOn: '2026-03-20', activityId: null },
  ]); // biome-ignore format: a table
  return activityId;
};

const cellsRead = read({
  name: 'test.cells',
  input: z.object({ lineId: z.string(), on: z.string() }),
  allow: 'system',
  area: 'none',
  run: async ({ tx, today }, { lineId, on }): Promise<Cell[]> =>
    computeCells(tx, { line: await getLine(tx, lineId), on, today }),
});

/** The cells of a line, computed for a day from the facts alone. */
export const cellsOn = (world: World, lineId: string, on: string): Promise<Cell[]> =>
  world.execute(cellsRead, systemActor, { lineId, on });

const order = 'order by line_id, place_id, facet, value';

/** A row of coverage.base_cell or coverage.cell. */
export interface KeptCell {
  readonly line_id: string;
  readonly place_id: string;
  readonly facet: string;
  readonly value: string;
  readonly n: number;
  readonly could_hear: number;
  readonly s3: number;
  readonly d3: number;
  readonly unknown: number;
}

interface Kept {
  readonly own: KeptCell[];
  readonly all: KeptCell[];
}

/** All cells of now as they are kept, of own places and of every level. */
export const keptCells = async (world: World): Promise<Kept> => {
  const { pool } = world.database;
  const [own, all] = [
    await pool.query(`select * from coverage.base_cell where as_of = 'infinity' ${order}`),
    await pool.query(`select * from coverage.cell where as_of = 'infinity' ${order}`),
  ];
  return { own: own.rows, all: all.rows };
};

/** The same after everything was computed from scratch. */
export const scratchCells = async (world: World): Promise<Kept> => {
  await world.database.pool.query(`delete from coverage.base_cell where as_of = 'infinity'`);
  await world.database.pool.query(`delete from coverage.cell where as_of = 'infinity'`);
  await world.execute(markAll, systemActor, {});
  world.queued.push({ name: 'coverage.recompute', data: {} });
  await world.settle();
  return keptCells(world);
};
