import { type RawBuilder, sql } from 'kysely';
import { folded } from '../../platform/db/folded.ts';
import { addDays, type Day } from '../../shared/dates.ts';
import { groupSpellings, spellings } from '../../shared/spelling.ts';
import { fold } from '../../shared/text.ts';
import { refusedOn } from '../registry/index.ts';
import type { LeafValues, PersonValues, Several, Span, Texts } from './leaves.ts';
import type { Condition, PersonCondition, Rule, Tree } from './rule.ts';

/**
 * A rule as a piece of SQL: true, false or null (unknown) over a row `n` of `subjectsOn`. SQL's own and, or and not are those
 * of three-valued logic; every leaf must therefore be null where what it looks at is unknown. Inside, the aliases m, t, c, s
 * and refusal are taken.
 */
type Sql = RawBuilder<unknown>;

/** Where the subjects of a day come from, to be given the alias `n`: today's flat rows, or the same made for that day. */
export const subjectsOn = (on: Day, today: Day): Sql =>
  on === today ? sql`registry.subject_now` : sql`registry.subject_at(${on}::date)`;

const holds = (alias: string, on: Day): Sql => {
  const [from, to] = [sql.ref(`${alias}.valid_from`), sql.ref(`${alias}.valid_to`)];
  return sql`${from} <= ${on}::date and (${to} is null or ${to} > ${on}::date)`;
};

/** Months or years before a day; the last day of a month where that day does not exist. */
const monthsBefore = (on: Day, months: number): Day => {
  const [year, month, dayOfMonth] = on.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return addDays(first.toISOString().slice(0, 10), Math.min(dayOfMonth, last) - 1);
};

const among = (column: Sql, values: readonly string[]): Sql => sql`${column} = any(${[...values]}::text[])`;

/** The whole text, however it is capitalised: taken apart (NFD), a letter is a plain one and its marks; đ alone is not. */
const isText = (column: Sql, values: readonly string[]): Sql =>
  among(
    sql`lower(replace(normalize(${column}, NFD), 'Đ', 'đ'))`,
    values.map((value) => value.normalize('NFD').toLowerCase()),
  );

/** Words in a text, marks, case and signs aside; whole words only, so that "ngô" is not in "ngôi". */
const holdsWords = (column: Sql, values: readonly string[]): Sql => {
  const words = sql`' ' || ${folded(column)} || ' '`;
  const each = values.map((value) => sql`position(${` ${fold(value)} `} in ${words}) > 0`);
  return sql`(${sql.join(each, sql` or `)})`;
};

const text = (column: Sql, value: Texts): Sql =>
  value.in ? isText(column, value.in) : holdsWords(column, value.contains!);

const several = (column: Sql, { some, none }: Several): Sql => {
  if (some) return sql`${column} && ${[...some]}::text[]`;
  return none ? sql`not (${column} && ${[...none]}::text[])` : sql`cardinality(${column}) = 0`;
};

const both = (...parts: readonly (Sql | undefined)[]): Sql =>
  sql`(${sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  )})`;

const between = (column: Sql, { min, max }: Span): Sql =>
  both(
    min === undefined ? undefined : sql`${column} >= ${min}::int`,
    max === undefined ? undefined : sql`${column} <= ${max}::int`,
  );

// Where somebody is may be unknown (moved away); `in` over no rows would call that false.
const placedIn = (places: Sql): Sql => sql`case when n.place_id is not null then n.place_id in (${places}) end`;

/** Places under others on the day; of one that has ended by then, what lay in it on its last day. */
const under = (placeIds: readonly string[], on: Day): Sql => sql`
  select t.place_id from territory.place_tree t
  join territory.place_tree u on u.place_id = t.ancestor_id and u.ancestor_id = t.ancestor_id and u.depth = 0
  where t.ancestor_id = any(${[...placeIds]}::uuid[])
    and ((${holds('t', on)}) or (u.valid_to <= ${on}::date and t.valid_to = u.valid_to))`;

const indicator = (number: number): Sql => sql.ref(`n.d${number}`);

