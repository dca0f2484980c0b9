import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleLists, exampleVillagesCsv } from '../../src/example/index.ts';
import { loadExample } from '../../src/example/load-example.ts';
import { loadExamplePlans } from '../../src/example/load-plans.ts';
import { exportEvidence, getCoverage } from '../../src/modules/coverage/index.ts';
import { addExamplePeople } from '../../src/modules/identity/index.ts';
import { getPlan } from '../../src/modules/plans/index.ts';
import { commitList, countByPlace, listImports } from '../../src/modules/registry/index.ts';
import {
  countryId,
  findByCommuneCode,
  listChildren,
  loadReferenceUnits,
  referenceId,
} from '../../src/modules/territory/index.ts';
import { type Execute, systemActor } from '../../src/platform/command.ts';
import { silentLog } from '../../src/platform/log.ts';
import { fingerprint } from '../support/lists.ts';
import { recount as recountReach } from '../support/recount.ts';
import { createWorld, type World } from '../support/world.ts';

// The recount below reads the files with other readers than the product and shares no rule with it: a household stands in
// the village and class that the newest list of its day or before gives it.

const REVIEWS = ['2021-11-30', '2022-11-30', '2023-11-30', '2024-11-30', '2025-11-30'];
const BETWEEN = ['2022-06-15', '2025-07-15', '2026-05-01'];
const CLASSES = ['poor', 'near_poor', 'newly_escaped'] as const;

interface Listed {
  readonly day: string;
  /** Old or new code of the commune that kept the list. */
  readonly commune: string;
  readonly village: string;
  readonly class: string;
}

let world: World;
const listed: Listed[] = [];
/** Old and new commune of each village, by the communes' own list. */
const villages: { readonly name: string; readonly before: string; readonly after: string }[] = [];

const words = (value: unknown): string =>
  String(value ?? '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

const classOf = (text: string): string => {
  if (text.includes('thoát')) return 'newly_escaped';
  return text.includes('cận') ? 'near_poor' : 'poor';
};

const tableOf = async (path: string, format: 'xlsx' | 'csv'): Promise<string[][]> => {
  if (format === 'csv') {
    const rows: string[][] = parse(await readFile(path), { bom: true, delimiter: ';', relax_column_count: true });
    return rows.map((row) => row.map(words));
  }
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const rows: string[][] = [];
  book.worksheets[0]!.eachRow((row) => rows.push((row.values as unknown[]).map(words)));
  return rows;
};

const recount = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-recount-'));
  for await (const list of exampleLists()) {
    const path = join(folder, list.fileName);
    await list.write(path);
    const rows = await tableOf(path, list.format);
    const header = rows.findIndex((row) => row.some((cell) => /^thôn([/,] ?bản)?$/u.test(cell)));
    const column = (heading: RegExp) => rows[header]!.findIndex((cell) => heading.test(cell ?? ''));
    const [village, kind, code] = [column(/^thôn/u), column(/^(phân loại|kết quả rà soát)/u), column(/^mã/u)];
    for (const row of rows.slice(header + 1).filter((cells) => /^\d{5}\.\d{2}\.\d{4}$/u.test(cells[code] ?? '')))
      listed.push({
        day: list.reviewDate,
        commune: list.communeCode,
        village: row[village]!,
        class: classOf(row[kind]!),
      });
    await rm(path);
  }
  await rm(folder, { recursive: true });
  const [, ...rows] = parse(exampleVillagesCsv(), { bom: true, delimiter: ';' }) as string[][];
  for (const row of rows) villages.push({ name: words(row[0]), before: row[3]!, after: row[5]! });
};

