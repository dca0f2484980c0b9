import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { FormKind } from './message.ts';

export interface WaitingRow {
  readonly messageId: string;
  readonly edition: number;
  readonly title: string;
  readonly placeId: string;
  /** A correction of this form alone; null = the edition with all its forms. */
  readonly formId: string | null;
  readonly formKind: FormKind | null;
  readonly language: string | null;
  readonly byName: string;
  readonly at: Date;
}

const OPEN = sql`
  select m.message_id, e.edition, m.title, m.place_id, null::uuid as form_id, null::text as kind, null::text as language, e.state
  from content.message_edition e join content.message m using (message_id) where e.state in ('draft', 'submitted')
  union all
  select m.message_id, f.edition, m.title, m.place_id, f.form_id, f.kind, f.language, f.state
  from content.form f join content.message_edition e using (message_id, edition) join content.message m using (message_id)
  where e.state = 'approved' and f.state in ('draft', 'submitted')`;

const steps = (condition: RawBuilder<unknown>) => sql`select s.what, s.by_name, s.at from content.step s
  where s.message_id = o.message_id and s.edition = o.edition and (o.form_id is null or s.form_id = o.form_id) and ${condition}`;

const selectOpen = async (tx: Db, where: RawBuilder<unknown>): Promise<WaitingRow[]> =>
  (
    await sql<WaitingRow>`select o.message_id as "messageId", o.edition, o.title, o.place_id as "placeId", o.form_id as "formId", o.kind as "formKind",
      o.language, last.by_name as "byName", last.at
    from (${OPEN}) o join lateral (${steps(sql`true`)} order by s.at desc, s.step_id desc limit 1) last on true
    where ${where} order by last.at, o.message_id, o.edition, o.form_id`.execute(tx)
  ).rows;

/** What was submitted by others than this user and not written by them: theirs to decide. The longest waiting first. */
export const submittedByOthers = (tx: Db, userId: string | null): Promise<WaitingRow[]> =>
  selectOpen(
    tx,
    sql`o.state = 'submitted' and not exists (${steps(sql`s.what in ('written', 'submitted') and s.by_user = ${userId}::uuid`)})`,
  );

/** What came back and was not touched since. */
export const cameBack = (tx: Db): Promise<WaitingRow[]> =>
  selectOpen(tx, sql`o.state = 'draft' and last.what = 'returned'`);

/** Own work that was begun and never handed in. */
export const ownDrafts = (tx: Db, userId: string): Promise<WaitingRow[]> =>
  selectOpen(
    tx,
    sql`o.state = 'draft' and last.what <> 'returned' and exists (${steps(sql`s.what = 'written' and s.by_user = ${userId}::uuid`)})`,
  );
