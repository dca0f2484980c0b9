import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { openSheets } from '../../../platform/sheets/index.ts';
import {
  type HouseholdRow,
  type ListItem,
  type ListShape,
  type MemberRow,
  type RowFault,
  readList,
  recogniseList,
} from './index.ts';

/** Builds files as communes keep them, for the tests of this folder, and reads them back. */

export interface WrittenSheet {
  readonly name?: string;
  readonly rows: readonly (readonly ExcelJS.CellValue[])[];
  /** "A1:D1" */
  readonly merges?: readonly string[];
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
  readonly hidden?: boolean;
  /** Number formats by address. */
  readonly formats?: Readonly<Record<string, string>>;
  readonly font?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'lantoa-list-'));
// One folder for all files of tests that this process reads; it goes with the process.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const nextPath = (ending: string): string => {
  files += 1;
  return join(folder, `${files}.${ending}`);
};

export const xlsx = async (...sheets: WrittenSheet[]): Promise<string> => {
  const workbook = new ExcelJS.Workbook();
  for (const [at, written] of sheets.entries()) {
    const sheet = workbook.addWorksheet(written.name ?? `Sheet${at + 1}`, {
      state: written.hidden ? 'hidden' : 'visible',
    });
    written.rows.forEach((cells, row) => {
      cells.forEach((value, column) => {
        if (value === null || value === undefined) return;
        const cell = sheet.getCell(row + 1, column + 1);
        cell.value = value;
        if (written.font) cell.font = { name: written.font };
      });
    });
    for (const [address, format] of Object.entries(written.formats ?? {})) sheet.getCell(address).numFmt = format;
    for (const range of written.merges ?? []) sheet.mergeCells(range);
    for (const row of written.hiddenRows ?? []) sheet.getRow(row).hidden = true;
    for (const column of written.hiddenColumns ?? []) sheet.getColumn(column).hidden = true;
  }
  const path = nextPath('xlsx');
  await workbook.xlsx.writeFile(path);
  return path;
};

export const csv = (content: string | Buffer): string => {
  const path = nextPath('csv');
  writeFileSync(path, content);
  return path;
};

const quoted = (text: string): string => (/[";,\t\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvOf = (rows: readonly (readonly (string | number | null)[])[], separator = ';'): string =>
  rows.map((row) => row.map((value) => quoted(String(value ?? ''))).join(separator)).join('\r\n');

export interface Read {
  readonly shape: ListShape;
  readonly items: readonly ListItem[];
  readonly households: readonly HouseholdRow[];
  readonly members: readonly MemberRow[];
  readonly faults: readonly RowFault[];
  readonly errors: readonly string[];
  /** "E7 list.date" */
  readonly warnings: readonly string[];
  /** "9 total" */
  readonly leftOut: readonly string[];
}

const AS_OF = '2025-12-14';
const TODAY = '2026-06-15';

export const readBack = async (path: string, asOf = AS_OF, today = TODAY): Promise<Read> => {
  const workbook = await openSheets(path);
  const shape = await recogniseList(workbook, Number(asOf.slice(0, 4)));
  const items: ListItem[] = [];
  for await (const item of readList(workbook, shape, { asOf, today })) items.push(item);
  const faults = items.flatMap((item) => (item.kind === 'fault' ? [item.fault] : []));
  const told = (severity: string) =>
    faults.filter((fault) => fault.severity === severity).map(({ cell, row, code }) => `${cell ?? row} ${code}`);
  return {
    shape,
    items,
    faults,
    households: items.flatMap((item) => (item.kind === 'household' ? [item.row] : [])),
    members: items.flatMap((item) => (item.kind === 'member' ? [item.row] : [])),
    errors: told('error'),
    warnings: told('warning'),
    leftOut: items.flatMap((item) => (item.kind === 'left-out' ? [`${item.row} ${item.reason}`] : [])),
  };
};

/** How often each row of each sheet came out: as household, member, left out, or with an error. */
export const outcomes = (items: readonly ListItem[]): Map<string, number> => {
  const rows = new Map<string, number>();
  const refused = new Set<string>();
  const add = (key: string): void => void rows.set(key, (rows.get(key) ?? 0) + 1);
  for (const item of items) {
    if (item.kind === 'fault') {
      if (item.fault.severity === 'error') refused.add(`${item.fault.sheet}!${item.fault.row}`);
    } else if (item.kind === 'left-out') add(`${item.sheet}!${item.row}`);
    else add(`${item.row.sheet}!${item.row.row}`);
  }
  for (const key of refused) add(key);
  return rows;
};

/** Fields by column, as the sheet was taken. */
export const fieldsRead = (read: Read, sheet = 0): (string | null)[] =>
  read.shape.sheets[sheet]!.columns.map(({ field }) => field);
