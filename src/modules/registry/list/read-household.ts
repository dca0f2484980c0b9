import type { Cell } from '../../../platform/sheets/index.ts';
import { addDays, type Day } from '../../../shared/dates.ts';
import { type Reading, readFullDay, readMark, readWhole, unreadable } from './cells.ts';
import { classNamed, type HouseholdClass, type Origin, readClass, type Standing } from './classes.ts';
import { classFields, type Field, indicatorFields } from './fields.ts';
import { readName } from './names.ts';
import { readPerson, readPhoneCells } from './read-person.ts';
import type { RowReader } from './row-reader.ts';
import type { HouseholdRow } from './rows.ts';
import { readDevices, readLanguages, readLanguagesRead, readTexts } from './several.ts';
import { villageAndCommune } from './village-line.ts';

export interface HouseholdContext {
  readonly sheet: string;
  readonly asOf: Day;
  /** The last day that a decision can be of. */
  readonly decidedBy: Day;
  /** Village named by a line of its own above the row, or by the sheet, for lists grouped by village. */
  readonly village: string | null;
  /** Class named in the same way, for lists without a column of classes. */
  readonly standing: Standing | null;
}

const NOTE_LENGTH = 2_000;

/** Reads one household; undefined when an error keeps it out (the faults say which). */
export const readHousehold = (reader: RowReader, context: HouseholdContext): HouseholdRow | undefined => {
  const headName = readName(reader, 'headName', 'headGiven', 'list.no-head');
  const standing = readStanding(reader, context.standing);
  const { village, commune } = readVillage(reader, context.village);
  const person = readPerson(reader, context.asOf);
  const row = {
    sheet: context.sheet,
    row: reader.number,
    code: readCode(reader, 'code', 'warning'),
    headName,
    headBirth: person.birth,
    headSex: person.sex,
    headIdNumber: person.idNumber,
    ethnicity: reader.text('ethnicity') || null,
    village,
    commune: reader.text('commune') || commune,
    size: reader.take('size', readWhole),
    b1: reader.take('b1', readWhole),
    b2: reader.take('b2', readWhole),
    indicators: indicatorFields.map((field) => (reader.has(field) ? reader.take(field, readMark) : null)),
    causes: reader.has('causes') ? reader.take('causes', readTexts) : null,
    needs: reader.text('needs', NOTE_LENGTH) || null,
    groups: reader.has('groups') ? reader.take('groups', readTexts) : null,
    ...readDecision(reader, context.decidedBy),
    certificateNumber: reader.text('certificateNumber') || null,
    phones: readPhoneCells(reader),
    languages: reader.take('languages', readLanguages),
    languagesRead: reader.take('languagesRead', readLanguagesRead),
    devices: reader.take('devices', readDevices),
    livelihood: reader.text('livelihood', NOTE_LENGTH) || null,
    notes: reader.text('notes', NOTE_LENGTH) || null,
  };
  if (!standing || reader.faults.some(({ severity }) => severity === 'error')) return undefined;
  const whole = { ...row, ...standing };
  warnOfContradictions(reader, whole);
  return whole;
};

const readVillage = (reader: RowReader, above: string | null): ReturnType<typeof villageAndCommune> => {
  const before = reader.faults.length;
  const village = reader.text('village') || above || '';
  const told = reader.faults.slice(before).some(({ severity }) => severity === 'error');
  if (!village && !told) reader.fault('village', 'error', 'list.no-village');
  return villageAndCommune(village);
};

/** A household's code as it was typed, without spaces; what a spreadsheet made a power of ten or a day of is no code. */
export const readCode = (reader: RowReader, field: Field, severity: 'error' | 'warning'): string | null => {
  const text = reader.text(field).replace(/\s+/gu, '');
  if (!/^\d(?:[.,]\d+)?e\+\d+$/iu.test(text) && reader.cell(field).kind !== 'date') return text || null;
  reader.fault(field, severity, 'list.code-lost');
  return null;
};

const DECIDED_WITHIN = 366;

/** A decision is signed after the review, but within the year; nobody has one that is not signed yet. */
export const lastDecision = (asOf: Day, today: Day): Day => {
  const within = addDays(asOf, DECIDED_WITHIN);
  return within < today ? within : today;
};

const readDecided = (cell: Cell, decidedBy: Day): Reading<Day> => {
  const reading = readFullDay(cell, decidedBy);
  return reading.fault === 'list.date-ahead' ? unreadable('list.decision-ahead') : reading;
};

