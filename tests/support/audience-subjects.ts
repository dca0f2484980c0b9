import fc from 'fast-check';
import { newId } from '../../src/shared/ids.ts';
import type { Member, Subject } from './reference-audience.ts';
import type { World } from './world.ts';

/** Some two hundred invented subjects with every fact now known, now unknown, and what the reference is to see of them. */

/** Facts stand in two stretches of time; the days on which rules are tried lie one in each. */
const TURN = '2025-03-01';
export const DAYS = ['2024-02-29', '2026-06-15'] as const;
const REFORM = '2025-07-01';
const START = '1900-01-01';

const id = (kind: number, no: number): string => `0000000${kind}-0000-4000-8000-${String(no).padStart(12, '0')}`;

export const [country, district, oldEast, oldWest, merged] = [1, 2, 3, 4, 5].map((no) => id(1, no)) as [
  string, string, string, string, string,
]; // biome-ignore format: a table of ids
export const villages = Array.from({ length: 6 }, (_, at) => id(2, at));
export const messages = ['bao-hiem-y-te', 'vay-von', 'di-hoc'] as const;
const messageId = (code: string): string => id(3, messages.indexOf(code as never));

/** Numbers that several subjects have, and those that are refused: from when until when. */
const NUMBERS = Array.from({ length: 12 }, (_, no) => `+8454000${String(no).padStart(4, '0')}`);
const REFUSED: readonly (readonly [string, string, string | null])[] = [
  [NUMBERS[0]!, '2021-01-01', null],
  [NUMBERS[1]!, '2024-02-29', '2024-03-01'],
  [NUMBERS[2]!, '2024-03-01', null],
  [NUMBERS[3]!, '2020-05-01', '2024-02-29'],
  [NUMBERS[4]!, '2022-01-01', '2023-01-01'],
  [NUMBERS[4]!, '2026-06-15', null],
  [NUMBERS[5]!, '2025-01-01', '2026-06-15'],
  [NUMBERS[6]!, '2026-06-16', null],
  [NUMBERS[7]!, '2024-01-01', '2024-01-01'],
  [NUMBERS[8]!, '2020-01-01', '2026-06-16'],
];
/** Is it refused on a day? Whoever has the number. */
const isRefused = (number: string, on: string): boolean =>
  REFUSED.some(([value, from, to]) => value === number && from <= on && (to === null || on < to));

/** What lay directly in what, from and until when. */
const LAY: readonly (readonly [string, string | null, string, string | null])[] = [
  [country, null, START, null],
  [district, country, START, REFORM],
  [oldEast, district, START, REFORM],
  [oldWest, district, START, REFORM],
  [merged, country, REFORM, null],
  ...villages.flatMap((village, at): (readonly [string, string | null, string, string | null])[] => [
    [village, at < 3 ? oldEast : oldWest, START, REFORM],
    [village, merged, REFORM, null],
  ]),
];

const STATUSES: readonly (readonly [string, string, string, string | null])[] = [
  [oldEast, 'special-difficulty', '2021-01-01', null],
  [oldWest, 'zone-III', '2021-01-01', '2026-01-01'],
  [villages[4]!, 'special-village', '2026-01-01', null],
  [merged, 'poor-commune', REFORM, null],
];
export const statuses = [...new Set(STATUSES.map(([, status]) => status))];

/** Every place over one on a day, itself included; nothing when it is not there then. */
const climb = (place: string, on: string): string[] => {
  const lies = LAY.find(([own, , from, to]) => own === place && from <= on && (to === null || to > on));
  return lies ? [place, ...(lies[1] ? climb(lies[1], on) : [])] : [];
};

/** Where somebody lies: as the map is on the day, and in what has ended as it was on its last day. */
const liesIn = (place: string, on: string): Set<string> => {
  const over = new Set(climb(place, on));
  if (on >= REFORM) for (const each of climb(place, '2025-06-30')) over.add(each);
  return over;
};

const statusesOn = (over: ReadonlySet<string>, on: string): Set<string> =>
  new Set(
    STATUSES.flatMap(([place, status, from, to]) =>
      over.has(place) && from <= on && (to === null || to > on) ? [status] : [],
    ),
  );

