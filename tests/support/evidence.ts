import { z } from 'zod';
import {
  type NewContact,
  type NewExposure,
  recordContacts,
  recordExposures,
  voidActivityEvidence,
} from '../../src/modules/reach/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, command, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Role } from '../../src/shared/roles.ts';
import { bringIn, importVillages, paHu, type Row, taXiLang } from './lists.ts';
import { createWorld, type World } from './world.ts';

export const actorOf = (role: Role, placeId: string, name = 'Người thử'): Actor => ({
  userId: newId(),
  name,
  grants: [{ role, placeId }],
  via: 'web',
});

interface MessageParts {
  readonly code?: string;
  readonly state?: 'draft' | 'submitted' | 'approved' | 'retired';
  readonly placeId?: string;
  /** Languages in which there is an approved check question. */
  readonly questions?: readonly string[];
}

/** A message with one edition, as the content module would have left it. */
export const addMessage = async (world: World, parts: MessageParts = {}): Promise<string> => {
  const messageId = newId();
  const { pool } = world.database;
  await pool.query(
    `insert into content.message (message_id, code, place_id, topic, title, created_at) values ($1, $2, $3, 'bhyt', 'Thẻ BHYT của hộ nghèo', now())`,
    [messageId, parts.code ?? `tin-${messageId.slice(-8)}`, parts.placeId ?? taXiLang],
  );
  await pool.query(
    `insert into content.message_edition (message_id, edition, core, state, folded) values ($1, 1, 'Nội dung', $2, 'noi dung')`,
    [messageId, parts.state ?? 'approved'],
  );
  for (const language of parts.questions ?? ['vi', 'hmn'])
    await pool.query(
      `insert into content.form (form_id, message_id, edition, kind, language, version, text, answers, right_answer, state)
       values ($1, $2, 1, 'question', $3, 1, 'Ai được cấp thẻ?', '{Hộ nghèo,Không ai}', 1, 'approved')`,
      [newId(), messageId, language],
    );
  return messageId;
};

interface LineParts {
  readonly messageId: string;
  readonly code?: string;
  readonly placeIds?: readonly string[];
  readonly channels?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly state?: 'draft' | 'issued' | 'closed';
  readonly rule?: object;
}

/** A line of a plan of its own, as the plans module would have left it. */
export const addLine = async (world: World, parts: LineParts): Promise<string> => {
  const [planId, lineId] = [newId(), newId()];
  const { pool } = world.database;
  const [from, to] = [parts.from ?? '2026-01-01', parts.to ?? '2026-12-31'];
  await pool.query(
    `insert into plans.plan (plan_id, code, place_id, title, programme, issuer, number, issued_on, signer, signed_sha256, signed_name, issued_at,
       period_from, period_to, state, created_at, updated_at)
     values ($1, $2, $3, 'Kế hoạch thử', 'Giảm nghèo', 'UBND xã', '1/KH-UBND', $4::date, 'Chủ tịch', 'x', 'ke-hoach.pdf', $4::date, $4::date, $5, $6, now(), now())`,
    [planId, parts.code ?? `ke-hoach-${planId.slice(-8)}`, taXiLang, from, to, parts.state ?? 'issued'],
  );
  await pool.query(
    `insert into plans.plan_line (line_id, plan_id, position, what, message_id, edition, audience_code, audience_name, rule, channels, place_ids,
       starts_on, ends_on, body, head_name, threshold, target_percent)
     values ($1, $2, 1, 'Họp thôn', $3, 1, 'ho-ngheo', 'Hộ nghèo', $4, $5, $6, $7, $8, 'Phòng VH-XH', 'Nguyễn Văn A', 3, 95)`,
    [
      lineId,
      planId,
      parts.messageId,
      JSON.stringify(parts.rule ?? { subject: 'household', where: { class: ['poor'] } }),
      parts.channels ?? ['meeting', 'leaflet', 'leaflet-left', 'loudspeaker', 'zalo', 'poster', 'bulletin', 'visit'],
      parts.placeIds ?? [taXiLang],
      from,
      to,
    ],
  );
  return lineId;
};

/** A village of a commune by name. */
export const villageOf = async (world: World, name: string, commune = taXiLang): Promise<string> => {
  const { rows } = await world.database.pool.query(
    `select v.place_id from territory.place_version v join territory.place_tree t on t.place_id = v.place_id and t.ancestor_id = $2
     where v.kind = 'village' and v.name = $1`,
    [name, commune],
  );
  return rows[0].place_id;
};

