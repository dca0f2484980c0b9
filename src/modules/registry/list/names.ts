import type { Field } from './fields.ts';
import type { RowReader } from './row-reader.ts';

const LETTER = /\p{L}/gu;
const DIGIT = /\p{N}/gu;
// Signs of formulas, markup and addresses; brackets, apostrophes and stars are found beside names.
const NO_NAME = /[=<>{}@\\|]/u;

/** Numbers, single letters and formulas slip into columns of names; more is not asked of a name. */
const looksLikeName = (text: string): boolean => {
  const letters = text.match(LETTER)?.length ?? 0;
  return letters >= 2 && letters > (text.match(DIGIT)?.length ?? 0) && !NO_NAME.test(text);
};

/**
 * The name of a person, from one column or from two ("Họ và chữ đệm", "Tên"); '' with an error when there is none.
 * `none` = the fault of an empty cell.
 */
export const readName = (reader: RowReader, field: Field, givenField: Field, none: string): string => {
  const before = reader.faults.length;
  const family = reader.text(field);
  // A name that is typed over both columns, merged, stands in the second one again.
  const apart = reader.has(givenField) && reader.cell(givenField).mergedFrom === undefined;
  const given = apart ? reader.text(givenField) : '';
  if (reader.faults.slice(before).some(({ severity }) => severity === 'error')) return '';
  const name = [family, given].filter(Boolean).join(' ');
  if (!family) reader.fault(field, 'error', none);
  else if (!looksLikeName(name)) reader.fault(field, 'error', 'list.not-a-name');
  return name;
};