export const words = {
  class: ['poor', 'near_poor', 'newly_escaped', 'average', 'not_poor'],
  origin: ['relapsed', 'newly_arising'],
  ethnicity: ['Mông', "H'Mông", 'Thái', 'Khơ Mú', 'Kinh'],
  language: ['vi', 'hmn', 'blt', 'kjg'],
  device: ['tv', 'radio', 'mobile', 'smartphone'],
  livelihood: ['Trồng ngô', 'trồng ngô, nuôi lợn', 'nuôi trâu, bò', 'CHÈ SHAN TUYẾT', 'ngôi nhà cho thuê'],
  group: ['DTTS', 'BTXH', 'người có công'],
  body: ['UBND xã Hạnh Phúc', 'Hội Phụ nữ', 'Ban chỉ đạo giảm nghèo', 'hội phụ nữ'],
  post: ['Chủ tịch', 'Phó Chủ tịch', 'Trưởng thôn', 'Công chức văn hóa - xã hội'],
  relation: ['chủ hộ', 'vợ', 'con', 'thành viên'],
  school: ['mầm non', 'Trường mầm non xã', 'lớp 7', 'bỏ học'],
  job: ['làm thuê', 'Làm thuê, trồng ngô', 'không việc', 'THẤT NGHIỆP'],
} as const;

/** Now and then unknown. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 6 });
const one = <T extends string>(from: readonly T[]) => fc.constantFrom(...from);
const some = (from: readonly string[]) => fc.subarray([...from], { minLength: 0, maxLength: 2 });
const dayBetween = (from: string, to: string) =>
  fc
    .integer({ min: Date.parse(from) / 86_400_000, max: Date.parse(to) / 86_400_000 })
    .map((at) => new Date(at * 86_400_000).toISOString().slice(0, 10));

const born = fc
  .tuple(dayBetween('1940-01-01', '2023-12-31'), fc.constantFrom('day', 'month', 'year', null))
  .map(([day, precision]) => ({
    born: precision === 'year' ? `${day.slice(0, 4)}-01-01` : precision === 'month' ? `${day.slice(0, 7)}-01` : day,
    precision: precision as Member['precision'],
  }));

const member = fc.record({
  birth: maybe(born),
  sex: maybe(one(['male', 'female'])),
  relation: one(words.relation),
  ethnicity: maybe(one(words.ethnicity)),
  school: maybe(one(words.school)),
  job: maybe(one(words.job)),
  insured: maybe(fc.boolean()),
  disabled: maybe(fc.boolean()),
  reads: maybe(fc.boolean()),
});

const stretch = fc.record({
  village: maybe(one(villages)),
  class: maybe(one(words.class)),
  origin: maybe(one(words.origin)),
  indicators: maybe(fc.array(maybe(fc.boolean()), { minLength: 12, maxLength: 12 })),
  ethnicity: maybe(one(words.ethnicity)),
  languages: maybe(some(words.language)),
  languagesRead: maybe(some(words.language)),
  devices: maybe(some(words.device)),
  livelihood: maybe(one(words.livelihood)),
  profiled: fc.boolean().chain((yes) => (yes ? fc.constant(true) : fc.boolean())),
  groups: some(words.group),
  members: fc.array(member, { minLength: 0, maxLength: 4 }),
  headed: fc.boolean().chain((yes) => (yes ? fc.constant(true) : fc.boolean())),
  more: maybe(fc.constantFrom(-1, 0, 0, 0, 1)),
  phones: fc.array(fc.record({ kind: one(['mobile', 'landline', 'email']), number: one(NUMBERS) }), { maxLength: 2 }),
  body: one(words.body),
  post: one(words.post),
  posted: fc.boolean().chain((yes) => (yes ? fc.constant(true) : fc.boolean())),
});

const subject = fc.record({
  kind: fc.constantFrom('household', 'household', 'household', 'officer'),
  stretches: fc.tuple(stretch, stretch),
  classFrom: fc.tuple(dayBetween('2020-01-01', DAYS[0]), dayBetween(TURN, DAYS[1])),
  reached: fc.array(
    fc.record({
      message: one(messages),
      edition: fc.constantFrom(1, 2),
      days: fc.tuple(...[2, 3, 4, 5].map(() => maybe(dayBetween('2023-01-01', '2026-12-31')))),
    }),
    { maxLength: 2 },
  ),
});
type Drawn = typeof subject extends fc.Arbitrary<infer T> ? T : never;

/** Rows for one table, written in one statement. */
const insert = async (
  world: World,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  await world.database.pool.query(
    `insert into ${table} (${columns.join(', ')}) select ${columns.map((column) => `x.${column}`).join(', ')}
     from jsonb_populate_recordset(null::${table}, $1::jsonb) x`,
    [JSON.stringify(rows)],
  );
};