const lacking = (least: number): Sql => {
  const all = Array.from({ length: 12 }, (_, at) => indicator(at + 1));
  const sure = sql.join(
    all.map((each) => sql`(${each} is true)::int`),
    sql` + `,
  );
  const possible = sql.join(
    all.map((each) => sql`(${each} is not false)::int`),
    sql` + `,
  );
  return sql`case when ${sure} >= ${least}::int then true when ${possible} < ${least}::int then false end`;
};

const STAGES = { 2: 'first_2', 3: 'first_3', 4: 'first_4', 5: 'first_5' } as const;

const reached = ({ message, edition, stage }: LeafValues['reached'], on: Day): Sql => sql`exists (
  select 1 from reach.state s where s.subject_id = n.subject_id
    and s.message_id = (select c.message_id from content.message c where c.code = ${message})
    ${edition === undefined ? sql`` : sql`and s.edition = ${edition}::int`} and ${sql.ref(`s.${STAGES[stage]}`)} <= ${on}::date)`;

const has = (yes: boolean, found: Sql): Sql => (yes ? found : sql`not (${found})`);

const leaf: { readonly [K in keyof LeafValues]: (value: LeafValues[K], on: Day) => Sql } = {
  place: (value, on) => placedIn(under(value, on)),
  status: (value, on) =>
    placedIn(sql`select t.place_id from territory.status_at(${on}::date) t where ${among(sql.ref('t.status'), value)}`),
  mobile: (value) => (value ? sql`n.mobiles > 0` : sql`n.mobiles = 0`),
  contactable: (value, on) =>
    has(
      value,
      sql`exists (select 1 from registry.contact_point c where c.subject_id = n.subject_id
        and c.kind in ('mobile', 'landline') and ${holds('c', on)} and not ${refusedOn(sql`c.value`, on)})`,
    ),
  languages: (value) => several(sql.ref('n.languages'), value),
  languagesRead: (value) => several(sql.ref('n.languages_read'), value),
  code: (value) => among(sql.ref('n.code'), value),
  reached,
  class: (value) => among(sql.ref('n.class'), value),
  classSince: ({ from, until, months }, on) =>
    months === undefined
      ? both(
          from === undefined ? undefined : sql`n.class_from >= ${from}::date`,
          until === undefined ? undefined : sql`n.class_from <= ${until}::date`,
        )
      : sql`n.class_from >= ${monthsBefore(on, months)}::date`,
  origin: (value) => among(sql.ref('n.origin'), value),
  lacks: indicator,
  lacksAtLeast: lacking,
  ethnicity: (value) => among(sql.ref('n.ethnicity'), groupSpellings(value)),
  devices: (value) => several(sql.ref('n.devices'), value),
  livelihood: (value) => text(sql.ref('n.livelihood'), value),
  size: (value) => between(sql.ref('n.size'), value),
  groups: ({ some, none, nothing }) =>
    several(sql.ref('n.groups'), {
      ...(some && { some: spellings(some) }),
      ...(none && { none: spellings(none) }),
      ...(nothing && { nothing }),
    }),
  body: (value) => text(sql.ref('n.body'), value),
  post: (value) => text(sql.ref('n.post'), value),
};

const firstOf = (day: Day, unit: 'month' | 'year'): Day =>
  unit === 'year' ? `${day.slice(0, 4)}-01-01` : `${day.slice(0, 7)}-01`;

const firstAfter = (day: Day, unit: 'month' | 'year'): Day =>
  firstOf(addDays(firstOf(day, unit), unit === 'year' ? 366 : 31), unit);

/**
 * Full years on the day. Of a birth known only by its month or year the first and the last possible day are looked at:
 * where they do not agree, the age is unknown. Said as bounds of the birth, which are the same for everybody: to take every
 * birth apart costs a province's members half a second. Only who was born in the very year of the bound needs more than that.
 */
const atLeast = (years: number, on: Day): Sql => {
  const bornBy = monthsBefore(on, years * 12);
  const dayAfter = addDays(bornBy, 1);
  const before = { year: firstOf(dayAfter, 'year'), month: firstOf(dayAfter, 'month'), day: dayAfter };
  const from = { year: firstAfter(bornBy, 'year'), month: firstAfter(bornBy, 'month'), day: dayAfter };
  const bound = ({ year, month, day }: typeof before) =>
    sql`case m.born_precision when 'year' then ${year}::date when 'month' then ${month}::date else ${day}::date end`;
  return sql`case when m.born < ${before.year}::date then true when m.born >= ${from.year}::date then false
    when m.born < ${bound(before)} then true when m.born >= ${bound(from)} then false end`;
};

