import { type PartialDate, showDay } from '../shared/dates.ts';
import { communeName } from './communes.ts';
import type { ListRow } from './list-files.ts';
import { boundaryAt } from './list-files.ts';
import type { HouseholdField, MemberField } from './list-headings.ts';
import { indicatorNames, type Layout, relationWord } from './list-layout.ts';
import { ageAt, communeOf, type MemberState, type Person } from './model.ts';
import { drawn } from './random.ts';
import type { Cell } from './xlsx-file.ts';

export const SYNTHETIC_NOTE = 'dữ liệu mô phỏng';

const LANGUAGE_WORDS: Readonly<Record<string, string>> = {
  hmn: 'tiếng Mông',
  blt: 'tiếng Thái',
  kjg: 'tiếng Khơ Mú',
  tyz: 'tiếng Tày',
  mtq: 'tiếng Mường',
  ium: 'tiếng Dao',
};

const DEVICE_WORDS = { tv: 'tivi', radio: 'đài', mobile: 'điện thoại', smartphone: 'điện thoại thông minh' } as const;

const sexWord = (person: Person): string => (person.sex === 'male' ? 'Nam' : 'Nữ');

const birthCell = (born: PartialDate, layout: Layout): Cell => {
  if (born.precision === 'year') return layout.excelDates ? Number(born.date.slice(0, 4)) : born.date.slice(0, 4);
  // Excel has no days before 1900; such a birth is typed as text anyway.
  if (born.precision === 'day' && layout.excelDates && born.date >= '1900-03-01') return { day: born.date };
  return showDay(born.date, born.precision);
};

const idCell = (person: Person, layout: Layout): Cell => {
  if (!person.idNumber) return null;
  return layout.idAsNumber ? Number(person.idNumber) : person.idNumber;
};

/** A number as people type it: plain, in groups, with country code, or as a number without its zero. */
const typedPhone = (e164: string, year: number): string => {
  const national = e164.slice(3);
  // Before the change of 2018 these were eleven digits; some old lists still have them so.
  if (year <= 2021 && national.startsWith('594')) {
    const old = `0199${national.slice(2)}`;
    return drawn(e164, 'old') < 0.5 ? old : `${old.slice(0, 5)} ${old.slice(5, 8)} ${old.slice(8)}`;
  }
  const way = drawn(e164, 'typed');
  const [a, b, c] = [national.slice(0, 2), national.slice(2, 5), national.slice(5)];
  if (way < 0.5) return `0${national}`;
  if (way < 0.68) return `0${a}.${b}.${c}`;
  if (way < 0.82) return `0${a} ${b} ${c}`;
  return way < 0.92 ? national : `+84${national}`;
};

const phonesCell = (row: ListRow, layout: Layout): Cell => {
  const year = Number(row.state.date.slice(0, 4));
  const typed = row.state.phones.map((number) => typedPhone(number, year));
  // Alone in its cell and without its zero, Excel takes it for a number.
  if (typed.length === 1 && /^\d{9}$/u.test(typed[0]!)) return Number(typed[0]);
  return typed.join(layout.separator);
};

const isOld = (row: ListRow): boolean => row.state.standard === 'QD-59-2015';

const indicatorCells = (row: ListRow, layout: Layout): Cell[] => {
  const { indicators, oldHealthAccess } = row.state;
  const asked = isOld(row) ? [oldHealthAccess === true, ...indicators.slice(3)] : indicators;
  return asked.map((lacking) => (lacking ? layout.mark : null));
};

const languageWords = (codes: readonly string[], layout: Layout): string =>
  codes.map((code) => LANGUAGE_WORDS[code] ?? layout.vietnamese).join(layout.separator);

const people = (row: ListRow): Map<string, Person> =>
  new Map(row.household.people.map((person) => [person.id, person]));

const classWord = ({ state }: ListRow, layout: Layout): string =>
  layout.classWords[state.origin ?? (state.class as Exclude<typeof state.class, 'not_poor'>)] ?? 'Không nghèo';

