import { sql } from 'kysely';
import { coverageJobs, markAll } from '../src/modules/coverage/index.ts';
import { recomputeStates } from '../src/modules/reach/store-states.ts';
import { systemClock, today } from '../src/platform/clock.ts';
import { systemActor } from '../src/platform/command.ts';
import { addDays, type Day } from '../src/shared/dates.ts';
import { roll } from './households.ts';
import type { Province } from './province.ts';
import { type Options, timed } from './row.ts';

const id = (kind: string, no: string): string =>
  `('01900000-0000-7000-${kind}-' || lpad(to_hex(${no}), 12, '0'))::uuid`;

const MESSAGES = 5;

const AUDIENCES = [
  ['ho-thu-huong', { class: ['poor', 'near_poor', 'newly_escaped'] }],
  ['ho-ngheo', { class: ['poor'] }],
  ['ho-thieu-bhyt', { lacks: 4 }],
  ['ho-thieu-thong-tin', { any: [{ lacks: 11 }, { lacks: 12 }] }],
] as const;

export const PLAN = 'ke-hoach-tinh';

/** The newest month that is closed by today, and its first day, on which everything of the plan begins. */
const monthClosed = (on: Day): { first: Day; last: Day } => {
  // From the second of a month on, the month before; on the first, the one before that.
  const last = addDays(`${addDays(on, -1).slice(0, 7)}-01`, -1);
  return { first: `${last.slice(0, 7)}-01`, last };
};

/** $1 = the province, $2 = the first day, $3 = the audiences. Of the last message there are two editions. */
const plan = [
  `insert into content.message (message_id, code, place_id, topic, title, created_at)
    select ${id('b001', 'm')}, 'tin-' || m, $1, 'policy', 'Tin ' || m, $2::timestamptz from generate_series(1, ${MESSAGES}) m`,
  `insert into content.message_edition (message_id, edition, core, state, folded)
    select ${id('b001', 'm')}, e, 'Tin ' || m, 'approved', 'tin ' || m from generate_series(1, ${MESSAGES}) m, generate_series(1, 2) e
    where $1::uuid is not null and $2::date is not null and (e = 1 or m = ${MESSAGES})`,
  `insert into plans.plan (plan_id, code, place_id, title, programme, issuer, number, issued_on, signer, signed_sha256, signed_name, issued_at,
      period_from, period_to, state, synthetic, created_at, updated_at)
    values (${id('b002', '1')}, '${PLAN}', $1, 'Kế hoạch của tỉnh', 'Giảm nghèo', 'UBND tỉnh', '1/KH-UBND', $2::date, 'Chủ tịch', 'x', 'ke-hoach.pdf',
      $2::date, $2::date, $2::date + 365, 'issued', true, $2::date, $2::date)`,
];

const LINES = `insert into plans.plan_line (line_id, plan_id, position, what, message_id, edition, audience_code, audience_name, rule, channels, place_ids,
    starts_on, ends_on, body, head_name, threshold, target_percent)
  select ${id('b003', 'n')}, ${id('b002', '1')}, n, 'Việc ' || n, ${id('b001', 'm')}, case when m = ${MESSAGES} then 2 else 1 end,
    a.value->>0, a.value->>0, jsonb_build_object('subject', 'household', 'where', a.value->1), '{sms,meeting,visit,loudspeaker}', array[$1::uuid],
    $2::date, $2::date + 365, 'Phòng', 'Trưởng phòng', 2 + n % 2, 95
  from generate_series(1, ${MESSAGES}) m cross join jsonb_array_elements($3::jsonb) with ordinality a (value, at)
  cross join lateral (select ((m - 1) * jsonb_array_length($3::jsonb) + at)::int as n) numbered`;

