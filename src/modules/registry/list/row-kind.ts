import type { Cell, SheetRow } from '../../../platform/sheets/index.ts';
import { fold } from '../../../shared/text.ts';
import { empty, readDate, readSex, tidy } from './cells.ts';
import { readClass } from './classes.ts';
import { isEthnicGroup } from './ethnic-groups.ts';
import { classFields, type Field } from './fields.ts';
import { isNumberRow } from './header.ts';
import type { RowReader } from './row-reader.ts';
import type { LeftOutReason } from './rows.ts';
import type { SheetShape } from './shape.ts';
import { type GroupLine, groupLine } from './village-line.ts';

const rowOf = (address: string): number => Number(/\d+$/u.exec(address)?.[0]);

/** Texts of a row, a merged range counted once. */
export const textsOf = (row: SheetRow): string[] => {
  const seen = new Set<string>();
  return row.cells.flatMap(({ text, mergedFrom }) => {
    const shown = tidy(text);
    // The first cell of a range within the row has spoken already; one merged down from above speaks once.
    if (!shown || (mergedFrom && (rowOf(mergedFrom) === row.number || seen.has(mergedFrom)))) return [];
    if (mergedFrom) seen.add(mergedFrom);
    return [shown];
  });
};

/** Texts that stand in the row itself, not merged into it from anywhere. */
const ownTexts = (row: SheetRow): string[] =>
  row.cells
    .filter((cell) => !cell.mergedFrom)
    .map((cell) => tidy(cell.text))
    .filter(Boolean);

// Roman numbers and letters in front, as in "III. Tổng cộng".
const OUTLINE = /^(?:[IVXLC]+|[A-Z]|\d{1,2})[.)/]\s*/u;
const TOTAL =
  /^(?:tổng(?: cộng| số| hợp)?|cộng(?: dồn)?|toàn xã|lũy kế|luỹ kế|tong(?: cong| so| hop)?|cong(?: don)?|toan xa|luy ke)(?=$|[\s:(=,.;]+(?:$|\(|\d|[ivx]+\b|thôn|bản|xóm|xã|toàn|tổ|khu|hộ|danh|cả|trang|các|chung|nhóm|mục|nhân|khẩu|thon|ban|xom|xa|toan|to|khu|ho|danh|ca|trang|cac|chung|nhom|muc|nhan|khau))/iu;
const SIGNATURE =
  /^(nguoi lap|tm |t m |kt |chu tich|pho chu tich|uy ban nhan dan|ubnd|noi nhan|xac nhan|lap bieu|thu ky|can bo|cong chuc|ky ten|ky ghi|ky dong dau|da ky|truong (thon|ban)|dai dien|ban chi dao|nguoi (ra soat|kiem tra|tong hop)|ngay \d* ?thang|ngay thang nam 20)|\bngay \d{0,2} ?thang \d{0,2} ?nam( 20\d\d)?$/u;

const NUMERIC = /^[\d.,%\s()+-]+$/u;

export interface RowKind {
  readonly reason: LeftOutReason;
  readonly group?: GroupLine;
}

interface Facts {
  readonly texts: readonly string[];
  /** The name stands in the row itself. */
  readonly named: boolean;
  readonly coded: boolean;
  /** STT before the name. */
  readonly numbered: boolean;
}

const nameField = (shape: SheetShape): Field => (shape.role === 'households' ? 'headName' : 'name');

/** Two to five words with capitals: how a person is called. */
const NAME = /^\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]*){1,4}$/u;

const isOwn = (cell: Cell): boolean => !cell.mergedFrom && (!empty(tidy(cell.text)) || cell.unreadable === true);

const MARKED = /^[xXvV✓✔√×хХ]$/u;

/** Something only a person has: a sex, a birth, an identity number, a class in words or as a mark. */
const isPersonal = (reader: RowReader): boolean => {
  const cell = (field: Field): Cell | undefined =>
    reader.has(field) && isOwn(reader.cell(field)) ? reader.cell(field) : undefined;
  const sex = cell('sex');
  if (sex && readSex(sex).value) return true;
  const id = cell('idNumber');
  if (id && /\d{8,}/u.test(tidy(id.text).replace(/[\s.]/gu, ''))) return true;
  if (
    (['birth', 'birthMale', 'birthFemale', 'birthYear'] as const).some(
      (field) => cell(field) && readDate(cell(field)!, '2200-01-01').value,
    )
  )
    return true;
  const ethnicity = cell('ethnicity');
  if (ethnicity && isEthnicGroup(tidy(ethnicity.text))) return true;
  const named = cell('class');
  if (named && readClass(named).value) return true;
  return classFields.some((field) => field !== 'class' && cell(field) && MARKED.test(tidy(cell(field)!.text)));
};

const factsOf = (row: SheetRow, reader: RowReader, shape: SheetShape): Facts => {
  const name = reader.cell(nameField(shape));
  const nameAt = row.cells.indexOf(name);
  const own = (field: Field): boolean => reader.has(field) && isOwn(reader.cell(field));
  return {
    texts: textsOf(row),
    named: isOwn(name),
    // Somebody who signs may stand below the codes.
    coded: (['code', 'householdCode'] as const).some(
      (field) => own(field) && !NAME.test(tidy(reader.cell(field).text)),
    ),
    numbered: row.cells.slice(0, Math.max(nameAt, 0)).some((cell) => /^\d{1,6}\.?$/u.test(tidy(cell.text))),
  };
};