/** The households of a day by the map of one side of the merger: `commune|village|class` → how many. */
const expected = (day: string, side: 'before' | 'after'): Map<string, number> => {
  const review = REVIEWS.filter((each) => each <= day).at(-1)!;
  const listedSide = review < '2025-07-01' ? 'before' : 'after';
  const cells = new Map<string, number>();
  for (const row of listed.filter((each) => each.day === review)) {
    const found = villages.filter((each) => each[listedSide] === row.commune && each.name === row.village);
    if (found.length !== 1) throw new Error(`${row.village} in ${row.commune} is ${found.length} villages`);
    const key = `${found[0]![side]}|${row.village}|${row.class}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  return cells;
};

/** The same as the product counts it, commune by commune. */
const counted = async (day: string, side: 'before' | 'after', by: 'village' | 'total') => {
  const boundaries = side === 'before' ? '2025-06-30' : '2025-07-01';
  const cells = new Map<string, number>();
  for (const code of new Set(villages.map((village) => village[side]))) {
    const { placeId } = await world.execute(findByCommuneCode, systemActor, { code, on: boundaries });
    const { rows } = await world.execute(countByPlace, systemActor, { placeId, on: day, boundaries, by });
    for (const row of rows)
      for (const kind of CLASSES) {
        const households = row.households[kind]!;
        const key = by === 'village' ? `${code}|${words(row.name.split(',')[0])}|${kind}` : `${code}|${kind}`;
        if (households > 0) cells.set(key, households);
      }
  }
  return cells;
};

const byCommune = (cells: Map<string, number>): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const [key, households] of cells) {
    const [commune, , kind] = key.split('|');
    sums.set(`${commune}|${kind}`, (sums.get(`${commune}|${kind}`) ?? 0) + households);
  }
  return sums;
};

const sorted = <V>(cells: Map<string, V>) => [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1));

let loads: { readonly interrupted: unknown; readonly rest: number; readonly before: number };

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  const parts = { files: world.files, log: silentLog() };
  // The power goes out in the middle of the fourth list.
  let commits = 0;
  const failing: Execute = (useCase, actor, input) => {
    if (useCase.name === commitList.name) commits += 1;
    if (commits === 4) throw new Error('power cut');
    return world.execute(useCase, actor, input);
  };
  const interrupted = await loadExample({ ...parts, execute: failing }).catch((error: Error) => error.message);
  const { rows: done } = await world.execute(listImports, systemActor, { limit: 1_000 });
  const { lists } = await loadExample({ ...parts, execute: world.execute });
  loads = { interrupted, before: done.filter(({ state }) => state === 'committed').length, rest: lists };
  await recount();
}, 900_000);
afterAll(() => world.close());

describe('the example locality', () => {
  it('goes on where its loading was interrupted', () => {
    expect(loads).toEqual({ interrupted: 'power cut', before: 3, rest: 12 * 4 + 4 - 3 });
  });

  it('is recounted from every list, every village of which is known', () => {
    expect(listed.length).toBeGreaterThan(20_000);
    expect(new Set(listed.map(({ day }) => day)).size).toBe(5);
    expect(villages).toHaveLength(69);
  });

  describe.each([...REVIEWS, ...BETWEEN])('on %s', (day) => {
    it.each(['before', 'after'] as const)(
      'equals the recount of the files by village and commune, boundaries of %s the merger',
      async (side) => {
        const files = expected(day, side);
        expect(sorted(await counted(day, side, 'village'))).toEqual(sorted(files));
        expect(sorted(await counted(day, side, 'total'))).toEqual(sorted(byCommune(files)));
      },
    );
  });

  it('counts nobody before the first list', async () => {
    const query = {
      placeId: referenceId('old:province:15'),
      on: '2021-11-29',
      boundaries: '2025-06-30',
      by: 'total',
    } as const;
    expect((await world.execute(countByPlace, systemActor, query)).rows[0]!.sum).toBe(0);
  });

  it('is not loaded twice', async () => {
    const before = await fingerprint(world);
    expect(await loadExample({ execute: world.execute, files: world.files, log: silentLog() })).toEqual({ lists: 0 });
    expect(await fingerprint(world)).toBe(before);
  });

  describe('and its years of evidence', () => {
    let folder: string;
    const DAYS = ['2024-06-30', '2024-12-31', '2025-06-30', '2025-07-01', '2026-06-15'];

    beforeAll(async () => {
      const { placeId, parentId } = await world.execute(findByCommuneCode, systemActor, { code: '04585' });
      const [village] = await world.execute(listChildren, systemActor, { placeId });
      const people = { communeId: placeId, villageId: village!.placeId, provinceId: parentId! };
      await world.execute(addExamplePeople, systemActor, people);
      await loadExamplePlans(world);
      folder = await mkdtemp(join(tmpdir(), 'lantoa-evidence-'));
      const put = async (table: string, rows: readonly (readonly unknown[])[]) =>
        appendFile(
          join(folder, `${table}.csv`),
          stringify(rows as unknown[][], { cast: { boolean: (value) => String(value) } }),
        );
      await world.execute(exportEvidence, systemActor, { placeId: countryId, put });
    }, 900_000);
    afterAll(() => rm(folder, { recursive: true, force: true }));

    /** What the product says of a line: `village|class` → subjects, could hear, stages. */
    const covered = async (lineId: string, on: string) => {
      const { lines } = await world.execute(getCoverage, systemActor, { lineId, on, by: 'village', facet: 'class' });
      const rows = lines[0]!.rows.filter(({ n }) => n > 0);
      return new Map(
        rows.map(({ placeId, value, n, couldHear, s2, s3, s4, s5 }) => [
          `${placeId}|${value}`,
          [n, couldHear, s2, s3, s4, s5],
        ]),
      );
    };

    it('equals the recount of the exported tables for every village, class and stage, on five days, from cells too', async () => {
      await world.settle();
      const plans = ['tram-tau-2021-2025', 'hanh-phuc-2026'];
      const lines = await Promise.all(plans.map((code) => world.execute(getPlan, systemActor, { code })));
      // The recount knows rules about classes and indicators, which most lines have.
      const known = lines
        .flatMap((plan) => plan.lines)
        .filter(
          ({ rule }) =>
            /"household"/u.test(JSON.stringify(rule)) && !/status|anguages|some/u.test(JSON.stringify(rule)),
        );
      expect(known.length).toBeGreaterThan(12);
      let [cells, reached, heard] = [0, 0, 0];
      for (const day of DAYS)
        for (const { lineId, planCode, position } of known) {
          // The commune of the second plan begins with the merger.
          if (planCode === 'hanh-phuc-2026' && day < '2025-07-01') continue;
          const again = recountReach(folder, lineId, day);
          expect(sorted(await covered(lineId, day)), `${planCode}:${position} on ${day}`).toEqual(sorted(again));
          for (const [, cell] of again) {
            cells += 1;
            heard += cell[1]!;
            reached += cell[2]!;
          }
        }
      // It would be easy to agree about nothing.
      expect(cells).toBeGreaterThan(5_000);
      expect(reached).toBeGreaterThan(10_000);
      expect(heard).toBeGreaterThan(10_000);
    }, 600_000);

    it('is not recorded twice', async () => {
      const count = async () =>
        (await world.database.pool.query('select count(*)::int as n from reach.contact')).rows[0].n;
      const before = await count();
      expect(before).toBeGreaterThan(5_000);
      expect((await loadExamplePlans(world)).activities).toBe(0);
      expect(await count()).toBe(before);
    }, 600_000);
  });
});
