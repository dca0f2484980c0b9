import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSheets, type Sheet } from '../platform/sheets/index.ts';
import { isSyntheticIdNumber, isSyntheticPhone } from '../shared/synthetic.ts';
import { fold } from '../shared/text.ts';
import { exampleLists, exampleLocality, truth, type WrittenExample, writeExample } from './index.ts';
import { reviewDate } from './model.ts';

const NOTE = 'dữ liệu mô phỏng';
const HOUSEHOLD_CODE = /^\d{5}\.\d{2}\.\d{4}$/u;

/** A row of a list as somebody reads it who knows nothing of how it was made: columns by their headings. */
interface ReadRow {
  readonly code: string;
  readonly village: string;
  readonly class: string;
  readonly phones: string;
  readonly id: string;
  readonly size: number;
  readonly cells: readonly string[];
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  code: ['ma ho', 'ma so ho', 'ma ho gia dinh'],
  village: ['thon ban', 'thon'],
  class: ['phan loai ho', 'phan loai', 'ket qua ra soat'],
  phones: ['so dien thoai', 'dien thoai', 'sdt'],
  id: ['so cccd', 'cccd so dinh danh', 'so dinh danh ca nhan'],
  size: ['so nhan khau', 'so khau', 'nhan khau'],
};

const readRows = async (sheet: Sheet): Promise<{ rows: ReadRow[]; texts: string[][] }> => {
  const texts: string[][] = [];
  for await (const row of sheet.rows()) texts.push(row.cells.map(({ text }) => text));
  const header = texts.findIndex((cells) => cells.some((cell) => COLUMNS.code!.includes(fold(cell))));
  const column = (name: string): number => texts[header]!.findIndex((cell) => COLUMNS[name]!.includes(fold(cell)));
  const at = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, column(name)]));
  const rows = texts
    .slice(header + 1)
    .filter((cells) => HOUSEHOLD_CODE.test(cells[at.code!] ?? ''))
    .map((cells) => {
      const text = (name: string): string => cells[at[name]!] ?? '';
      return {
        code: text('code'),
        village: text('village'),
        class: text('class'),
        phones: text('phones'),
        id: text('id'),
        size: Number(text('size')),
        cells,
      };
    });
  return { rows, texts };
};

/** What the words of the communes mean; relapsed and newly arising households are poor. */
const CLASS_OF: Readonly<Record<string, string>> = {
  ngheo: 'poor',
  'ho ngheo': 'poor',
  'tai ngheo': 'poor',
  'ho tai ngheo': 'poor',
  'phat sinh ngheo': 'poor',
  'ho ngheo phat sinh': 'poor',
  'ngheo phat sinh': 'poor',
  'can ngheo': 'near_poor',
  'ho can ngheo': 'near_poor',
  'moi thoat ngheo': 'newly_escaped',
  'ho moi thoat ngheo': 'newly_escaped',
};

const nationalPhone = (typed: string): string => {
  const digits = typed.replace(/[^\d+]/gu, '');
  if (digits.startsWith('+84')) return digits;
  const national = digits.replace(/^0/u, '');
  // 0199 became 059 in 2018.
  return `+84${/^199\d{7}$/u.test(national) ? `59${national.slice(3)}` : national}`;
};

const hashes = async (folder: string): Promise<string[]> => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const lines = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return `${path.slice(folder.length)} ${createHash('sha256')
      .update(await readFile(path))
      .digest('hex')}`;
  });
  return (await Promise.all(lines)).sort();
};

