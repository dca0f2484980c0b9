import type { Day } from '../../../shared/dates.ts';
import { readDisabled, readInsured, readReads } from './cells.ts';
import { readName } from './names.ts';
import { readCode } from './read-household.ts';
import { readPerson, readPhoneCells } from './read-person.ts';
import type { RowReader } from './row-reader.ts';
import type { MemberRow } from './rows.ts';
import { readTexts } from './several.ts';

export interface MemberContext {
  readonly sheet: string;
  readonly asOf: Day;
  /** Code of the member above: many lists write it for the first member of a household only. */
  readonly codeAbove: string | null;
  /** The member stands below its head in one sheet, where the code of the head is the code of all. */
  readonly inline?: boolean;
}

/** Reads one member; undefined when an error keeps it out (the faults say which). */
export const readMember = (reader: RowReader, context: MemberContext): MemberRow | undefined => {
  const { sheet, asOf } = context;
  const name = readName(reader, 'name', 'given', 'list.no-name');
  const row = {
    sheet,
    row: reader.number,
    householdCode: readHouseholdCode(reader, context),
    name,
    relation: reader.text('relation') || null,
    ...readPerson(reader, asOf),
    ethnicity: reader.text('ethnicity') || null,
    school: reader.text('school') || null,
    job: reader.take('job', readTexts)?.join(', ') || null,
    insured: reader.take('insured', readInsured),
    disabled: reader.has('disabled') ? (reader.take('disabled', readDisabled) ?? emptyIsNo(reader)) : null,
    reads: reader.take('reads', readReads),
    phone: readPhone(reader),
  };
  return reader.faults.some(({ severity }) => severity === 'error') ? undefined : row;
};

const readHouseholdCode = (reader: RowReader, { codeAbove: above, inline }: MemberContext): string => {
  const before = reader.faults.length;
  const own = readCode(reader, 'householdCode', 'error');
  if (own) return own;
  if (inline && above && reader.faults.length === before) return above;
  const head = /^chủ hộ$|^ch$|^chu ho$/iu.test(reader.cell('relation').text.trim());
  if (reader.faults.length === before && above && !head) {
    reader.fault('householdCode', 'warning', 'list.code-above', { code: above });
    return above;
  }
  if (reader.faults.length === before) reader.fault('householdCode', 'error', 'list.no-household-code');
  return '';
};

// A column of the disabled is marked where somebody is; an unreadable cell there stays unknown.
const emptyIsNo = (reader: RowReader): false | null => (reader.cell('disabled').text.trim() === '' ? false : null);

const readPhone = (reader: RowReader): string | null => {
  const phones = readPhoneCells(reader) ?? [];
  if (phones.length > 1) reader.fault('phones', 'warning', 'list.phone-first', { count: phones.length });
  return phones[0] ?? null;
};