const recorded = { recorded_at: '2020-01-01T00:00:00Z' };

const writePlaces = async (world: World): Promise<void> => {
  await insert(world, 'territory.place_version', LAY.map(([place_id, parent_id, valid_from, valid_to], at) => ({
    place_id, parent_id, valid_from, valid_to, name: `Nơi ${at}`, other_names: [], kind: 'village', unit_type: 'thôn', urban: false,
  }))); // biome-ignore format: a row
  const tree = new Map<string, object>();
  for (const [from, to, day] of [
    [START, REFORM, '2025-06-30'],
    [REFORM, null, REFORM],
  ] as const)
    for (const [place, , since, until] of LAY)
      if (since <= day && (until === null || until > day))
        for (const [depth, over] of climb(place, day).entries()) {
          const span = { valid_from: [since, from].sort()[1]!, valid_to: until ?? to };
          // A place lies in itself, and in the country, as long as it is there.
          const own =
            depth === 0
              ? {
                  valid_from: LAY.find(([each]) => each === place)![2],
                  valid_to: LAY.findLast(([each]) => each === place)![3],
                }
              : span;
          tree.set(`${place} ${over} ${own.valid_from}`, { place_id: place, ancestor_id: over, depth, ...own });
        }
  await insert(world, 'territory.place_tree', [...tree.values()] as never);
  await insert(
    world,
    'territory.place_status',
    STATUSES.map(([place_id, status, valid_from, valid_to]) => ({
      place_id,
      status,
      valid_from,
      valid_to,
      document: 'QĐ',
      mark: 'unconfirmed',
    })),
  );
  await insert(
    world,
    'content.message',
    messages.map((code) => ({
      message_id: messageId(code),
      code,
      place_id: country,
      topic: 'y-te',
      title: code,
      created_at: '2023-01-01',
    })),
  );
};

const factsOf = (drawn: Drawn, subject_id: string) => {
  const rows: Record<string, Record<string, unknown>[]> = {};
  const put = (table: string, row: Record<string, unknown>): void => {
    rows[table] ??= [];
    rows[table].push({ subject_id, ...row, ...recorded });
  };
  for (const [at, facts] of drawn.stretches.entries()) {
    const span = at === 0 ? { valid_from: '2020-01-01', valid_to: TURN } : { valid_from: TURN, valid_to: null };
    const { members, village } = facts;
    const household = drawn.kind === 'household';
    if (village && household) put('residency', { ...span, village_id: village });
    if (!household && facts.posted)
      put('officer_post', { ...span, body: facts.body, function: facts.post, place_id: village ?? merged });
    const classSpan =
      at === 0
        ? { valid_from: drawn.classFrom[0], valid_to: drawn.classFrom[1] }
        : { valid_from: drawn.classFrom[1], valid_to: null };
    if (facts.class)
      put('classification', { ...classSpan, class: facts.class, origin: facts.origin, standard: 'ND-07-2021' });
    if (facts.indicators)
      put('deprivation', {
        ...span,
        ...Object.fromEntries(facts.indicators.map((value, no) => [`d${no + 1}`, value])),
      });
    const { ethnicity, languages, languagesRead: languages_read, devices, livelihood, groups } = facts;
    const size = facts.more === null ? null : Math.max(0, members.length + facts.more);
    if (facts.profiled)
      put('profile', { ...span, ethnicity, languages, languages_read, devices, livelihood, size, groups, causes: [] });
    for (const [no, { birth, ...person }] of members.entries())
      put('person', {
        ...span,
        person_id: newId(),
        name: 'Người Mẫu',
        name_folded: 'nguoi mau',
        is_head: no === 0 && facts.headed,
        born: birth?.born ?? null,
        born_precision: birth?.precision ?? null,
        ...person,
      });
    for (const { kind, number } of facts.phones)
      put('contact_point', { ...span, contact_point_id: newId(), kind, value: number, do_not_contact: false });
  }
  return rows;
};