/** The header again, as on each printed page: whatever stands in the row stands in the headings of its columns. */
const repeatsHeader = (row: SheetRow, shape: SheetShape): boolean => {
  const headings = headingsOf(shape);
  const filled = row.cells.reduce((sum, { text }) => (tidy(text) ? sum + 1 : sum), 0);
  const same: string[] = [];
  let others = 0;
  for (const [index, { text }] of row.cells.entries()) {
    if (!tidy(text)) continue;
    const folded = fold(text);
    if (folded && headings.get(index)?.includes(` ${folded} `)) same.push(folded);
    else others += 1;
    // As in nearly every row: the rest of it cannot make up for that any more.
    if (others * 10 > filled * 2) return false;
  }
  const words = new Set(same);
  return words.size >= 2 && others === 0 ? !onlyMarks(words) : words.size >= 4;
};

const folded = new WeakMap<SheetShape, ReadonlyMap<number, string>>();

const headingsOf = (shape: SheetShape): ReadonlyMap<number, string> => {
  const known = folded.get(shape);
  if (known) return known;
  const fresh = new Map(shape.columns.map(({ index, heading }) => [index, ` ${fold(heading)} `]));
  folded.set(shape, fresh);
  return fresh;
};

const onlyMarks = (words: ReadonlySet<string>): boolean => [...words].every((word) => /^(?:x|\d+)$/u.test(word));

const looksLikeName = (text: string): boolean => /^\p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*){1,4}$/u.test(text);

// Columns whose cells may read like the name of a person.
const NAMELIKE: ReadonlySet<Field> = new Set([
  'headName', 'headGiven', 'name', 'given', 'village', 'commune', 'notes', 'needs', 'causes', 'livelihood', 'relation', 'groups',
]); // biome-ignore format: a table of words

/** Names of those who signed, and nothing else: at least one where no list has names. */
const onlySigners = (row: SheetRow, shape: SheetShape, { texts, numbered, coded }: Facts): boolean => {
  if (numbered || coded || texts.length < 2 || !texts.every((text) => NAME.test(text))) return false;
  const fields = new Map(shape.columns.map(({ index, field }) => [index, field]));
  const held = row.cells.flatMap((cell, index) => (isOwn(cell) ? (fields.get(index) ?? []) : []));
  return held.some((field) => !NAMELIKE.has(field)) && !held.includes('village') && !held.includes('commune');
};

/** Why a row below the header is no household and no member; undefined when it is one. `ended` = signatures came before it. */
export const leftOut = (row: SheetRow, reader: RowReader, shape: SheetShape, ended: boolean): RowKind | undefined => {
  if (repeatsHeader(row, shape)) return { reason: 'header' };
  if (isNumberRow(row)) return { reason: 'numbers' };
  const { mergedFrom } = reader.cell(nameField(shape));
  const personal = isPersonal(reader);
  // As nearly every row is: nothing else has to be known of it.
  if (personal && !mergedFrom) return undefined;
  const facts = factsOf(row, reader, shape);
  const { texts, named, coded } = facts;
  if (mergedFrom && rowOf(mergedFrom) < row.number && !coded) return { reason: 'continued' };
  if (personal) return undefined;
  if (texts.slice(0, 2).some((text) => TOTAL.test(text.replace(OUTLINE, '')))) return { reason: 'total' };
  const placed = named && (coded || facts.numbered);
  if (!placed && texts.length <= 6 && texts.map(fold).some((text) => SIGNATURE.test(text)))
    return { reason: 'signature' };
  if (onlySigners(row, shape, facts)) return { reason: 'signature' };
  if (ended && !placed && texts.length <= 4) return { reason: 'signature' };
  return lineOfItsOwn(row, reader, shape, facts);
};

const lineOfItsOwn = (row: SheetRow, reader: RowReader, shape: SheetShape, facts: Facts): RowKind | undefined => {
  const { texts, named, coded, numbered } = facts;
  const inVillageColumn = reader.has('village') && isOwn(reader.cell('village')) && texts.length > 1;
  const group = inVillageColumn ? undefined : groupLine(texts, reader.has('village'));
  if (group) return { reason: 'group', group };
  const name = tidy(reader.cell(nameField(shape)).text);
  if (texts.length <= 1) return named && looksLikeName(name) ? undefined : { reason: 'remark' };
  if (named || coded) return undefined;
  if (texts.length === 2) return { reason: 'remark' };
  // Lines numbered beforehand with formulas that give 0, and sums without a label.
  const own = ownTexts(row);
  const values = numbered ? own.slice(1) : own;
  if (values.every((text) => /^[0.,\s-]*$/u.test(text))) return { reason: 'remark' };
  return !numbered && own.every((text) => NUMERIC.test(text)) ? { reason: 'total' } : undefined;
};