const personLeaf: { readonly [K in keyof PersonValues]: (value: PersonValues[K], on: Day) => Sql } = {
  age: ({ min, max }, on) =>
    both(
      min === undefined ? undefined : atLeast(min, on),
      max === undefined ? undefined : sql`not ${atLeast(max + 1, on)}`,
    ),
  sex: (value) => sql`m.sex = ${value}`,
  relation: (value) => text(sql.ref('m.relation'), value),
  ethnicity: (value) => among(sql.ref('m.ethnicity'), groupSpellings(value)),
  school: (value) => text(sql.ref('m.school'), value),
  job: (value) => text(sql.ref('m.job'), value),
  insured: (value) => sql`m.insured = ${value}`,
  disabled: (value) => sql`m.disabled = ${value}`,
  reads: (value) => sql`m.reads = ${value}`,
};

type Entry = readonly [name: string, value: unknown];
type LeafCompiler = (entry: Entry, on: Day) => Sql;

const entryOf = (tree: object): Entry => Object.entries(tree)[0]!;

// What is cheap comes first: PostgreSQL leaves the rest of an and, or an or, undone once it is decided.
const COST: Readonly<Record<string, number>> = {
  relation: 1,
  school: 1,
  job: 1,
  livelihood: 1,
  body: 1,
  post: 1,
  place: 1,
  status: 1,
  reached: 2,
  contactable: 2,
  some: 3,
  no: 3,
  head: 3,
};
const costOf = (tree: object): number => {
  const [name, inner] = entryOf(tree);
  if (name === 'not') return costOf(inner as object);
  if (name === 'all' || name === 'any') return Math.max(0, ...(inner as object[]).map(costOf));
  return COST[name] ?? 0;
};

const compileTree = <L extends object>(tree: Tree<L>, on: Day, compileLeaf: LeafCompiler): Sql => {
  const below = (trees: readonly Tree<L>[]): Sql[] =>
    [...trees].sort((a, b) => costOf(a) - costOf(b)).map((each) => compileTree(each, on, compileLeaf));
  if ('all' in tree) return tree.all.length === 0 ? sql`true` : sql`(${sql.join(below(tree.all), sql` and `)})`;
  if ('any' in tree) return sql`(${sql.join(below(tree.any), sql` or `)})`;
  if ('not' in tree) return sql`(not ${compileTree(tree.not, on, compileLeaf)})`;
  return sql`(${compileLeaf(entryOf(tree), on)})`;
};

const compilePerson: LeafCompiler = ([name, value], on) => personLeaf[name as keyof PersonValues](value as never, on);

/** True when one known member fits; else unknown when one may fit, or when not all members are known; else false. */
const someMember = (condition: PersonCondition, on: Day): Sql => sql`(
  select case when bool_or(c.fits) then true
    when bool_or(c.fits is null) or n.size is null or count(*) < n.size then null else false end
  from (select ${compileTree(condition, on, compilePerson)} as fits from registry.person m
    where m.subject_id = n.subject_id and ${holds('m', on)}) c)`;

/** Unknown when no head is known. */
const headOf = (condition: PersonCondition, on: Day): Sql => sql`(
  select ${compileTree(condition, on, compilePerson)} from registry.person m
  where m.subject_id = n.subject_id and m.is_head and ${holds('m', on)} order by m.valid_from desc, m.person_id limit 1)`;

const compileSubject: LeafCompiler = ([name, value], on) => {
  if (name === 'some') return someMember(value as PersonCondition, on);
  if (name === 'no') return sql`not ${someMember(value as PersonCondition, on)}`;
  if (name === 'head') return headOf(value as PersonCondition, on);
  return leaf[name as keyof LeafValues](value as never, on);
};

const compileCondition = (condition: Condition, on: Day): Sql => compileTree(condition, on, compileSubject);

/** A rule over a row `n` of `subjectsOn(on, …)`; false for subjects of the other kind. */
export const compileRule = (rule: Rule, on: Day): Sql =>
  sql`(n.kind = ${rule.subject} and ${compileCondition(rule.where, on)})`;
