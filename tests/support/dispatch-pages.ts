import { expect } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from './browserless.ts';
import { setProfile, subjectOf, villageOf } from './evidence.ts';
import { addPerson } from './follow-up.ts';
import { paHu, taXiLang } from './lists.ts';
import { everybodyReads, forgetSendings, householdNo, type SendingWorld, sendingWorld } from './sending.ts';

export const NINE = new Date('2026-06-15T02:00:00Z');
/** Four of Thôn Một with numbers, one of Thôn Hai, one without a number, one where nobody reads. */
export const rows = [
  householdNo(1),
  householdNo(2),
  householdNo(3),
  householdNo(4),
  householdNo(5, { village: 'Thôn Hai' }),
  householdNo(6, { phones: [] }),
  householdNo(7),
];
export const TEXT = 'Nhà ((tên)) ở ((thôn)) được cấp thẻ bảo hiểm y tế. Hỏi cán bộ xã.';

/** A page as it is shown; no key stands in it without its sentence. */
export const looked = async (response: Response): Promise<[status: number, html: string]> => {
  const html = await response.text();
  expect(html).not.toMatch(/>(?:page|error|ui|nav|delivery|send-fault|send-todo|left-out)\.[a-z]/u);
  return [response.status, html];
};
export const page = async (walker: Walker, path: string) => looked(await walker.get(path));

/** What somebody reads of a page. */
export const textOf = (html: string): string =>
  html
    .replace(/<[^>]+>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** The fields of the form with the button, as a browser would send them; undefined when there is no such form. */
export const fieldsOf = (html: string): URLSearchParams | undefined => {
  const form = /<form method="post" action="\/dispatches\/new"[^>]*>(.*?)<\/form>/su.exec(html)?.[1];
  if (form === undefined) return undefined;
  const fields = new URLSearchParams();
  for (const [, name, value] of form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu))
    fields.append(name!, value!.replaceAll('&amp;', '&'));
  return fields;
};

/** The id in the address that the button led to. */
export const dispatchOf = (response: Response): string => {
  expect(response.status).toBe(303);
  return /^\/dispatches\/([0-9a-f-]{36})$/u.exec(response.headers.get('location')!)![1]!;
};

export interface DispatchPages {
  readonly sending: SendingWorld;
  readonly web: Web;
  readonly officer: Walker;
  readonly leader: Walker;
  readonly agent: Walker;
  /** An officer of another commune. */
  readonly stranger: Walker;
  /** Thôn Hai. */
  readonly two: string;
  readonly enter: (role: 'officer' | 'agent' | 'leader', placeId: string, name: string) => Promise<Walker>;
  readonly newPage: (more?: string) => string;
  /** Opens the confirmation and presses its button. */
  readonly press: (more?: string, walker?: Walker) => Promise<Response>;
  readonly deliveries: () => Promise<number>;
  /** Nothing sent, nothing answered, message and plan in force, nine in the morning. */
  readonly begin: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const oddHouseholds = async ({ world }: SendingWorld): Promise<void> => {
  const { pool } = world.database;
  const mute = await subjectOf(world, rows[6]!.code!);
  await setProfile(world, mute, ['vi'], []);
  await pool.query(`update registry.subject_now set languages = '{vi}', languages_read = '{}' where subject_id = $1`, [
    mute,
  ]);
  // Names that no list lets in, but that must do no harm.
  for (const [no, name] of [
    [0, 'Giàng <b>A</b> Một'],
    [3, '=1+1'],
  ] as const)
    await pool.query('update registry.subject_now set head_name = $2 where code = $1', [rows[no]!.code, name]);
};

/** A world that can send, its pages, and who comes to them. */
export const openDispatchPages = async (): Promise<DispatchPages> => {
  const sending = await sendingWorld(rows, { at: NINE });
  const { world, lineId } = sending;
  const { pool } = world.database;
  const web = await startPages(world);
  await everybodyReads(sending, rows.slice(0, 2));
  await oddHouseholds(sending);
  const enter: DispatchPages['enter'] = async (role, placeId, name) => {
    const { username } = await addPerson(world, role, placeId, name);
    const walker = createWalker(web.url);
    const { path } = await world.execute(createSignInLink, systemActor, { username });
    await walker.send(path, path, {});
    return walker;
  };
  const officer = await enter('officer', taXiLang, 'Cán bộ Lò');
  const newPage: DispatchPages['newPage'] = (more = '') => `/dispatches/new?line=${lineId}${more}`;
  return {
    ...{ sending, web, officer, enter, newPage },
    leader: await enter('leader', taXiLang, 'Lãnh đạo Mùa'),
    agent: await enter('agent', await villageOf(world, 'Thôn Một'), 'Tuyên truyền viên'),
    stranger: await enter('officer', paHu, 'Cán bộ xã khác'),
    two: await villageOf(world, 'Thôn Hai'),
    press: async (more = '', walker = officer) =>
      walker.post('/dispatches/new', fieldsOf((await page(walker, newPage(more)))[1])!),
    deliveries: async () => (await pool.query('select count(*)::int as n from delivery.delivery')).rows[0].n,
    begin: async () => {
      await forgetSendings(sending, { evidence: true });
      await pool.query(`update content.message_edition set state = 'approved'`);
      await pool.query(`update content.form set state = 'approved'`);
      await pool.query(`update plans.plan set state = 'issued', closed_at = null, closed_note = null`);
      await pool.query(`update content.form set text = $1 where kind = 'sms'`, [TEXT]);
      world.clock.set(NINE);
    },
    close: async () => {
      await web.close();
      await world.close();
    },
  };
};
