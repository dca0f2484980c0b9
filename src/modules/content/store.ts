import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Basis } from './basis.ts';
import type { FormText } from './form.ts';
import type { FormKind, State, StepKind, Topic } from './message.ts';

export interface MessageRow {
  readonly messageId: string;
  readonly code: string;
  readonly placeId: string;
  readonly topic: Topic;
  readonly title: string;
}

export interface EditionRow {
  readonly messageId: string;
  readonly edition: number;
  readonly core: string;
  readonly bases: readonly Basis[];
  readonly change: string;
  readonly state: State;
}

export interface FormRow {
  readonly formId: string;
  readonly messageId: string;
  readonly edition: number;
  readonly kind: FormKind;
  readonly language: FormText['language'];
  readonly version: number;
  readonly text: string;
  readonly answers: readonly string[];
  readonly rightAnswer: number | null;
  readonly state: State;
}

export interface StepRow {
  readonly edition: number;
  readonly formId: string | null;
  readonly what: StepKind;
  readonly userId: string | null;
  readonly name: string;
  readonly at: Date;
  readonly note: string;
}

const MESSAGE = sql`m.message_id as "messageId", m.code, m.place_id as "placeId", m.topic, m.title`;
const FORM = sql`f.form_id as "formId", f.message_id as "messageId", f.edition, f.kind, f.language, f.version, f.text,
  f.answers, f.right_answer as "rightAnswer", f.state`;

export const messageById = async (tx: Db, messageId: string): Promise<MessageRow | undefined> => {
  const { rows } =
    await sql<MessageRow>`select ${MESSAGE} from content.message m where m.message_id = ${messageId}`.execute(tx);
  return rows[0];
};

export const messageByCode = async (tx: Db, code: string): Promise<MessageRow | undefined> => {
  const { rows } = await sql<MessageRow>`select ${MESSAGE} from content.message m where m.code = ${code}`.execute(tx);
  return rows[0];
};

/** Until the end of the transaction nobody else changes anything of the message. */
export const lockMessage = async (tx: Db, messageId: string): Promise<void> => {
  await sql`select 1 from content.message where message_id = ${messageId} for update`.execute(tx);
};

export const insertMessage = async (tx: Db, message: MessageRow, at: Date): Promise<void> => {
  await sql`insert into content.message (message_id, code, place_id, topic, title, created_at)
    values (${message.messageId}, ${message.code}, ${message.placeId}, ${message.topic}, ${message.title}, ${at})`.execute(
    tx,
  );
};

export const updateMessage = async (
  tx: Db,
  messageId: string,
  { topic, title }: Pick<MessageRow, 'topic' | 'title'>,
): Promise<void> => {
  await sql`update content.message set topic = ${topic}, title = ${title} where message_id = ${messageId}`.execute(tx);
};

export const editionsOf = async (tx: Db, messageId: string): Promise<EditionRow[]> => {
  const { rows } = await sql<EditionRow>`select message_id as "messageId", edition, core, bases, change, state
    from content.message_edition where message_id = ${messageId} order by edition`.execute(tx);
  return rows;
};

/** Writes the words of an edition; a new one begins as a draft. `folded` is what it is searched by. */
export const saveEditionRow = async (
  tx: Db,
  edition: Omit<EditionRow, 'state'> & { readonly folded: string },
): Promise<void> => {
  const bases = JSON.stringify(edition.bases);
  await sql`insert into content.message_edition (message_id, edition, core, bases, change, state, folded)
    values (${edition.messageId}, ${edition.edition}, ${edition.core}, ${bases}::jsonb, ${edition.change}, 'draft', ${edition.folded})
    on conflict (message_id, edition) do update set core = excluded.core, bases = excluded.bases, change = excluded.change,
      folded = excluded.folded`.execute(tx);
};

export const setEditionState = async (
  tx: Db,
  { messageId, edition }: { messageId: string; edition: number },
  state: State,
): Promise<void> => {
  await sql`update content.message_edition set state = ${state} where message_id = ${messageId} and edition = ${edition}`.execute(
    tx,
  );
};

/** Takes the forms of an edition along: those in one of the states `from` become `to`. */
export const moveForms = async (
  tx: Db,
  { messageId, edition }: { messageId: string; edition: number },
  from: readonly State[],
  to: State,
): Promise<void> => {
  await sql`update content.form set state = ${to} where message_id = ${messageId} and edition = ${edition}
    and state = any(${from}::text[])`.execute(tx);
};

/** All versions of all forms of the message, in the order in which they are shown. */
export const formsOf = async (tx: Db, messageId: string): Promise<FormRow[]> => {
  const { rows } = await sql<FormRow>`select ${FORM} from content.form f where f.message_id = ${messageId}
    order by f.edition, array_position(array['sms', 'sms-plain', 'script', 'question', 'email'], f.kind), f.language, f.version`.execute(
    tx,
  );
  return rows;
};

export const formById = async (tx: Db, formId: string): Promise<FormRow | undefined> => {
  const { rows } = await sql<FormRow>`select ${FORM} from content.form f where f.form_id = ${formId}`.execute(tx);
  return rows[0];
};

export const insertForm = async (tx: Db, form: FormRow): Promise<void> => {
  await sql`insert into content.form (form_id, message_id, edition, kind, language, version, text, answers, right_answer, state)
    values (${form.formId}, ${form.messageId}, ${form.edition}, ${form.kind}, ${form.language}, ${form.version}, ${form.text},
      ${form.answers}::text[], ${form.rightAnswer}, ${form.state})`.execute(tx);
};

export const updateForm = async (
  tx: Db,
  formId: string,
  form: Pick<FormRow, 'text' | 'answers' | 'rightAnswer' | 'state'>,
): Promise<void> => {
  await sql`update content.form set text = ${form.text}, answers = ${form.answers}::text[], right_answer = ${form.rightAnswer},
    state = ${form.state} where form_id = ${formId}`.execute(tx);
};

export const setFormState = async (tx: Db, formId: string, state: State): Promise<void> => {
  await sql`update content.form set state = ${state} where form_id = ${formId}`.execute(tx);
};

export const deleteForm = async (tx: Db, formId: string): Promise<void> => {
  await sql`delete from content.form where form_id = ${formId}`.execute(tx);
};

export const stepsOf = async (tx: Db, messageId: string): Promise<StepRow[]> => {
  const { rows } =
    await sql<StepRow>`select edition, form_id as "formId", what, by_user as "userId", by_name as name, at, note
    from content.step where message_id = ${messageId} order by at, step_id`.execute(tx);
  return rows;
};

export const insertStep = async (tx: Db, step: StepRow & { stepId: string; messageId: string }): Promise<void> => {
  await sql`insert into content.step (step_id, message_id, edition, form_id, what, by_user, by_name, at, note)
    values (${step.stepId}, ${step.messageId}, ${step.edition}, ${step.formId}, ${step.what}, ${step.userId}, ${step.name},
      ${step.at}, ${step.note})`.execute(tx);
};

/** Somebody who goes on writing what they wrote last leaves one row, not one for each time they saved. */
export const touchLastWritten = async (
  tx: Db,
  { messageId, edition, userId, at }: { messageId: string; edition: number; userId: string | null; at: Date },
): Promise<boolean> => {
  const { rows } = await sql<{ step_id: string }>`
    update content.step s set at = ${at} where s.step_id = (
      select l.step_id from content.step l where l.message_id = ${messageId} and l.edition = ${edition} and l.form_id is null
      order by l.at desc, l.step_id desc limit 1)
    and s.what = 'written' and s.by_user is not distinct from ${userId} returning s.step_id`.execute(tx);
  return rows.length > 0;
};