/** Number and day of the decision; both may stand in one cell ("12/QĐ-UBND ngày 15/12/2025"). */
const readDecision = (reader: RowReader, decidedBy: Day): Pick<HouseholdRow, 'decisionNumber' | 'decisionDate'> => {
  const number = reader.text('decisionNumber');
  const date = reader.take('decisionDate', (cell) => readDecided(cell, decidedBy));
  const both = /^(.*?)[\s,;]*(?:ngày|ngay)\s+(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})$/iu.exec(number);
  if (!both || reader.has('decisionDate')) return { decisionNumber: number || null, decisionDate: date };
  return {
    decisionNumber: both[1] || null,
    decisionDate: reader.take('decisionNumber', () =>
      readDecided({ value: both[2]!, text: both[2]!, kind: 'text' }, decidedBy),
    ),
  };
};

const CLASS_MARKS: readonly (readonly [Field, HouseholdClass])[] = [
  ['classPoor', 'poor'],
  ['classNearPoor', 'near_poor'],
  ['classNewlyEscaped', 'newly_escaped'],
];

const classColumn = (reader: RowReader): Field => classFields.find((field) => reader.has(field)) ?? 'class';

/** The official class: one column of words, or a column of marks per class. Never recomputed from scores. */
const readStanding = (reader: RowReader, above: Standing | null): Standing | undefined => {
  const relapsed = marked(reader, 'originRelapsed');
  const arising = marked(reader, 'originNewlyArising');
  const origin: Origin | null = relapsed ? 'relapsed' : arising ? 'newly_arising' : null;
  if (relapsed && arising) reader.fault('originNewlyArising', 'warning', 'list.origin-twice');
  if (reader.has('class')) {
    const cell = reader.cell('class');
    if (cell.unreadable) {
      reader.fault('class', 'error', 'list.unreadable');
      return undefined;
    }
    if (cell.kind === 'formula') {
      reader.fault('class', 'error', 'list.no-result');
      return undefined;
    }
    const found: Reading<Standing> = cell.kind === 'error' ? { value: null, fault: 'list.class' } : readClass(cell);
    if (found.fault) reader.fault('class', 'error', found.fault);
    if (found.note) reader.fault('class', 'warning', found.note, found.params);
    if (found.value) return { class: found.value.class, origin: found.value.origin ?? origin };
    if (found.fault) return undefined;
  }
  const classes = CLASS_MARKS.filter(([field, value]) => marked(reader, field, value));
  if (classes.length > 1) {
    reader.fault(classes[1]![0], 'error', 'list.class-twice');
    return undefined;
  }
  const found = classes[0]?.[1] ?? (origin ? 'poor' : undefined);
  if (found) return { class: found, origin };
  if (above && !classFields.some((field) => reader.has(field))) return { ...above, origin: above.origin ?? origin };
  reader.fault(classColumn(reader), 'error', 'list.no-class');
  return undefined;
};

/** A mark, or the name of the column once more. */
const marked = (reader: RowReader, field: Field, value?: HouseholdClass): boolean => {
  if (!reader.has(field)) return false;
  if (value && classNamed(reader.cell(field).text)?.class === value) return true;
  return reader.take(field, readMark) === true;
};

/** Deprivations from which a household is poor, when its income is below the line (NĐ 07/2021/NĐ-CP, art. 3). */
const POOR_FROM = 3;

const warnOfContradictions = (reader: RowReader, row: HouseholdRow): void => {
  const known = row.indicators.filter((lacking) => lacking !== null);
  const lacking = known.filter(Boolean).length;
  if (known.length === 12) {
    if (row.class === 'poor' && lacking < POOR_FROM)
      reader.fault(classColumn(reader), 'warning', 'list.poor-few', { count: lacking });
    if (row.class === 'near_poor' && lacking >= POOR_FROM)
      reader.fault(classColumn(reader), 'warning', 'list.near-poor-many', { count: lacking });
    if (row.b2 !== null && row.b2 !== lacking * 10)
      reader.fault('b2', 'warning', 'list.b2', { count: lacking, points: lacking * 10 });
  }
  if (row.size === 0) reader.fault('size', 'warning', 'list.size-none');
  if (row.size !== null && row.size > 25) reader.fault('size', 'warning', 'list.size-many', { count: row.size });
};
