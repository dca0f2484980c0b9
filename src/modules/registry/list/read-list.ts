import type { Sheet, SheetRow, Workbook } from '../../../platform/sheets/index.ts';
import type { Day } from '../../../shared/dates.ts';
import { clean, fold } from '../../../shared/text.ts';
import { readMark, readTexts, readYesNo } from './cells.ts';
import { readHousehold, readPerson, readPhoneCells } from './read-household.ts';
import { isNumberRow } from './recognise-list.ts';
import { columnsOf, openRow, type RowReader } from './row-reader.ts';
import type { LeftOutReason, ListItem, MemberRow } from './rows.ts';
import type { ListShape, SheetShape } from './shape.ts';

/**
 * Reads a list under its shape, row by row; memory does not grow with the file. Every row that holds something comes out
 * once: as a household, as a member, as left out with a reason, or with an error.
 */
export async function* readList(workbook: Workbook, shape: ListShape, asOf: Day): AsyncGenerator<ListItem> {
  for (const [at, sheetShape] of shape.sheets.entries()) {
    const sheet = workbook.sheets[at];
    if (!sheet || sheetShape.role === 'other') continue;
    yield* readSheet(sheet, sheetShape, asOf);
  }
}

async function* readSheet(sheet: Sheet, shape: SheetShape, asOf: Day): AsyncGenerator<ListItem> {
  const columns = columnsOf(shape);
  let village: string | null = null;
  let ended = false;
  for await (const row of sheet.rows()) {
    if (row.number <= shape.headerTo) continue;
    const reader = openRow(shape, columns, row);
    const reason = ended && isSparse(row) ? 'signature' : leftOut(row, reader, shape);
    if (reason) {
      if (reason === 'signature') ended = true;
      if (reason === 'group') village = villageOfGroup(row) ?? village;
      yield {
        kind: 'left-out',
        sheet: shape.name,
        row: row.number,
        reason,
        text: textsOf(row).join(' | ').slice(0, 120),
      };
      continue;
    }
    ended = false;
    if (row.hidden) reader.fault(null, 'warning', 'list.hidden');
    const item =
      shape.role === 'households'
        ? readHousehold(reader, { sheet: shape.name, asOf, village })
        : readMember(reader, shape.name, asOf);
    for (const fault of reader.faults) yield { kind: 'fault', fault };
    if (!item) continue;
    if (shape.role === 'households')
      yield { kind: 'household', row: item as Extract<ListItem, { kind: 'household' }>['row'] };
    else yield { kind: 'member', row: item as MemberRow };
  }
}

/** Texts of a row, a merged range counted once. */
const textsOf = (row: SheetRow): string[] => {
  const texts = row.cells.map((cell) => ({ text: clean(cell.text), merged: cell.mergedFrom !== undefined }));
  return texts
    .filter(({ text, merged }, at) => text && !(merged && texts[at - 1]?.text === text))
    .map(({ text }) => text);
};

const isSparse = (row: SheetRow): boolean => textsOf(row).length <= 4;

const TOTAL = /^(tong( cong| so| hop)?|cong)\b/u;
const SIGNATURE =
  /^(nguoi lap|tm |t m |kt |chu tich|pho chu tich|uy ban nhan dan|ubnd|noi nhan|xac nhan|lap bieu|thu ky|can bo|ky ten|ngay \d* ?thang|ngay thang nam)|\bngay \d{0,2} ?thang \d{0,2} ?nam( 20\d\d)?$/u;

const leftOut = (row: SheetRow, reader: RowReader, shape: SheetShape): LeftOutReason | undefined => {
  if (isNumberRow(row)) return 'numbers';
  const texts = textsOf(row);
  const folded = texts.map(fold);
  const keyed =
    shape.role === 'households'
      ? has(reader, 'code', 'class', 'classPoor', 'classNearPoor', 'classNewlyEscaped')
      : has(reader, 'householdCode');
  if (folded.slice(0, 2).some((text) => TOTAL.test(text)) && !keyed) return 'total';
  if (keyed) return undefined;
  if (folded.some((text) => SIGNATURE.test(text)) && texts.length <= 4) return 'signature';
  // A line of its own among the rows: "I. Thôn …", "Thôn …: 34 hộ", or a remark.
  if (texts.length <= 2 && !textOfName(reader, shape)) return villageOfGroup(row) ? 'group' : 'remark';
  if (texts.length === 1) return villageOfGroup(row) ? 'group' : 'remark';
  return undefined;
};

const has = (reader: RowReader, ...fields: Parameters<RowReader['has']>[0][]): boolean =>
  fields.some((field) => reader.has(field) && clean(reader.cell(field).text) !== '' && !reader.cell(field).mergedFrom);

const textOfName = (reader: RowReader, shape: SheetShape): boolean => {
  const cell = reader.cell(shape.role === 'households' ? 'headName' : 'name');
  return clean(cell.text) !== '' && !cell.mergedFrom;
};

const villageOfGroup = (row: SheetRow): string | null => {
  const text = textsOf(row).find((part) => /\b(thon|ban|xom|to dan pho|khu|buon|lang|ap)\b/u.test(fold(part)));
  if (!text) return null;
  return (
    clean(
      text
        .replace(/^(?:[IVXLC]+|\d+|[A-Z])\s*[.)/-]\s*/u, '')
        .replace(/\s*[:(–-]\s*\d+\s*hộ.*$/iu, '')
        .replace(/[:.]\s*$/u, ''),
    ) || null
  );
};

const readMember = (reader: RowReader, sheet: string, asOf: Day): MemberRow | undefined => {
  const name = reader.text('name');
  const householdCode = reader.text('householdCode').replace(/\s+/gu, '');
  if (!name) reader.fault('name', 'error', 'list.no-name');
  if (!householdCode) reader.fault('householdCode', 'error', 'list.no-household-code');
  const person = readPerson(reader, asOf);
  const row = {
    sheet,
    row: reader.number,
    householdCode,
    name,
    relation: reader.text('relation') || null,
    ...person,
    ethnicity: reader.text('ethnicity') || null,
    school: reader.text('school') || null,
    job: reader.take('job', readTexts)?.join(', ') || null,
    insured: reader.take('insured', readYesNo),
    disabled: reader.has('disabled') ? reader.take('disabled', readMark) : null,
    reads: reader.take('reads', readYesNo),
    phone: readPhoneCells(reader)?.[0] ?? null,
  };
  return reader.faults.some(({ severity }) => severity === 'error') ? undefined : row;
};