/** $1 = the first day, $2 = for how many days there is evidence. */
const ledger = [
  `create temp table told on commit drop as
    select n.subject_id, n.village_id, n.languages, m, k, ${roll(60, 100, 'k')} as way,
      $1::date + ((hashint8extended(k, 61) & 2147483647) % $2::int)::int as day
    from registry.subject_now n cross join generate_series(1, ${MESSAGES}) m
    cross join lateral (select hashtextextended(n.subject_id::text, m) & 1099511627775 as k) key
    where n.village_id is not null and ${roll(62, 100, 'k')} < 29`,
  `insert into reach.contact (subject_id, contact_id, message_id, edition, stage, language, channel, proof, happened_on, recorded_at, recorded_by_name)
    select subject_id, ${id('b004', 'k')}, ${id('b001', 'm')}, case when m = ${MESSAGES} and ${roll(63, 2, 'k')} = 0 then 2 else 1 end,
      case when way < 55 then 2 when ${roll(64, 10, 'k')} < 7 then 3 when ${roll(64, 10, 'k')} < 9 then 4 else 5 end,
      case when way < 55 or ${roll(65, 4, 'k')} = 0 then 'vi' else coalesce(languages[1], 'vi') end,
      case when way < 40 then 'sms' when way < 55 then 'leaflet' when way < 80 then 'visit' else 'meeting' end,
      case when way < 40 then 'network' when way < 55 then 'photo-list' when way < 80 then (array['declared', 'second-person'])[1 + ${roll(66, 2, 'k')}]
        else 'signed-list' end, day, day + interval '5 hours', 'Cán bộ Mô Phỏng' from told where $1::date is not null and $2::int > 0`,
  // One in a hundred turned out to be a slip.
  `insert into reach.contact (subject_id, contact_id, message_id, edition, stage, language, channel, proof, happened_on, recorded_at, recorded_by_name, voids, reason)
    select c.subject_id, ${id('b005', 't.k')}, c.message_id, c.edition, c.stage, c.language, c.channel, c.proof, c.happened_on, c.recorded_at, c.recorded_by_name,
      c.contact_id, 'ghi nhầm' from told t join reach.contact c on c.subject_id = t.subject_id and c.contact_id = ${id('b004', 't.k')}
    where ${roll(67, 100, 't.k')} = 0 and $1::date is not null and $2::int > 0`,
  `insert into reach.exposure (place_id, exposure_id, message_id, edition, language, channel, proof, happened_on, recorded_at, recorded_by_name)
    select village_id, ${id('b006', 'k')}, ${id('b001', 'm')}, case when m = ${MESSAGES} then 2 else 1 end, (array['vi', 'vi', 'hmn', 'blt', 'ium'])[1 + ${roll(68, 5, 'k')}],
      'loudspeaker', 'device', day, day + interval '5 hours', 'Cán bộ Mô Phỏng'
    from (select v.village_id, m, k, $1::date + ((hashint8extended(k, 69) & 2147483647) % $2::int)::int as day
      from (select distinct village_id from told) v cross join generate_series(1, ${MESSAGES}) m cross join generate_series(1, 2) time
      cross join lateral (select hashtextextended(v.village_id::text, m * 2 + time) & 1099511627775 as k) key) e`,
  // In every commune a meeting for every line.
  `insert into plans.activity (activity_id, line_id, edition, kind, place_ids, happened_on, language, proof, recorded_by_name, recorded_at)
    select ${id('b007', `(hashtextextended(c.commune::text, l.position) & 1099511627775)`)}, l.line_id, l.edition, 'meeting', c.villages, $1::date + 1, 'vi', 'signed-list',
      'Cán bộ Mô Phỏng', $1::date + interval '29 hours'
    from plans.plan_line l cross join (select v.parent_id as commune, array_agg(v.place_id) as villages from territory.place_version v
      where v.kind = 'village' and v.valid_to is null group by 1) c where $2::int > 0`,
];