type CellOf<Field extends string, Extra> = Readonly<
  Record<Field, (row: ListRow, layout: Layout, extra: Extra) => Cell | Cell[]>
>;

const HOUSEHOLD_CELLS: CellOf<HouseholdField, { number: number; head: Person }> = {
  stt: (_row, _layout, { number }) => number,
  code: (row) => row.household.code,
  head: (_row, _layout, { head }) => head.name,
  birth: (_row, layout, { head }) => birthCell(head.born, layout),
  sex: (_row, _layout, { head }) => sexWord(head),
  idNumber: (_row, layout, { head }) => idCell(head, layout),
  ethnicity: (row) => row.household.ethnicity,
  commune: ({ village, state }) => {
    const boundary = boundaryAt(state.date);
    return communeName(communeOf(village, state.date), boundary, village);
  },
  village: (row) => row.village.name,
  size: (row) => row.state.members.length,
  class: classWord,
  b1: (row) => row.state.b1,
  b2: (row) => row.state.b2,
  indicators: indicatorCells,
  causes: (row, layout) => row.state.causes.join(layout.separator),
  needs: (row) => row.state.needs,
  groups: (row, layout) => row.state.groups.join(layout.separator),
  decisionNumber: (row) => row.state.decisionNumber ?? null,
  decisionDate: (row, layout) => {
    if (!row.state.decisionNumber) return null;
    return layout.excelDates ? { day: row.state.date } : showDay(row.state.date);
  },
  certificate: (row) => row.state.certificateNumber ?? null,
  phones: phonesCell,
  languages: (row, layout) => languageWords(row.state.languages, layout),
  reads: (row, layout) =>
    row.state.languagesRead.length === 0 ? 'không' : languageWords(row.state.languagesRead, layout),
  devices: (row, layout) =>
    row.state.devices.map((device) => DEVICE_WORDS[device]).join(layout.separator) || 'không có',
  livelihood: (row) => row.state.livelihood,
  notes: () => SYNTHETIC_NOTE,
};

interface MemberOf {
  readonly number: number;
  readonly person: Person;
  readonly member: MemberState;
}

const MEMBER_CELLS: CellOf<MemberField, MemberOf> = {
  stt: (_row, _layout, { number }) => number,
  code: (row) => row.household.code,
  name: (_row, _layout, { person }) => person.name,
  relation: (_row, _layout, { member, person }) => relationWord(member.relation, person.sex),
  birth: (_row, layout, { person }) => birthCell(person.born, layout),
  sex: (_row, _layout, { person }) => sexWord(person),
  ethnicity: (_row, _layout, { person }) => person.ethnicity,
  idNumber: (_row, layout, { person }) => idCell(person, layout),
  school: (_row, _layout, { member }) => member.school || null,
  job: (_row, _layout, { member }) => member.job || null,
  insured: (_row, _layout, { member }) => (member.insured ? 'có' : 'không'),
  disabled: (_row, _layout, { person }) => (person.disabled ? 'x' : null),
  reads: (row, _layout, { person }) => {
    if (ageAt(person.born.date, row.state.date) < 10) return null;
    return person.reads ? 'có' : 'không';
  },
  notes: () => SYNTHETIC_NOTE,
};

/** The cells of one household's row, the indicators spread over their columns. */
export const householdCells = (row: ListRow, layout: Layout, number: number): Cell[] => {
  const head = people(row).get(row.state.headId)!;
  return layout.fields.flatMap((field) => HOUSEHOLD_CELLS[field](row, layout, { number, head }));
};

/** One row of cells for each member of a household. */
export const memberCells = (row: ListRow, layout: Layout, firstNumber: number): Cell[][] => {
  const known = people(row);
  return row.state.members.map((member, at) => {
    const of = { number: firstNumber + at, member, person: known.get(member.personId)! };
    return layout.memberFields.flatMap((field) => MEMBER_CELLS[field](row, layout, of));
  });
};

export const isGroup = (field: HouseholdField): boolean => field === 'indicators';

export const indicatorsOf = (layout: Layout, standard: string): readonly string[] =>
  indicatorNames(layout, standard === 'QD-59-2015');
