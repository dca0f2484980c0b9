import type { Day, PartialDate } from '../../../shared/dates.ts';
import { readPhones } from '../../../shared/phone.ts';
import {
  factsOfId,
  type HouseholdClass,
  type Origin,
  readClass,
  readDate,
  readDevices,
  readIdNumber,
  readLanguages,
  readLanguagesRead,
  readMark,
  readSex,
  readTexts,
  readWhole,
} from './cells.ts';
import { type Field, indicatorFields } from './fields.ts';
import type { RowReader } from './row-reader.ts';
import type { HouseholdRow } from './rows.ts';

export interface HouseholdContext {
  readonly sheet: string;
  readonly asOf: Day;
  /** Village named by a line of its own above the row, for lists grouped by village. */
  readonly village: string | null;
}

/** Reads one household; undefined when an error keeps it out (the faults say which). */
export const readHousehold = (reader: RowReader, context: HouseholdContext): HouseholdRow | undefined => {
  const headName = reader.text('headName');
  if (!headName) reader.fault('headName', 'error', 'list.no-head');
  const standing = readStanding(reader);
  const village = reader.text('village') || context.village;
  if (!village) reader.fault('village', 'error', 'list.no-village');
  const person = readPerson(reader, context.asOf);
  const row = {
    sheet: context.sheet,
    row: reader.number,
    code: reader.text('code').replace(/\s+/gu, '') || null,
    headName,
    headBirth: person.birth,
    headSex: person.sex,
    headIdNumber: person.idNumber,
    ethnicity: reader.text('ethnicity') || null,
    village,
    commune: reader.text('commune') || null,
    size: reader.take('size', readWhole),
    b1: reader.take('b1', readWhole),
    b2: reader.take('b2', readWhole),
    indicators: indicatorFields.map((field) => (reader.has(field) ? reader.take(field, readMark) : null)),
    causes: reader.has('causes') ? reader.take('causes', readTexts) : null,
    needs: reader.text('needs') || null,
    groups: reader.has('groups') ? reader.take('groups', readTexts) : null,
    decisionNumber: reader.text('decisionNumber') || null,
    decisionDate: reader.take('decisionDate', (cell) => readDate(cell, '2100-01-01'))?.date ?? null,
    certificateNumber: reader.text('certificateNumber') || null,
    phones: readPhoneCells(reader),
    languages: reader.take('languages', readLanguages),
    languagesRead: reader.take('languagesRead', readLanguagesRead),
    devices: reader.take('devices', readDevices),
    livelihood: reader.text('livelihood') || null,
    notes: reader.text('notes') || null,
  };
  if (!standing || reader.faults.some(({ severity }) => severity === 'error')) return undefined;
  const whole = { ...row, ...standing };
  warnOfContradictions(reader, whole);
  return whole;
};

/** Birth, sex and identity number of a head or member, with contradictions between them as warnings. */
export const readPerson = (reader: RowReader, asOf: Day) => {
  let sex = reader.take('sex', readSex);
  let birth: PartialDate | null = reader.take('birth', (cell) => readDate(cell, asOf));
  for (const [field, its] of [
    ['birthMale', 'male'],
    ['birthFemale', 'female'],
  ] as const) {
    const read = reader.has(field) ? reader.take(field, (cell) => readDate(cell, asOf)) : null;
    if (read) [birth, sex] = [read, sex ?? its];
  }
  const idNumber = reader.take('idNumber', readIdNumber);
  const facts = idNumber ? factsOfId(idNumber) : undefined;
  if (facts && sex && facts.sex !== sex) reader.fault('idNumber', 'warning', 'list.id-sex');
  if (facts && birth && facts.year !== Number(birth.date.slice(0, 4)))
    reader.fault('idNumber', 'warning', 'list.id-birth');
  return { sex, birth, idNumber };
};

export const readPhoneCells = (reader: RowReader): string[] | null => {
  if (!reader.has('phones')) return null;
  const { phones, unreadable } = readPhones(reader.text('phones').replace(/^(?:không|ko|-)$/iu, ''));
  if (unreadable.length > 0)
    reader.fault('phones', 'warning', 'list.phone', { phones: unreadable.join(', ').slice(0, 60) });
  return phones.map(({ e164 }) => e164);
};

interface Standing {
  readonly class: HouseholdClass;
  readonly origin: Origin | null;
}

const CLASS_MARKS: readonly (readonly [Field, HouseholdClass, Origin | null])[] = [
  ['classPoor', 'poor', null],
  ['classNearPoor', 'near_poor', null],
  ['classNewlyEscaped', 'newly_escaped', null],
];

/** The official class: one column of words, or a column of marks per class. Never recomputed from scores. */
const readStanding = (reader: RowReader): Standing | undefined => {
  const read = reader.cell('class');
  if (reader.has('class')) {
    const found = readClass(read);
    if (found.fault) reader.fault('class', 'error', found.fault);
    if (found.value) return found.value;
    if (found.fault) return undefined;
  }
  const relapsed = marked(reader, 'originRelapsed');
  const arising = marked(reader, 'originNewlyArising');
  const classes = CLASS_MARKS.filter(([field]) => marked(reader, field));
  if (classes.length > 1) {
    reader.fault(classes[1]![0], 'error', 'list.class-twice');
    return undefined;
  }
  const found = classes[0]?.[1] ?? (relapsed || arising ? 'poor' : undefined);
  if (!found) {
    reader.fault('class', 'error', 'list.no-class');
    return undefined;
  }
  return { class: found, origin: relapsed ? 'relapsed' : arising ? 'newly_arising' : null };
};

const marked = (reader: RowReader, field: Field): boolean => reader.has(field) && reader.take(field, readMark) === true;

/** Deprivations from which a household is poor, when its income is below the line (NĐ 07/2021/NĐ-CP, art. 3). */
const POOR_FROM = 3;

const warnOfContradictions = (reader: RowReader, row: HouseholdRow): void => {
  const known = row.indicators.filter((lacking) => lacking !== null);
  const lacking = known.filter(Boolean).length;
  if (known.length === 12) {
    if (row.class === 'poor' && lacking < POOR_FROM)
      reader.fault('class', 'warning', 'list.poor-few', { count: lacking });
    if (row.class === 'near_poor' && lacking >= POOR_FROM)
      reader.fault('class', 'warning', 'list.near-poor-many', { count: lacking });
    if (row.b2 !== null && row.b2 !== lacking * 10)
      reader.fault('b2', 'warning', 'list.b2', { count: lacking, points: lacking * 10 });
  }
  if (row.size === 0) reader.fault('size', 'warning', 'list.size-none');
  if (row.size !== null && row.size > 25) reader.fault('size', 'warning', 'list.size-many', { count: row.size });
};
