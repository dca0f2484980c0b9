/** Every time the same: a number below `of` from the hash of `key`, another one for another `seed`. */
export const roll = (seed: number, of: number, key = 'g'): string =>
  `((hashint8extended(${key}, ${seed}) & 2147483647) % ${of})::int`;

/** One of several, by such a number. */
const pick = (seed: number, values: readonly (string | null)[], key = 'g'): string =>
  `(array[${values.map((value) => (value === null ? 'null' : `'${value}'`)).join(', ')}])[1 + ${roll(seed, values.length, key)}]`;

const times = (count: number, value: string | null): (string | null)[] => Array<string | null>(count).fill(value);

/** From this day on everything is known; on the second one some of it changes. */
const [FIRST, SECOND] = ["'2025-07-01'", "'2025-10-01'"];

const GROUPS = ['Mông', 'Thái', 'Tày', 'Dao', 'Kinh', 'Khơ Mú'];
const SPEAKS = ['hmn', 'blt', 'tyz', 'ium', 'vi', 'kjg'];
const array = (values: readonly string[]): string => `array[${values.map((value) => `'${value}'`).join(', ')}]`;

/** $1 = ids of villages in their order, $2 = how many households. A village is mostly of one people. */
export const MADE = `
  create temp table made on commit drop as
  select g, ('01900000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid as id, v.village,
    1 + case when ${roll(1, 10)} = 0 then ${roll(2, 6)} else ${roll(3, 6, 'v.at')} end as people,
    (array[2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7, 7])[1 + ${roll(4, 12)}] as size, ${roll(5, 100)} as standing
  from generate_series(0, $2::bigint - 1) g
  cross join lateral (select g * cardinality($1::uuid[]) / $2::bigint as at, ($1::uuid[])[1 + g * cardinality($1::uuid[]) / $2::bigint] as village) v`;

/** Of a hundred: 12 poor, 9 near poor, 5 newly escaped, 73 neither, one of which nobody knows. */
const CLASS = `case when standing < 12 then 'poor' when standing < 21 then 'near_poor' when standing < 26 then 'newly_escaped' else 'not_poor' end`;
const BEFORE = `case when standing < 12 then 'near_poor' else 'poor' end`;
const CHANGED = `standing < 26 and ${roll(6, 4)} = 0`;

const DEPRIVATION = Array.from({ length: 12 }, (_, at) => {
  // Rarer in households that stand on no list.
  const of = `case when standing < 26 then ${roll(10 + at, 20)} else ${roll(10 + at, 20)} + 4 end`;
  return `case when ${of} < 7 then true when ${of} >= 9 then false end`;
}).join(', ');

const AGE = `case when m = 1 then 26 + ${roll(40, 48, 'k')} when m = 2 then 22 + ${roll(40, 46, 'k')} when m < 6 then ${roll(40, 25, 'k')}
  else 55 + ${roll(40, 30, 'k')} end`;

const number = (from: string): string => `'+8454' || lpad(((${from} / 90) * 100 + 10 + ${from} % 90)::text, 7, '0')`;

