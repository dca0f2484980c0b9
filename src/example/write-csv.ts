import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { householdCells, indicatorsOf, isGroup, memberCells } from './list-cells.ts';
import type { ListRow } from './list-files.ts';
import { csvLayout } from './list-layout.ts';
import { type ProvinceInput, streamProvince } from './locality.ts';
import { reviewDate, type Standard, standardOf } from './model.ts';
import type { Cell } from './xlsx-file.ts';

/** Two files that belong together. */
interface ProvincePaths {
  readonly households: string;
  readonly members: string;
}

interface CsvCounts {
  readonly households: number;
  readonly members: number;
}

const BOM = '\uFEFF';
const CHUNK = 256 * 1024;

const field = (cell: Cell): string => {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? cell.day : String(cell);
  return /[;"\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const line = (cells: readonly Cell[]): string => `${cells.map(field).join(';')}\r\n`;

/** A file that takes text in large pieces and waits when the disk does. */
const openText = async (path: string) => {
  await mkdir(dirname(path), { recursive: true });
  const stream: WriteStream = createWriteStream(path);
  let held = BOM;
  const flush = async (): Promise<void> => {
    const piece = held;
    held = '';
    if (!stream.write(piece)) await once(stream, 'drain');
  };
  return {
    write: async (text: string): Promise<void> => {
      held += text;
      if (held.length > CHUNK) await flush();
    },
    close: async (): Promise<void> => {
      await flush();
      stream.end();
      await finished(stream);
    },
  };
};

const householdHeadings = (standard: Standard): string[] =>
  csvLayout.fields.flatMap((name) =>
    isGroup(name)
      ? indicatorsOf(csvLayout, standard).map((indicator) => `Thiếu hụt: ${indicator}`)
      : [csvLayout.headings[name]],
  );

const householdHeader = (standard: Standard): string => line(householdHeadings(standard));

const memberHeader = (): string => line(csvLayout.memberFields.map((name) => csvLayout.headings[name]));

const memberLines = (row: ListRow, firstNumber: number): string =>
  memberCells(row, csvLayout, firstNumber).map(line).join('');

/** A commune's list as one CSV text, UTF-8 with BOM, `;`, CRLF, one header line. */
export const householdsCsv = (rows: readonly ListRow[], standard: Standard): string =>
  BOM + householdHeader(standard) + rows.map((row, at) => line(householdCells(row, csvLayout, at + 1))).join('');

/** The members of the same households, in the same form. */
export const membersCsv = (rows: readonly ListRow[]): string => {
  let number = 1;
  const lines = rows.map((row) => {
    const first = number;
    number += row.state.members.length;
    return memberLines(row, first);
  });
  return BOM + memberHeader() + lines.join('');
};

/** Both files in one pass; takes any number of rows in bounded memory. */
const writeCsv = async (rows: Iterable<ListRow>, standard: Standard, paths: ProvincePaths): Promise<CsvCounts> => {
  const [households, members] = await Promise.all([openText(paths.households), openText(paths.members)]);
  await households.write(householdHeader(standard));
  await members.write(memberHeader());
  let written = 0;
  let people = 0;
  for (const row of rows) {
    await households.write(line(householdCells(row, csvLayout, written + 1)));
    await members.write(memberLines(row, people + 1));
    written += 1;
    people += row.state.members.length;
  }
  await Promise.all([households.close(), members.close()]);
  return { households: written, members: people };
};

export interface ProvinceList extends ProvinceInput {
  readonly reviewYear: number;
  /** Stop after so many rows. */
  readonly rows?: number;
  /** Also the households that stand on no list, as "Không nghèo". */
  readonly everyone?: boolean;
}

const provinceRows = function* (list: ProvinceList): Generator<ListRow> {
  const date = reviewDate(list.reviewYear);
  let left = list.rows ?? Number.POSITIVE_INFINITY;
  for (const { household, village } of streamProvince({ ...list, years: list.years ?? [list.reviewYear] })) {
    if (left === 0) return;
    const state = household.reviews.find((review) => review.date === date);
    if (!state || (state.class === 'not_poor' && !list.everyone)) continue;
    left -= 1;
    yield { household, state, village };
  }
};

/** The list of a whole invented province, streamed; for measuring, not for the example. */
export const writeProvinceCsv = (list: ProvinceList, paths: ProvincePaths): Promise<CsvCounts> =>
  writeCsv(provinceRows(list), standardOf(list.reviewYear), paths);