export const subjectOf = async (world: World, code: string): Promise<string> =>
  (await world.database.pool.query(`select subject_id from registry.subject where code = $1`, [code])).rows[0]
    .subject_id;

/** What a household understands and reads, from a day on (null = nothing is known). */
export const setProfile = async (
  world: World,
  subjectId: string,
  languages: readonly string[] | null,
  languagesRead: readonly string[] | null,
): Promise<void> => {
  const { pool } = world.database;
  await pool.query(`delete from registry.profile where subject_id = $1`, [subjectId]);
  await pool.query(
    `insert into registry.profile (subject_id, valid_from, languages, languages_read, recorded_at) values ($1, '2000-01-01', $2, $3, now())`,
    [subjectId, languages, languagesRead],
  );
};

const through = <T, O>(run: (ctx: Parameters<typeof recordContacts>[0], input: T) => Promise<O>) =>
  command({
    name: 'test.evidence',
    input: z.custom<T>(),
    allow: 'signed-in',
    area: 'none',
    run,
    audit: () => ({}),
  });

const contactsCommand = through((ctx, rows: readonly NewContact[]) => recordContacts(ctx, rows));
const exposuresCommand = through((ctx, rows: readonly NewExposure[]) => recordExposures(ctx, rows));
const voidCommand = through((ctx, { activityId, reason }: { activityId: string; reason: string }) =>
  voidActivityEvidence(ctx, activityId, reason),
);

/** The doors of reach, each in a transaction of its own. */
export const putContacts = (world: World, rows: readonly NewContact[], actor: Actor = systemActor): Promise<number> =>
  world.execute(contactsCommand, actor, rows);
export const putExposures = (world: World, rows: readonly NewExposure[], actor: Actor = systemActor): Promise<number> =>
  world.execute(exposuresCommand, actor, rows);
export const voidEvidence = (world: World, activityId: string, reason = 'ghi nhầm'): Promise<number> =>
  world.execute(voidCommand, systemActor, { activityId, reason });

const households: readonly Row[] = [
  { code: 'H01', head: 'Giàng A Páo', village: 'Thôn Một', class: 'Hộ nghèo', phones: ['0386123456'] },
  { code: 'H02', head: 'Sùng Thị Mỷ', village: 'Thôn Một', class: 'Hộ nghèo' },
  { code: 'H03', head: 'Mùa A Chư', village: 'Thôn Một', class: 'Hộ cận nghèo' },
  { code: 'H04', head: 'Mùa A Chư', village: 'Thôn Một', class: 'Hộ nghèo' },
  { code: 'H05', head: 'Thào A Dê', village: 'Thôn Hai', class: 'Hộ nghèo' },
  { code: '0007', head: 'Vàng A Lử', village: 'Thôn Một', class: 'Hộ nghèo' },
];

/** A commune with households in two villages (what each understands and reads is told below), and one of another commune. */
export const evidenceWorld = async () => {
  const world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, { rows: households, asOf: '2025-11-30' });
  const elsewhere = { code: 'P01', head: 'Hạng A Xa', village: 'Bản Cao', class: 'Hộ nghèo' };
  await bringIn(world, { rows: [elsewhere], asOf: '2025-05-30', placeId: paHu });
  await setProfile(world, await subjectOf(world, 'H01'), ['hmn', 'vi'], ['vi']);
  await setProfile(world, await subjectOf(world, 'H02'), ['hmn'], null);
  await setProfile(world, await subjectOf(world, 'H03'), ['vi'], []);
  await setProfile(world, await subjectOf(world, '0007'), null, null);
  await setProfile(world, await subjectOf(world, 'H05'), ['hmn'], ['hmn']);
  return {
    world,
    one: await villageOf(world, 'Thôn Một'),
    two: await villageOf(world, 'Thôn Hai'),
    far: await villageOf(world, 'Bản Cao', paHu),
  };
};

/** Everything that evidence is written to. */
export const clearEvidence = async ({ database }: World): Promise<void> => {
  await database.pool.query('truncate reach.contact, reach.exposure, reach.state, plans.activity cascade');
};

/** How many rows that is. */
export const evidenceRows = async ({ database }: World): Promise<number> => {
  const { rows } =
    await database.pool.query(`select (select count(*) from reach.contact) + (select count(*) from reach.exposure)
    + (select count(*) from plans.activity) + (select count(*) from reach.state) as n`);
  return Number(rows[0].n);
};

/** The rows of a file, numbered as Excel does. */
export const sheet = (cells: readonly (readonly string[])[]) =>
  cells.map((each, at) => ({ row: at + 1, cells: [...each] }));
