import { classFields, type Field, indicatorFields, type SheetRole } from './fields.ts';
import { foldHeading, type Meaning } from './headings.ts';

/** A column with its headings, from the top one to its own, and what they mean. */
export interface Headed {
  readonly index: number;
  readonly path: readonly string[];
  readonly meaning: Meaning | undefined;
  /** Its own heading is merged over it from a column to its left. */
  readonly spanned: boolean;
}

interface Choice {
  readonly fields: ReadonlyMap<number, Field>;
  /** Columns left out because another one was taken for the same thing: what they hold. */
  readonly rivals: ReadonlyMap<number, Field>;
}

const FAMILY = /^(?:ho|h)(?: va)?(?: chu| ten)?(?: dem| lot)(?: cua)?(?: chu ho| thanh vien)?$/u;
const GIVEN = /^ten(?: goi)?(?: cua)?(?: chu ho| thanh vien)?$/u;

const ownHeading = ({ path }: Headed): string => foldHeading(path.at(-1)!);

// "Hộ" folds like "Họ", so that this one is told by its marks.
const isFamily = (column: Headed): boolean => FAMILY.test(ownHeading(column)) || /^họ$/iu.test(column.path.at(-1)!);

/** The two columns of a name: "Họ và chữ đệm" and "Tên", or one heading merged over both. */
const splitName = (headed: readonly Headed[], field: Field): readonly [Headed, Headed] | undefined => {
  const after = (column: Headed): Headed | undefined => headed.find(({ index }) => index === column.index + 1);
  const family = headed.find((column) => {
    const next = after(column);
    return isFamily(column) && next !== undefined && GIVEN.test(ownHeading(next));
  });
  if (family) {
    const given = after(family)!;
    const whole = headed.some(
      ({ index, meaning }) =>
        meaning?.field === field && !meaning.weak && index !== family.index && index !== given.index,
    );
    return whole ? undefined : [family, given];
  }
  const over = headed.find((column) => column.meaning?.field === field && !column.spanned && after(column)?.spanned);
  const second = over && after(over)!;
  return over && second!.path.join() === over.path.join() ? [over, second!] : undefined;
};

/** How well a heading speaks of the review: its year, else the nearest one; the end of the year; the newer of two. */
const standsFor = (column: Headed, year: number): number => {
  const folded = foldHeading(column.path.join(' '));
  const years = [...folded.matchAll(/(?<!\d)20\d\d(?!\d)/gu)].map(([text]) => Number(text));
  const near = years.includes(year)
    ? 16
    : years.length > 0
      ? -Math.min(...years.map((own) => Math.abs(year - own)))
      : 0;
  const inYear = /cuoi (?:nam|ky)/u.test(folded) ? 8 : /dau (?:nam|ky)/u.test(folded) ? -8 : 0;
  const newer = /\bmoi$|\bhien nay\b|\bnam nay\b/u.test(folded) ? 4 : /\bcu$|\btruoc\b/u.test(folded) ? -4 : 0;
  return near * 4 + inYear + newer;
};

/** Of identity numbers that of today. */
const newerNumber = (column: Headed, field: Field): number => {
  if (field !== 'idNumber') return 0;
  const folded = foldHeading(column.path.join(' '));
  return Number(/cccd|can cuoc|dinh danh/u.test(folded)) - Number(/cmnd|cmtnd|cmt\b/u.test(folded));
};

// What a review finds is written once more to the right of what was; a second birth or telephone is another person's.
const REVIEWED: ReadonlySet<Field> = new Set<Field>([
  ...classFields, ...indicatorFields, 'originRelapsed', 'originNewlyArising', 'b1', 'b2', 'size', 'causes', 'decisionNumber', 'decisionDate',
]); // biome-ignore format: a table of words

const bestOf = (columns: readonly Headed[], field: Field, year: number): Headed => {
  const ranked = columns.map((column, at) => ({
    column,
    at: REVIEWED.has(field) ? at : -at,
    // Under a heading merged over several columns the first one is meant.
    rank: standsFor(column, year) + newerNumber(column, field) * 2 - (column.spanned ? 1_000 : 0),
  }));
  return ranked.sort((one, other) => other.rank - one.rank || other.at - one.at)[0]!.column;
};

/** Words of one year beside marks of another: only those of the review say the class. */
const oneWayOfClass = (
  { fields, rivals }: { fields: Map<number, Field>; rivals: Map<number, Field> },
  headed: readonly Headed[],
  year: number,
): void => {
  const taken = headed.filter(({ index }) => (classFields as readonly Field[]).includes(fields.get(index)!));
  const words = taken.find(({ index }) => fields.get(index) === 'class');
  const marks = taken.filter((column) => column !== words);
  if (!words || marks.length === 0) return;
  const ahead = standsFor(words, year) - Math.max(...marks.map((column) => standsFor(column, year)));
  for (const { index } of ahead > 0 ? marks : ahead < 0 ? [words] : []) {
    fields.delete(index);
    rivals.set(index, 'class');
  }
};

/**
 * Gives each field its column. What says a field plainly goes before what may mean it ("Thôn" before "Địa chỉ"); of
 * several that say it alike, that of the review is taken (`year`), and the others are named as rivals.
 */
export const chooseColumns = (role: SheetRole, headed: readonly Headed[], year: number): Choice => {
  const fields = new Map<number, Field>();
  const rivals = new Map<number, Field>();
  const taken = new Set<Field>();
  const [name, given]: [Field, Field] = role === 'households' ? ['headName', 'headGiven'] : ['name', 'given'];
  const split = splitName(headed, name);
  if (split) {
    fields.set(split[0].index, name).set(split[1].index, given);
    taken.add(name);
  }
  for (const weak of [false, true]) {
    const found = headed.filter(
      ({ index, meaning }) =>
        meaning?.field && meaning.weak === weak && !taken.has(meaning.field) && !fields.has(index),
    );
    for (const [field, columns] of Map.groupBy(found, ({ meaning }) => meaning!.field!)) {
      const best = bestOf(columns, field, year);
      taken.add(field);
      fields.set(best.index, field);
      for (const { index } of columns) if (index !== best.index) rivals.set(index, field);
    }
  }
  oneWayOfClass({ fields, rivals }, headed, year);
  return { fields, rivals };
};