const memberOf = ({ birth, ...person }: Drawn['stretches'][0]['members'][0], isHead: boolean): Member => ({
  ...person,
  born: birth?.born ?? null,
  precision: birth?.precision ?? null,
  isHead,
});

/** The flat rows of the register on a day, as the reference sees them, with what belongs to each. */
const subjectsOn = async (
  world: World,
  drawn: ReadonlyMap<string, Drawn>,
  on: string,
): Promise<Map<string, Subject>> => {
  const { rows } = await world.database.pool.query('select * from registry.subject_at($1::date)', [on]);
  const found = rows.map((row): [string, Subject] => {
    const own = drawn.get(row.subject_id)!;
    const facts = own.stretches[on < TURN ? 0 : 1];
    const over = row.place_id === null ? null : liesIn(row.place_id, on);
    return [row.subject_id, {
      kind: row.kind, code: row.code, class: row.class, classFrom: row.class_from, origin: row.origin,
      indicators: Array.from({ length: 12 }, (_, at) => row[`d${at + 1}`]), ethnicity: row.ethnicity, languages: row.languages,
      languagesRead: row.languages_read, devices: row.devices, livelihood: row.livelihood, size: row.size, groups: row.groups,
      body: row.body, post: row.post, liesIn: over, statuses: over ? statusesOn(over, on) : new Set(),
      members: facts.members.map((each, at) => memberOf(each, at === 0 && facts.headed)),
      numbers: facts.phones.filter(({ kind }) => kind !== 'email').map(({ kind, number }) => ({ mobile: kind === 'mobile', refused: isRefused(number, on) })),
      reached: own.reached.flatMap(({ message, edition, days }) => days.flatMap((day, at) => (day ? [{ message, edition, stage: at + 2, on: day }] : []))),
    }]; // biome-ignore format: a table of fields
  });
  return new Map(found);
};

export interface Sample {
  readonly subjects: ReadonlyMap<(typeof DAYS)[number], ReadonlyMap<string, Subject>>;
}

/** Writes places, messages and subjects straight into the tables. */
export const writeSubjects = async (world: World, seed: number, count: number): Promise<Sample> => {
  const drawn = new Map(fc.sample(subject, { seed, numRuns: count }).map((each, at) => [id(4, at), each]));
  await writePlaces(world);
  await insert(
    world,
    'registry.subject',
    [...drawn].map(([subject_id, { kind }], at) => ({
      subject_id,
      kind,
      code: `H-${at}`,
      synthetic: true,
      exists_from: '2020-01-01',
      ...recorded,
    })),
  );
  const tables: Record<string, Record<string, unknown>[]> = {};
  for (const [subjectId, each] of drawn)
    for (const [table, rows] of Object.entries(factsOf(each, subjectId)))
      tables[table] = [...(tables[table] ?? []), ...rows];
  for (const [table, rows] of Object.entries(tables)) await insert(world, `registry.${table}`, rows);
  await insert(world, 'registry.opt_out', REFUSED.map(([value, valid_from, valid_to]) => ({
    value, opt_out_id: newId(), valid_from, valid_to, how: 'phone', note: '', recorded_by_name: 'Người Mẫu', ...recorded,
    lifted_by_name: valid_to && 'Người Mẫu', lift_note: valid_to && 'đề nghị', lifted_at: valid_to && `${valid_to}T00:00:00Z`,
  }))); // biome-ignore format: a row
  const states = [...drawn].flatMap(([subject_id, { reached }]) =>
    // One row for each message and edition.
    [...new Map(reached.map((each) => [`${each.message} ${each.edition}`, each])).values()].map(({ message, edition, days }) => ({
      subject_id, message_id: messageId(message), edition, first_2: days[0], first_3: days[1], first_4: days[2], first_5: days[3],
    }))); // biome-ignore format: a row
  await insert(world, 'reach.state', states);
  for (const each of drawn.values())
    (each as { reached: unknown }).reached = [
      ...new Map(each.reached.map((it) => [`${it.message} ${it.edition}`, it])).values(),
    ];
  await world.database.pool.query(
    'insert into registry.subject_now select n.*, $1::date from registry.subject_at($1::date) n',
    [DAYS[1]],
  );
  return {
    subjects: new Map(await Promise.all(DAYS.map(async (on) => [on, await subjectsOn(world, drawn, on)] as const))),
  };
};
