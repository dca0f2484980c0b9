import type { Cell } from '../../../platform/sheets/index.ts';
import type { Day, PartialDate } from '../../../shared/dates.ts';
import { readPhones } from '../../../shared/phone.ts';
import { cut, factsOfId, lostDigits, readDate, readIdNumber, readMark, readSex, textOf, tidy } from './cells.ts';
import type { Field } from './fields.ts';
import type { RowReader } from './row-reader.ts';

export interface Person {
  readonly sex: 'male' | 'female' | null;
  readonly birth: PartialDate | null;
  readonly idNumber: string | null;
}

const SEXES = [
  ['birthMale', 'sexMale', 'male'],
  ['birthFemale', 'sexFemale', 'female'],
] as const;

/** Birth, sex and identity number of a head or member, with contradictions between them as warnings. */
export const readPerson = (reader: RowReader, asOf: Day): Person => {
  const { birth, sex } = readBirthAndSex(reader, asOf);
  const idNumber = reader.take('idNumber', readIdNumber);
  const facts = idNumber ? factsOfId(idNumber) : undefined;
  if (facts && sex && facts.sex !== sex) reader.fault('idNumber', 'warning', 'list.id-sex');
  if (facts && birth && facts.year !== Number(birth.date.slice(0, 4)))
    reader.fault('idNumber', 'warning', 'list.id-birth', { year: String(facts.year) });
  return { sex, birth, idNumber };
};

/** Births and sexes may stand in one column each, or in one column per sex; two answers that differ are none. */
const readBirthAndSex = (reader: RowReader, asOf: Day): Omit<Person, 'idNumber'> => {
  const births: PartialDate[] = [];
  const sexes = new Set<'male' | 'female'>();
  const said = reader.take('sex', readSex);
  if (said) sexes.add(said);
  const whole = reader.take('birth', (cell) => readDate(cell, asOf));
  if (whole) births.push(whole);
  const parts = readBirthParts(reader, asOf);
  if (parts) births.push(parts);
  for (const [birthField, sexField, sex] of SEXES) {
    if (reader.has(sexField) && reader.take(sexField, readMark)) sexes.add(sex);
    // Some mark the sex in the columns of the year, and write the year elsewhere.
    const marked = reader.has(birthField) && readMark(reader.cell(birthField)).value === true;
    const read = marked ? null : reader.take(birthField, (cell) => readDate(cell, asOf));
    if (read) births.push(read);
    if (read || marked) sexes.add(sex);
  }
  if (sexes.size > 1) reader.fault(placeOf(reader, 'sex', 'sexFemale', 'birthFemale'), 'warning', 'list.sex-twice');
  const years = new Set(births.map(({ date }) => date.slice(0, 4)));
  if (years.size > 1) reader.fault(placeOf(reader, 'birthFemale', 'birth'), 'warning', 'list.birth-twice');
  return { birth: years.size > 1 ? null : (births[0] ?? null), sex: sexes.size > 1 ? null : ([...sexes][0] ?? null) };
};

const placeOf = (reader: RowReader, ...fields: Field[]): Field =>
  fields.find((field) => reader.has(field)) ?? fields[0]!;

/** "Ngày | Tháng | Năm" in columns of their own. */
const readBirthParts = (reader: RowReader, asOf: Day): PartialDate | null =>
  reader.has('birthYear')
    ? reader.take('birthYear', (cell: Cell) => {
        const [year, month, dayOfMonth] = [cell, reader.cell('birthMonth'), reader.cell('birthDay')].map(textOf);
        const text = [dayOfMonth, month, year].filter(Boolean).join('/');
        return readDate({ value: text, text, kind: 'text' }, asOf);
      })
    : null;

/** Phone numbers in E.164; null = the list has no such column. */
export const readPhoneCells = (reader: RowReader): string[] | null => {
  if (!reader.has('phones')) return null;
  if (!/[\r\n]/u.test(reader.cell('phones').text)) return phonesIn(reader, reader.text('phones'));
  // A line break parts numbers as well as a comma does; only a text of one line may lose it.
  reader.text('phones');
  const cell = reader.cell('phones');
  return phonesIn(
    reader,
    cell.unreadable
      ? ''
      : cell.text
          .split(/[\r\n]+/u)
          .map(tidy)
          .join('; '),
  );
};

const phonesIn = (reader: RowReader, text: string): string[] => {
  const { phones, unreadable } = readPhones(text.replace(/^(?:không(?: có)?|ko|k|khong(?: co)?|chưa có)$/iu, ''));
  const lost = unreadable.some(lostDigits);
  if (unreadable.length > 0)
    reader.fault('phones', 'warning', lost ? 'list.phone-lost' : 'list.phone', {
      phones: cut(unreadable.join(', '), 60),
    });
  return phones.map(({ e164 }) => e164);
};