/** $1 = the first day: of the first line an SMS to everybody with a number, of which most arrived. */
const sending = [
  `insert into plans.activity (activity_id, line_id, edition, kind, place_ids, happened_on, language, proof, recorded_by_name, recorded_at)
    select ${id('b008', '1')}, l.line_id, 1, 'sms', l.place_ids, $1::date + 2, 'vi', 'network', 'Cán bộ Mô Phỏng', $1::date + interval '53 hours'
    from plans.plan_line l where l.position = 1`,
  `insert into delivery.dispatch (dispatch_id, activity_id, line_id, run, message_id, edition, channel, form_kind, priority, place_ids, recipients, parts,
      left_out, synthetic, state, deadline, created_by_name, created_at, done_at)
    select ${id('b009', '1')}, ${id('b008', '1')}, l.line_id, 1, l.message_id, 1, 'sms', 'sms-plain', 3, l.place_ids, 0, 0, '{}', true, 'done', $1::date + 5,
      'Cán bộ Mô Phỏng', $1::date + interval '53 hours', $1::date + 3 from plans.plan_line l where l.position = 1`,
  `insert into delivery.delivery (subject_id, delivery_id, dispatch_id, batch_id, place_id, contact_point_id, address, form_id, language, parts, state,
      provider, sent_at, final_at)
    select c.subject_id, c.contact_point_id, ${id('b009', '1')}, ${id('b009', '2')}, n.village_id, c.contact_point_id, c.value, ${id('b009', '3')}, 'vi', 1,
      case ${roll(70, 10, 'hashtextextended(c.value, 0)')} when 0 then 'failed' when 1 then 'no-receipt' else 'delivered' end,
      'sink', $1::date + interval '54 hours', $1::date + interval '54 hours'
    from registry.contact_point c join registry.subject_now n on n.subject_id = c.subject_id where n.village_id is not null`,
];

export interface Evidence {
  /** The last day of the month that was closed. */
  readonly closed: Day;
  readonly today: Day;
  readonly contacts: number;
  readonly exposures: number;
  readonly lines: number;
}

const job = (name: string) => coverageJobs.find((each) => each.name === name)!;

/**
 * A plan of twenty lines with contacts, exposures, meetings and a sending. States are computed by the product's own
 * function.
 */
const putEvidence = async ({ app, provinceId }: Province): Promise<Evidence> => {
  const { db, pool } = app.database;
  const day = today(systemClock);
  const { first, last } = monthClosed(day);
  const days = Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000) + 1;
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const statement of plan) await client.query(statement, [provinceId, first]);
    await client.query(LINES, [provinceId, first, JSON.stringify(AUDIENCES)]);
    for (const statement of ledger) await client.query(statement, [first, days]);
    for (const statement of sending) await client.query(statement, [first]);
    await client.query('commit');
  } finally {
    client.release();
  }
  await pool.query('vacuum analyze');
  await db
    .transaction()
    .execute((tx) =>
      recomputeStates(tx, sql`select c.subject_id, c.message_id, c.edition from reach.contact c where c.voids is null`),
    );
  await pool.query('vacuum analyze reach.state');
  const { rows } = await pool.query(`select (select count(*)::int from reach.contact) as contacts,
    (select count(*)::int from reach.exposure) as exposures, (select count(*)::int from plans.plan_line) as lines`);
  return { closed: last, today: day, ...rows[0] };
};

const put = new WeakMap<Province, Promise<Evidence>>();

const putOnce = async (province: Province, { tell }: Options): Promise<Evidence> => {
  const { seconds, result } = await timed(() => putEvidence(province));
  tell(`${result.contacts} contacts, ${result.exposures} exposures and their states: ${seconds.toFixed(1)} s`);
  return result;
};

/** The evidence of a province, put into it once. */
export const addEvidence = (province: Province, options: Options): Promise<Evidence> => {
  const evidence = put.get(province) ?? putOnce(province, options);
  put.set(province, evidence);
  return evidence;
};

/** Cells of now and of the closed month, by the product's own jobs. @returns the seconds each took */
export const computeCells = async ({ app: { execute, database } }: Province, { tell }: Options) => {
  await execute(markAll, systemActor, {});
  const { seconds: now } = await timed(() => job('coverage.recompute').run(execute, {}));
  const { seconds: month } = await timed(() => job('coverage.close-months').run(execute, {}));
  tell(`cells of all lines: of now in ${now.toFixed(1)} s, of the closed month in ${month.toFixed(1)} s`);
  await database.pool.query('vacuum analyze coverage.base_cell');
  await database.pool.query('vacuum analyze coverage.cell');
  return { now, month };
};
