import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { approveMessage, getMessage, importMessages, listMessages, submitMessage } from '../modules/content/index.ts';
import { actorByUsername } from '../modules/identity/index.ts';
import { getPlan, importPlan, issuePlan } from '../modules/plans/index.ts';
import { addOfficer, listOfficers } from '../modules/registry/index.ts';
import { findByCommuneCode, listChildren, setPlaceStatus } from '../modules/territory/index.ts';
import type { Clock } from '../platform/clock.ts';
import { type Actor, type Execute, systemActor } from '../platform/command.ts';
import type { Database } from '../platform/db/connect.ts';
import type { FileStore } from '../platform/files.ts';
import { loadEvidence } from './load-evidence.ts';
import { clanFor, nameFor } from './names.ts';
import { dice } from './random.ts';

export interface ExamplePlanParts {
  readonly execute: Execute;
  readonly database: Database;
  readonly files: FileStore;
  readonly clock: Clock;
  /** Told before each step. */
  readonly tell?: (step: 'messages' | 'plans' | 'evidence') => void;
}

/** Data of the example as files that people edit; beside `src/` as beside `build/`. */
const FOLDER = new URL('../../examples/tram-tau/', import.meta.url);
const PDF_LIMIT = 1_048_576;
const SEED = 2025;

const [NOW, BEFORE] = ['2026-01-01', '2025-06-30'];
/** The four communes of today, of which the old district consists. */
const COMMUNES = ['04585', '04603', '04606', '04609'];
/** The eleven communes of the old district that were specially difficult, all but the town (published). */
const DIFFICULT = ['04588', '04591', '04594', '04597', '04600', '04603', '04606', '04609', '04612', '04615', '04618'];

const filesIn = async (folder: string, ending: string): Promise<URL[]> =>
  (await readdir(new URL(folder, FOLDER)))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => new URL(`${folder}${name}`, FOLDER));

/** Which communes were specially difficult: told of the communes as they were, inherited by their villages. */
const loadStatuses = async (execute: Execute): Promise<void> => {
  for (const code of DIFFICULT) {
    const { placeId } = await execute(findByCommuneCode, systemActor, { code, on: BEFORE });
    await execute(setPlaceStatus, systemActor, {
      placeId,
      status: 'special-difficulty',
      from: '2021-01-01',
      document: 'Danh sách xã đặc biệt khó khăn giai đoạn 2021-2025 (số văn bản chưa xác minh)',
      mark: 'unconfirmed',
    });
  }
};

const POSTS = [
  ['UBND xã', 'Chủ tịch UBND xã'],
  ['UBND xã', 'Công chức làm công tác giảm nghèo'],
  ['UBND xã', 'Công chức văn hóa - xã hội'],
] as const;

/** Invented officers: three in each commune, a head and somebody of the digital team in each village. */
const loadOfficers = async (execute: Execute): Promise<void> => {
  if ((await execute(listOfficers, systemActor, { on: NOW })).length > 0) return;
  const add = async (placeId: string, body: string, post: string): Promise<void> => {
    const roll = dice(SEED, 'officer', placeId, post);
    const ethnicity = roll.pick(['Mông', 'Mông', 'Thái', 'Kinh'] as const);
    const sex = roll.pick(['male', 'male', 'female'] as const);
    const name = `${nameFor(roll, ethnicity, sex, clanFor(roll, ethnicity))} (mô phỏng)`;
    await execute(addOfficer, systemActor, { name, body, post, placeId, from: NOW });
  };
  for (const code of COMMUNES) {
    const { placeId, name } = await execute(findByCommuneCode, systemActor, { code });
    for (const [body, post] of POSTS) await add(placeId, `${body} ${name}`, post);
    for (const village of await execute(listChildren, systemActor, { placeId })) {
      await add(village.placeId, village.name, 'Trưởng thôn');
      await add(village.placeId, `Tổ công nghệ số cộng đồng ${village.name}`, 'Thành viên tổ công nghệ số cộng đồng');
    }
  }
};

/** Written by one, approved by another, as the product asks of everybody. */
const loadMessages = async (execute: Execute, author: Actor, approver: Actor, placeId: string): Promise<void> => {
  for (const file of await filesIn('messages/', '.yaml'))
    await execute(importMessages, author, { text: await readFile(file, 'utf8'), placeId });
  for (const { messageId } of await execute(listMessages, author, { state: 'draft', limit: 500 }))
    await execute(submitMessage, author, { messageId });
  for (const { messageId } of await execute(listMessages, approver, { state: 'submitted', limit: 500 }))
    for (const { state, edition, seen } of (await execute(getMessage, approver, { messageId })).editions)
      if (state === 'submitted') await execute(approveMessage, approver, { messageId, edition, seen });
};

/** The source plan for its period, and the plan of this year that goes on from it: imported, then issued with a paper. */
const loadPlans = async ({ execute, files }: ExamplePlanParts): Promise<string[]> => {
  const [pdf] = await filesIn('plans/', '.pdf');
  const kept = await files.putPath(fileURLToPath(pdf!), PDF_LIMIT);
  const codes: string[] = [];
  for (const file of await filesIn('plans/', '.yaml')) {
    const text = await readFile(file, 'utf8');
    const code = /^code:\s*(\S+)/mu.exec(text)![1]!;
    codes.push(code);
    const known = await execute(getPlan, systemActor, { code }).catch(() => undefined);
    if (known && known.state !== 'draft') continue;
    await execute(importPlan, systemActor, { text });
    const { number, issuedOn, signer } = await execute(getPlan, systemActor, { code });
    const paper = { number: number!, issuedOn: issuedOn!, signer: signer! };
    await execute(issuePlan, systemActor, {
      code,
      ...paper,
      file: { name: 'van-ban-mo-phong.pdf', sha256: kept.sha256 },
    });
  }
  return codes;
};

/**
 * Brings in what the example has beside its households: statuses, officers, messages, plans, and some years of evidence. What
 * is there already is not done again. The people of the province must be there (`addExamplePeople`).
 */
export const loadExamplePlans = async (parts: ExamplePlanParts): Promise<{ plans: number; activities: number }> => {
  const codes = await prepareExamplePlans(parts);
  parts.tell?.('evidence');
  const agent = await actorByUsername(parts.database, 'tuyen-truyen-vien', 'job', parts.clock.now());
  const activities = await loadEvidence(parts.execute, codes, parts.clock, { visits: true, agent });
  return { plans: codes.length, activities };
};

/** The same without any evidence: everything is ready, nothing has been done. @returns the codes of the plans */
export const prepareExamplePlans = async (parts: ExamplePlanParts): Promise<string[]> => {
  const { execute, database, clock, tell } = parts;
  await loadStatuses(execute);
  await loadOfficers(execute);
  tell?.('messages');
  const commune = await execute(findByCommuneCode, systemActor, { code: COMMUNES[0]! });
  const [author, approver] = await Promise.all(
    ['can-bo-tinh', 'lanh-dao-tinh'].map((username) => actorByUsername(database, username, 'job', clock.now())),
  );
  await loadMessages(execute, author!, approver!, commune.parentId!);
  tell?.('plans');
  return loadPlans(parts);
};