/** Written straight into the tables, for sizes that no list of a test has. */
export const STATEMENTS: readonly string[] = [
  `insert into registry.subject (subject_id, kind, code, synthetic, exists_from, exists_to, end_reason, recorded_at)
    select id, 'household', 'TL' || lpad(g::text, 7, '0'), true, ${FIRST}, case when ${roll(7, 200)} = 0 then ${SECOND}::date end,
      case when ${roll(7, 200)} = 0 then 'gone' end, now() from made`,
  `insert into registry.subject_code (source, code, subject_id, recorded_at)
    select 'code', 'TL' || lpad(g::text, 7, '0'), id, now() from made`,
  // One in a hundred has moved, to where its number says.
  `insert into registry.residency (subject_id, valid_from, valid_to, village_id, recorded_at)
    select id, ${FIRST}::date, case when ${roll(8, 100)} = 0 then ${SECOND}::date end, village, now() from made
    union all select id, ${SECOND}, null, (select array_agg(distinct village) from made)[1 + ${roll(9, 190)}], now() from made where ${roll(8, 100)} = 0`,
  `insert into registry.classification (subject_id, valid_from, valid_to, class, standard, recorded_at)
    select id, ${FIRST}::date, case when ${CHANGED} then ${SECOND}::date end, case when ${CHANGED} then ${BEFORE} else ${CLASS} end,
      'ND-07-2021', now() from made where standing < 99
    union all select id, ${SECOND}, null, ${CLASS}, 'ND-07-2021', now() from made where ${CHANGED}`,
  `insert into registry.deprivation (subject_id, valid_from, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, recorded_at)
    select id, ${FIRST}, ${DEPRIVATION}, now() from made where case when standing < 26 then ${roll(30, 20)} > 0 else ${roll(30, 20)} > 13 end`,
  `insert into registry.profile (subject_id, valid_from, ethnicity, languages, languages_read, devices, livelihood, size, recorded_at)
    select id, ${FIRST}, (${array(GROUPS)})[people],
      case when ${roll(31, 20)} < 3 then null when people = 5 then '{vi}'::text[] when ${roll(31, 20)} < 12 then array[(${array(SPEAKS)})[people], 'vi']
        else array[(${array(SPEAKS)})[people]] end,
      case when ${roll(32, 20)} < 4 then null when ${roll(32, 20)} < 8 then '{}'::text[] else '{vi}' end,
      ${pick(33, [null, null, '{}', '{tv}', '{tv,mobile}', '{mobile}', '{smartphone}', '{tv,smartphone}', '{radio}'])}::text[],
      ${pick(34, ['trồng ngô', 'trồng lúa', 'làm thuê', 'buôn bán', 'trồng chè', null])},
      case ${roll(35, 20)} when 0 then null when 1 then size + 1 else size end, now() from made`,
  `insert into registry.person (subject_id, person_id, name, name_folded, born, born_precision, sex, relation, is_head, school, job, insured, reads,
      valid_from, recorded_at)
    select id, ('01900000-0000-7000-9000-' || lpad(to_hex(k), 12, '0'))::uuid, 'Hộ Mô Phỏng ' || g || ' ' || m, 'ho mo phong ' || g || ' ' || m,
      case when ${roll(42, 33, 'k')} > 0 then date '2025-07-01' - (age * 365 + ${roll(41, 365, 'k')}) end,
      case when ${roll(42, 33, 'k')} > 0 then ${pick(43, ['day', 'day', 'day', 'year', 'year', 'month'], 'k')} end,
      case when m = 1 then 'male' when m = 2 then 'female' else ${pick(44, ['male', 'female', null], 'k')} end,
      case when m = 1 then 'chủ hộ' when m = 2 then 'vợ' when m < 6 then 'con' else 'mẹ' end, m = 1,
      case when age < 3 then null when age < 16 then ${pick(45, [...times(14, 'lớp 4'), 'bỏ học', 'bỏ học', 'mẫu giáo', null], 'k')}
        else ${pick(46, ['THCS', 'tiểu học', 'không biết chữ', null], 'k')} end,
      case when age >= 16 then ${pick(47, ['làm nông nghiệp', 'làm thuê', null], 'k')} end,
      ${roll(48, 10, 'k')} > 1, case when age < 6 then false when ${roll(49, 5, 'k')} > 0 then ${roll(49, 5, 'k')} > 1 end, ${FIRST}, now()
    from (select n.*, ${AGE} as age from (select made.*, m, g * 16 + m as k from made cross join lateral generate_series(1, size) m) n) n`,
  `insert into registry.contact_point (subject_id, contact_point_id, kind, value, person_id, valid_from, recorded_at)
    select id, ('01900000-0000-7000-a000-' || lpad(to_hex(g * 2 + no), 12, '0'))::uuid, 'mobile', ${number('(g * 2 + no)')},
      ('01900000-0000-7000-9000-' || lpad(to_hex(g * 16 + 1), 12, '0'))::uuid, ${FIRST}, now()
    from made cross join generate_series(0, 1) no where ${roll(50, 100)} < case no when 0 then 60 else 6 end`,
  `insert into registry.opt_out (value, opt_out_id, valid_from, how, recorded_by_name, recorded_at)
    select value, contact_point_id, ${SECOND}, 'phone', 'Cán bộ Mô Phỏng', now() from registry.contact_point
    where ${roll(51, 50, "('x' || right(contact_point_id::text, 12))::bit(48)::bigint")} = 0`,
];