const locality = exampleLocality();
let folder: string;
let example: WrittenExample;
const read = new Map<string, { households: ReadRow[]; members: ReadRow[]; texts: string[][]; sheets: number }>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-example-'));
  example = await writeExample(join(folder, 'a'), locality);
  for (const list of example.lists) {
    const workbook = await openSheets(join(folder, 'a', list.path));
    const other = list.membersPath ? await openSheets(join(folder, 'a', list.membersPath)) : workbook;
    const households = await readRows(workbook.sheets[0]!);
    const members = await readRows(other.sheets.at(-1)!);
    read.set(list.path, {
      households: households.rows,
      members: members.rows,
      texts: [...households.texts, ...members.texts],
      sheets: workbook.sheets.length,
    });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the lists of the example', () => {
  it('are twelve a year from the old communes and four of 2025 from the new ones, in the order of import', () => {
    const counts = [2021, 2022, 2023, 2024, 2025].map(
      (year) => example.lists.filter((list) => list.year === year).length,
    );
    expect(counts).toEqual([12, 12, 12, 12, 4]);
    const order = example.lists.map((list) => `${list.reviewDate} ${list.communeCode}`);
    expect(order).toEqual([...order].sort());
    expect(
      example.lists.filter((list) => list.year === 2025).map((list) => `${list.communeCode} ${list.sender}`),
    ).toEqual([
      '04585 UBND xã Hạnh Phúc, tỉnh Lào Cai',
      '04603 UBND xã Tà Xi Láng, tỉnh Lào Cai',
      '04606 UBND xã Trạm Tấu, tỉnh Lào Cai',
      '04609 UBND xã Phình Hồ, tỉnh Lào Cai',
    ]);
    for (const list of example.lists) {
      expect(list.standard).toBe(list.year === 2021 ? 'QD-59-2015' : 'ND-07-2021');
      expect(list.completeClasses).toEqual(['poor', 'near_poor', 'newly_escaped']);
      expect(read.get(list.path)!.sheets).toBe(list.format === 'csv' ? 1 : 2);
    }
    expect(example.lists.filter(({ format }) => format === 'csv').map(({ communeCode }) => communeCode)).toEqual(
      Array.from({ length: 5 }, () => '04603'),
    );
  });

  it('are the same bytes when they are written again from the same seed', async () => {
    await writeExample(join(folder, 'b'), exampleLocality());
    expect(await hashes(join(folder, 'b'))).toEqual(await hashes(join(folder, 'a')));
  });

  it('can be asked for one by one', async () => {
    const iterator = exampleLists(locality)[Symbol.asyncIterator]();
    const list = (await iterator.next()).value!;
    const path = join(folder, 'one', list.fileName);
    await list.write(path);
    expect(await readFile(path)).toEqual(await readFile(join(folder, 'a', example.lists[0]!.path)));
    await iterator.return?.(undefined);
  });

  it('hold, read back and counted anew, what is true per village, class and year', async () => {
    const csv = await readFile(new URL('../../examples/tram-tau/places/thon-ban.csv', import.meta.url), 'utf8');
    const villages = csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'));
    const keyOf = new Map<string, string>();
    const numbers = new Map<string, number>();
    for (const [name, , , before, , after] of villages) {
      numbers.set(before!, (numbers.get(before!) ?? 0) + 1);
      const key = `${before}-${String(numbers.get(before!)).padStart(2, '0')}`;
      keyOf.set(`old ${before} ${fold(name!)}`, key);
      keyOf.set(`new ${after} ${fold(name!)}`, key);
    }
    const counted = new Map<string, number>();
    for (const list of example.lists) {
      for (const row of read.get(list.path)!.households) {
        const village = keyOf.get(`${list.year < 2025 ? 'old' : 'new'} ${list.communeCode} ${fold(row.village)}`);
        const cell = `${list.reviewDate} ${village} ${CLASS_OF[fold(row.class)]}`;
        counted.set(cell, (counted.get(cell) ?? 0) + 1);
      }
    }
    const expected = truth(locality).counts.filter((count) => count.class !== 'not_poor' && count.households > 0);
    expect(Object.fromEntries([...counted].sort())).toEqual(
      Object.fromEntries(
        expected.map((count) => [`${count.date} ${count.villageKey} ${count.class}`, count.households]).sort(),
      ),
    );
    expect(expected.length).toBeGreaterThan(900);
  });

  it('name as many members as the households say, each of a household of the list', () => {
    for (const [path, { households, members }] of read) {
      const byCode = Map.groupBy(members, ({ code }) => code);
      expect(households.length, path).toBeGreaterThan(50);
      expect(new Set(households.map(({ code }) => code)).size, path).toBe(households.length);
      expect(
        households.filter(({ code, size }) => byCode.get(code)?.length !== size),
        path,
      ).toEqual([]);
      expect(byCode.size, path).toBe(households.length);
    }
  });

  it('say in every file and in every row that they are invented', () => {
    for (const list of example.lists) {
      expect(list.fileName).toContain('du-lieu-mo-phong');
      const { households, members, texts } = read.get(list.path)!;
      for (const row of [...households, ...members]) expect(row.cells, `${list.path} ${row.code}`).toContain(NOTE);
      if (list.format === 'csv') continue;
      const titles = texts.filter((cells) => cells.some((cell) => cell.includes('(DỮ LIỆU MÔ PHỎNG)')));
      expect(titles, list.path).toHaveLength(2);
    }
  });

  it('hold no phone and no identity number that somebody could have', () => {
    let phones = 0;
    let ids = 0;
    for (const { households, members } of read.values()) {
      for (const row of [...households, ...members]) {
        for (const typed of row.phones.split(/[,;]/u).filter((text) => text.trim())) {
          phones += 1;
          expect(isSyntheticPhone(nationalPhone(typed)), typed).toBe(true);
        }
        if (row.id) {
          ids += 1;
          expect(isSyntheticIdNumber(row.id.padStart(12, '0')), row.id).toBe(true);
        }
        // Nothing else in the row is so long a number.
        for (const cell of row.cells) {
          if (!/^\d{9,13}$/u.test(cell) || cell === row.phones || cell === row.id) continue;
          expect.fail(`a number in an unknown column: ${cell}`);
        }
      }
    }
    expect(phones).toBeGreaterThan(8_000);
    expect(ids).toBeGreaterThan(60_000);
  });

  const headerOf = (texts: readonly string[][]): string =>
    texts.find((cells) => cells.some((cell) => COLUMNS.code!.includes(fold(cell))))!.join('|');

  it('differ in form as those of twelve offices do', () => {
    const offices = example.lists.filter(({ year }) => year === 2022);
    const shapes = new Set(offices.map(({ path }) => headerOf(read.get(path)!.texts)));
    expect(shapes.size).toBeGreaterThanOrEqual(8);
    const cells = [...read.values()].flatMap(({ households }) => households.slice(0, 200).map((row) => row.phones));
    expect(cells.some((text) => /^0199\d{7}$/u.test(text))).toBe(true);
    expect(cells.some((text) => text.startsWith('+84'))).toBe(true);
    expect(cells.some((text) => /^54\d{7}$/u.test(text))).toBe(true);
  });

  it('come with the answer for every household that is missing from the list after', () => {
    const listed = (year: number): Map<string, string> =>
      new Map(
        example.lists
          .filter((list) => list.year === year)
          .flatMap((list) =>
            read.get(list.path)!.households.map(({ code, class: word }) => [code, CLASS_OF[fold(word)]!] as const),
          ),
      );
    for (const year of [2022, 2023, 2024, 2025]) {
      const [before, now] = [listed(year - 1), listed(year)];
      const answers = new Map(
        example.lists
          .filter((list) => list.year === year)
          .flatMap((list) => list.missing.map((answer) => [answer.code, answer])),
      );
      const gone = [...before].filter(([code]) => !now.has(code));
      const unanswered = gone.filter(([code]) => !answers.has(code));
      expect(unanswered.filter(([, found]) => found !== 'newly_escaped')).toEqual([]);
      for (const { code, answer, on } of answers.values()) {
        expect(on > reviewDate(year - 1) && on <= reviewDate(year), `${code} ${on}`).toBe(true);
        expect(now.has(code), `${code} ${answer}`).toBe(answer === 'moved');
      }
    }
  });
});
