import { saveAudience } from '../../src/modules/audiences/index.ts';
import { recordLoudspeaker } from '../../src/modules/broadcast/index.ts';
import { getMessage, newEdition, reviseForm, submitMessage } from '../../src/modules/content/index.ts';
import { assignFollowUp, markAll } from '../../src/modules/coverage/index.ts';
import { recordMeeting } from '../../src/modules/gatherings/index.ts';
import { importPlan } from '../../src/modules/plans/index.ts';
import { refuseContact } from '../../src/modules/registry/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { type Day, LATE_PLAN, openDay } from './day.ts';
import { actorOf, sheet, subjectOf } from './evidence.ts';
import { addPerson } from './follow-up.ts';
import { bringIn, check, taXiLang } from './lists.ts';
import { approvedMessage, draftMessage, person } from './messages.ts';
import { lineText, planText } from './plans.ts';
import { householdNo, phoneNo, receiverOf, submit } from './sending.ts';
import type { World } from './world.ts';

export const SENT_PLAN = 'ke-hoach-cua-xa';
export const DRAFT_PLAN = 'ke-hoach-quy-4';
/** A household of which everything is known, and its head's name, as long as names are. */
export const KNOWN = '0460320250123';
export const KNOWN_HEAD = 'Hoàng Nguyễn Thị Phương Thảo Mẫu';
export const AUDIENCE = 'rieng-cua-xa';

/** One of everything that a commune keeps, by its id; all of it is Tà Xi Láng's. */
export interface WholeCommune extends Day {
  readonly officer: Actor;
  /** The agent of the village, with visits to make. */
  readonly agentName: string;
  /** Of whom everything is known, and whose message arrived. */
  readonly known: string;
  readonly reached: string;
  readonly contactId: string;
  readonly contactPointId: string;
  /** All of it was tried. */
  readonly dispatchId: string;
  /** Waits for a worker. */
  readonly openDispatchId: string;
  readonly inboundId: string;
  readonly refusalId: string;
  readonly visitId: string;
  readonly meetingId: string;
  readonly loudspeakerId: string;
  /** Checked, with faults and with households that it does not speak of. */
  readonly importId: string;
  /** Written to the registry. */
  readonly committedId: string;
  /** A line of the plan that is late. */
  readonly lateLineId: string;
  /** A draft, one that waits for approval, one in use with two corrections, one in use with a new edition. */
  readonly messages: Readonly<Record<'draft' | 'waiting' | 'used' | 'renewed', string>>;
  readonly corrections: readonly [string, string];
  readonly draftForm: string;
}

const first = async (world: World, column: string, from: string): Promise<string> =>
  (await world.database.pool.query(`select ${column} as id from ${from} limit 1`)).rows[0].id;

const writeMessages = async (world: World) => {
  const writer = person('editor', taXiLang);
  const draft = await draftMessage(world, writer, taXiLang, 'chua-xong');
  const waiting = await draftMessage(world, writer, taXiLang, 'cho-duyet');
  await world.execute(submitMessage, writer, { messageId: waiting });
  const used = await approvedMessage(world, taXiLang, 'dang-dung');
  const corrections: string[] = [];
  for (const language of ['vi', 'hmn'] as const) {
    const form = {
      messageId: used,
      edition: 1,
      kind: 'script',
      language,
      text: `Kính thưa bà con (${language}).`,
    } as const;
    corrections.push((await world.execute(reviseForm, writer, form)).formId);
  }
  const renewed = await approvedMessage(world, taXiLang, 'co-lan-moi');
  await world.execute(newEdition, person('officer', taXiLang), { messageId: renewed, change: 'Có quy định mới.' });
  const { editions } = await world.execute(getMessage, systemActor, { messageId: draft });
  return {
    messages: { draft, waiting, used, renewed },
    corrections: corrections as [string, string],
    draftForm: editions[0]!.forms[0]!.formId,
  };
};

/** A list that is in, one that waits for its answers, and a household of which everything is known. */
const keepLists = async (world: World) => {
  const rows = [
    {
      ...{ code: KNOWN, head: KNOWN_HEAD, birth: '12/03/1979', id: '015079000123', village: 'Thôn Hai' },
      ...{ class: 'Hộ nghèo', size: 5, ethnicity: 'Mông', phones: [phoneNo(21), phoneNo(22)], lacks: [1, 4, 9, 12] },
      livelihood: 'Trồng lúa nương, chăn nuôi lợn và gà',
    },
  ];
  const members = [
    { code: KNOWN, name: KNOWN_HEAD, relation: 'Chủ hộ', birth: '12/03/1979', id: '015079000123', phone: phoneNo(21) },
    { code: KNOWN, name: 'Hoàng Văn Mẫu', relation: 'Con', birth: '2014', school: 'Đang đi học' },
  ];
  const committedId = await bringIn(world, { rows, members, asOf: '2026-03-31', complete: null, synthetic: true });
  const waiting = [householdNo(1), householdNo(2), householdNo(3, { village: 'Thôn Không Có Trong Sổ Địa Danh' })];
  const { importId } = await check(world, { rows: waiting, asOf: '2026-05-30', complete: ['poor'], synthetic: true });
  return { committedId, importId };
};

