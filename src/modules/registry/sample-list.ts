import { stringify } from 'csv-stringify/sync';
import { SYNTHETIC_ID_PREFIX } from '../../shared/synthetic.ts';
import { sayIn } from '../../shared/words/index.ts';

/** The headings by which the list is read again; in Vietnamese whoever asks, for that is what the file is filled in in. */
const say = sayIn('vi');

const COLUMNS = [
  ...['code', 'headName', 'birth', 'idNumber', 'village', 'class', 'size', 'ethnicity', 'phones', 'languages'],
  'notes',
] as const;

/** Heads of invented households: name, date of birth, the identity number's century and sex, year; class, people, group. */
const HEADS = [
  ['Giàng A Mẫu', '05/03/1962', '062', 'Hộ nghèo', '6', 'Mông', 'tiếng Mông'],
  ['Sùng Thị Mẫu', '12/10/1985', '185', 'Hộ cận nghèo', '4', 'Mông', 'tiếng Mông, tiếng Việt'],
  ['Lò Văn Mẫu', '20/01/1978', '078', 'Hộ mới thoát nghèo', '5', 'Thái', 'tiếng Thái, tiếng Việt'],
  ['Hoàng Thị Mẫu', '1990', '190', 'Hộ nghèo', '3', 'Tày', 'tiếng Tày, tiếng Việt'],
] as const;

const options = { bom: true, delimiter: ';', escape_formulas: true, record_delimiter: 'windows' } as const;

const heading = COLUMNS.map((field) => say(`list.field.${field}`));

/** An empty list of households to fill in: the headings alone, as Excel in Vietnamese opens them. */
export const blankHouseholds = (): string => stringify([heading], options);

/**
 * A short list of invented households of a commune, to try the import with: every row says so, and codes, identity numbers
 * and phone numbers are such as nobody can be given.
 *
 * @param villages names of the commune's villages; the households are spread over the first of them
 * @param communeCode five digits; they keep the lists of two communes from naming the same households
 */
export const sampleHouseholds = (villages: readonly string[], communeCode: string): string => {
  const rows = HEADS.map(([name, birth, years, kind, size, group, languages], at) => [
    ...[`MAU-${communeCode}-${at + 1}`, name, birth],
    `${SYNTHETIC_ID_PREFIX}${years}${communeCode}${at + 1}`,
    ...[villages[at % villages.length], kind, size, group],
    ...[`054 ${communeCode.slice(0, 3)} ${communeCode.slice(3)}0${at + 1}`, languages],
    say('ui.shell.synthetic-short'),
  ]);
  return stringify([heading, ...rows], options);
};
