import { showDay } from '../shared/dates.ts';
import { householdCells, indicatorsOf, isGroup, memberCells } from './list-cells.ts';
import type { ListFile, ListRow } from './list-files.ts';
import { type Layout, layoutOf } from './list-layout.ts';
import { type Cell, columnName, type Sheet, type SheetRow, xlsxFile } from './xlsx-file.ts';

const STANDARD_NAMES = {
  'QD-59-2015': 'Quyết định số 59/2015/QĐ-TTg',
  'ND-07-2021': 'Nghị định số 07/2021/NĐ-CP',
} as const;

/** Rows gathered one after the other, with the merged ranges among them. */
const openSheet = (columns: number) => {
  const rows: SheetRow[] = [];
  const merges: string[] = [];
  const push = (style: SheetRow['style'], cells: readonly Cell[]): number => rows.push({ style, cells });
  const merge = (fromColumn: number, fromRow: number, toColumn: number, toRow: number): void => {
    if (fromColumn === toColumn && fromRow === toRow) return;
    merges.push(`${columnName(fromColumn)}${fromRow}:${columnName(toColumn)}${toRow}`);
  };
  /** Texts over ranges of columns of one row: `[first column, last column, text]`. */
  const across = (style: SheetRow['style'], ...texts: (readonly [number, number, string])[]): void => {
    const cells: Cell[] = Array.from({ length: columns }, () => null);
    for (const [from, , text] of texts) cells[from] = text;
    const row = push(style, cells);
    for (const [from, to] of texts) merge(from, row, to, row);
  };
  return { rows, merges, push, merge, across };
};

type Draft = ReturnType<typeof openSheet>;

const letterHead = (sheet: Draft, file: ListFile, layout: Layout, columns: number, title: string): void => {
  const left = Math.min(5, columns - 5);
  sheet.across('heading', [0, left, 'ỦY BAN NHÂN DÂN'], [left + 2, columns - 1, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM']);
  sheet.across(
    'heading',
    [0, left, file.communeName.toUpperCase()],
    [left + 2, columns - 1, 'Độc lập - Tự do - Hạnh phúc'],
  );
  for (let blank = 0; blank < layout.blankRowsAboveTitle; blank += 1) sheet.push('plain', []);
  sheet.across('heading', [0, columns - 1, `${title} NĂM ${file.reviewYear} (DỮ LIỆU MÔ PHỎNG)`]);
  const basis = `Rà soát đến ngày ${showDay(file.reviewDate)} theo ${STANDARD_NAMES[file.standard]}; hộ và người trong danh sách là hư cấu`;
  sheet.across('heading', [0, columns - 1, `(${basis})`]);
};

const numberRow = (sheet: Draft, columns: number): void => {
  sheet.push(
    'header',
    Array.from({ length: columns }, (_, at) => `(${at + 1})`),
  );
};

const signatures = (sheet: Draft, columns: number): void => {
  const middle = Math.floor(columns / 2);
  sheet.push('plain', []);
  sheet.across('heading', [0, middle - 1, 'NGƯỜI LẬP BIỂU'], [middle + 1, columns - 1, 'TM. ỦY BAN NHÂN DÂN']);
  sheet.across('plain', [0, middle - 1, '(ký tên - mô phỏng)'], [middle + 1, columns - 1, '(ký tên - mô phỏng)']);
};

/** Two header lines: the indicators under one merged heading, every other heading merged downwards. */
const householdHeader = (sheet: Draft, layout: Layout, indicators: readonly string[]): void => {
  const upper: Cell[] = [];
  const lower: Cell[] = [];
  const row = sheet.rows.length + 1;
  for (const field of layout.fields) {
    const column = upper.length;
    if (isGroup(field)) {
      upper.push(layout.indicatorGroup, ...indicators.slice(1).map(() => null));
      lower.push(...indicators);
      sheet.merge(column, row, column + indicators.length - 1, row);
    } else {
      upper.push(layout.headings[field]);
      lower.push(null);
      sheet.merge(column, row, column, row + 1);
    }
  }
  sheet.push('header', upper);
  sheet.push('header', lower);
};

const householdSheet = (file: ListFile, layout: Layout, rows: readonly ListRow[]): Sheet => {
  const indicators = indicatorsOf(layout, file.standard);
  const columns = layout.fields.length - 1 + indicators.length;
  const sheet = openSheet(columns);
  letterHead(sheet, file, layout, columns, 'DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ MỚI THOÁT NGHÈO');
  householdHeader(sheet, layout, indicators);
  if (layout.numberedColumns) numberRow(sheet, columns);
  rows.forEach((row, at) => {
    sheet.push('body', householdCells(row, layout, at + 1));
  });
  const sizeColumn = layout.fields
    .slice(0, layout.fields.indexOf('size'))
    .reduce((column, field) => column + (isGroup(field) ? indicators.length : 1), 0);
  const total: Cell[] = Array.from({ length: columns }, () => null);
  total[0] = `Tổng cộng: ${rows.length} hộ`;
  total[sizeColumn] = rows.reduce((sum, row) => sum + row.state.members.length, 0);
  const at = sheet.push('strong', total);
  sheet.merge(0, at, 2, at);
  signatures(sheet, columns);
  const widths = layout.fields.flatMap((field) =>
    isGroup(field) ? indicators.map(() => 8) : [field === 'stt' ? 6 : field === 'size' ? 8 : 18],
  );
  return { name: layout.sheetName, rows: sheet.rows, merges: sheet.merges, widths };
};

const memberSheet = (file: ListFile, layout: Layout, rows: readonly ListRow[]): Sheet => {
  const columns = layout.memberFields.length;
  const sheet = openSheet(columns);
  letterHead(sheet, file, layout, columns, 'DANH SÁCH THÀNH VIÊN HỘ NGHÈO, CẬN NGHÈO, MỚI THOÁT NGHÈO');
  sheet.push(
    'header',
    layout.memberFields.map((field) => layout.headings[field]),
  );
  if (layout.numberedColumns) numberRow(sheet, columns);
  let number = 1;
  for (const row of rows) {
    for (const cells of memberCells(row, layout, number)) sheet.push('body', cells);
    number += row.state.members.length;
  }
  const total: Cell[] = Array.from({ length: columns }, () => null);
  total[0] = `Tổng cộng: ${number - 1} người`;
  const at = sheet.push('strong', total);
  sheet.merge(0, at, 2, at);
  signatures(sheet, columns);
  const widths = layout.memberFields.map((field) => (field === 'stt' ? 6 : field === 'name' ? 24 : 16));
  return { name: layout.memberSheetName, rows: sheet.rows, merges: sheet.merges, widths };
};

const decomposed = (sheet: Sheet): Sheet => ({
  ...sheet,
  rows: sheet.rows.map(({ cells, style }) => ({
    style,
    cells: cells.map((cell) => (typeof cell === 'string' ? cell.normalize('NFD') : cell)),
  })),
});

/** The workbook of one list: households on the first sheet, their members on the second. */
export const listWorkbook = (file: ListFile, rows: readonly ListRow[]): Buffer => {
  const layout = layoutOf(file.communeCode);
  const title = `Danh sách ${file.communeName} ${file.reviewYear} - dữ liệu mô phỏng`;
  const sheets = [householdSheet(file, layout, rows), memberSheet(file, layout, rows)];
  return xlsxFile(title, layout.decomposed ? sheets.map(decomposed) : sheets);
};