const keepEvidence = async ({ world, lineId, villageId }: Day, officer: Actor) => {
  const record = { lineId, happenedOn: '2026-06-10', language: 'vi' } as const;
  const meeting = await world.execute(recordMeeting, officer, {
    ...{ ...record, villageId, proof: 'signed-list', people: 24, note: 'Nhà văn hóa thôn, buổi tối' },
    rows: sheet([['Mã hộ', 'Có mặt'], ...[1, 2, 7].map((no) => [householdNo(no).code!, 'x'])]),
  });
  const loud = (await world.execute(recordLoudspeaker, officer, {
    ...{ ...record, villageIds: [villageId], proof: 'declared' },
  } as never)) as { activityId: string };
  return { meetingId: meeting.activityId!, loudspeakerId: loud.activityId };
};

/** A commune in the middle of its work, with one of everything. */
export const openWholeCommune = async (): Promise<WholeCommune> => {
  const day = await openDay();
  const { world, lineId } = day;
  const { pool } = world.database;
  const officer = actorOf('officer', taXiLang, 'Lò Thị Cán Bộ');
  await pool.query('update plans.plan set code = $1, title = $2 where code <> $3', [
    SENT_PLAN,
    'Kế hoạch truyền thông giảm nghèo bền vững năm 2026',
    LATE_PLAN,
  ]);
  await world.execute(importPlan, systemActor, {
    text: planText({ code: DRAFT_PLAN }, [lineText({ message: 'bhyt' })]),
  });
  await pool.query(`update content.message set topic = 'health-insurance' where code = 'bhyt'`);
  const written = await writeMessages(world);
  const lists = await keepLists(world);
  const evidence = await keepEvidence(day, officer);
  await receiverOf(day).inbound('thu', [{ from: '+84540000006', text: 'Thẻ của con tôi đâu? Xã hẹn từ tháng trước.' }]);
  await world.execute(refuseContact, officer, { phone: phoneNo(8), how: 'phone', note: 'chủ hộ gọi' });
  const agent = await addPerson(world, 'agent', day.villageId, 'Vàng Thị Tuyên Truyền');
  const absent = [10, 11].map((no) => householdNo(no).code!);
  const lateLineId = await first(
    world,
    'line_id',
    `plans.plan_line join plans.plan using (plan_id) where code = '${LATE_PLAN}' and position = 1`,
  );
  await world.execute(assignFollowUp, officer, {
    ...{
      lineIds: [lateLineId],
      ownerId: agent.userId,
      dueOn: '2026-06-20',
      note: 'đi buổi tối',
      step: 'visit-read-aloud',
    },
    subjectIds: await Promise.all(absent.map((code) => subjectOf(world, code))),
  });
  await world.execute(saveAudience, systemActor, {
    ...{ code: AUDIENCE, name: 'Hộ nghèo của riêng xã', placeId: taXiLang },
    rule: { subject: 'household', where: { class: ['poor'] } },
  } as never);
  await world.execute(markAll, systemActor, {});
  world.queued.push({ name: 'coverage.recompute', data: {} });
  await world.settle();
  const dispatchId = await first(world, 'dispatch_id', 'delivery.dispatch');
  const { dispatchId: openDispatchId } = await submit(day, { onlyMissing: true }, officer);
  const reached = await subjectOf(world, householdNo(7).code!);
  return {
    ...{ ...day, officer, agentName: agent.username, reached, lateLineId, ...written, ...lists, ...evidence },
    known: await subjectOf(world, KNOWN),
    contactId: await first(
      world,
      'contact_id',
      `reach.contact where subject_id = '${reached}' and channel = 'meeting'`,
    ),
    contactPointId: await first(world, 'contact_point_id', `registry.contact_point where subject_id = '${reached}'`),
    ...{ dispatchId, openDispatchId },
    inboundId: await first(world, 'inbound_id', 'delivery.inbound'),
    refusalId: await first(world, 'opt_out_id', 'registry.opt_out'),
    visitId: await first(world, 'visit_id', 'visits.visit'),
    lineId,
  };
};
