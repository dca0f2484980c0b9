import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { type FieldFault, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { coversPlaces, lastNames, relatedPlaces } from '../territory/index.ts';
import { searchText } from './add-message.ts';
import { contentText, currentForms } from './edition-content.ts';
import { heldMessage, noteStep } from './known-message.ts';
import { type FileMessage, readMessageFile } from './message-file.ts';
import {
  deleteForm,
  type EditionRow,
  type FormRow,
  formsOf,
  insertForm,
  insertMessage,
  type MessageRow,
  messageByCode,
  saveEditionRow,
  updateMessage,
} from './store.ts';

type FileEdition = FileMessage['editions'][number];

interface Known {
  readonly message: MessageRow;
  readonly editions: readonly EditionRow[];
  readonly forms: readonly FormRow[];
}

/** What the file would do with one message. */
interface Intent {
  readonly file: FileMessage;
  readonly known: Known | undefined;
  readonly placeId: string;
  /** Numbers of the editions to be written; those not named stand as they are. */
  readonly write: readonly number[];
  readonly about: boolean;
}

const formsIn = ({ forms }: Known, edition: number): FormRow[] => forms.filter((form) => form.edition === edition);

const sameContent = (file: FileEdition, known: Known, edition: EditionRow): boolean =>
  contentText({ ...file, change: edition.edition === 1 ? '' : file.change }, file.forms) ===
  contentText(edition, currentForms(edition.state, formsIn(known, edition.edition)));

const compare = (file: FileMessage, known: Known): { write: number[]; about: boolean; faults: FieldFault[] } => {
  const faults: FieldFault[] = [];
  const write = file.editions.flatMap((content, at) => {
    const edition = known.editions.find((each) => each.edition === at + 1);
    if (!edition) return [at + 1];
    if (sameContent(content, known, edition)) return [];
    if (edition.state === 'draft') return [at + 1];
    const code = edition.state === 'submitted' ? 'message-file.submitted' : 'message-file.approved';
    faults.push({ path: `${file.code}.editions.${at + 1}`, code, params: { code: file.code, edition: at + 1 } });
    return [];
  });
  const about = file.title !== known.message.title || file.topic !== known.message.topic;
  if (about && (known.editions.length > 1 || known.editions[0]?.state !== 'draft'))
    faults.push({ path: `${file.code}.title`, code: 'message.title-fixed' });
  return { write, about, faults };
};

type Planned = { readonly intent: Intent } | { readonly faults: readonly FieldFault[] };

const planNew = async (ctx: Context, file: FileMessage, asked: string | null): Promise<Planned> => {
  const placeId = asked ?? (ctx.areas?.length === 1 ? ctx.areas[0]! : null);
  if (placeId === null) return { faults: [{ path: `${file.code}.place`, code: 'message-file.no-place' }] };
  if ((await lastNames(ctx.tx, [placeId])).size === 0) return { faults: [{ path: 'placeId', code: 'place' }] };
  return { intent: { file, known: undefined, placeId, write: file.editions.map((_, at) => at + 1), about: false } };
};

const planKnown = async (
  ctx: Context,
  file: FileMessage,
  message: MessageRow,
  asked: string | null,
): Promise<Planned> => {
  const { placeId, messageId } = message;
  const path = `${file.code}.code`;
  if ((await relatedPlaces(ctx.tx, ctx.areas, [placeId])).length === 0)
    return { faults: [{ path, code: 'message.code-taken', params: { code: file.code } }] };
  if (asked !== null && asked !== placeId) {
    const place = (await lastNames(ctx.tx, [placeId])).get(placeId) ?? '';
    return { faults: [{ path, code: 'message-file.other-place', params: { code: file.code, place } }] };
  }
  const { editions } = await heldMessage(ctx, messageId);
  const known = { message, editions, forms: await formsOf(ctx.tx, messageId) };
  const { write, about, faults } = compare(file, known);
  return faults.length > 0 ? { faults } : { intent: { file, known, placeId, write, about } };
};

const changes = ({ write, about }: Intent): boolean => write.length > 0 || about;

const planned = async (ctx: Context, file: FileMessage, asked: string | null): Promise<Planned> => {
  const message = await messageByCode(ctx.tx, file.code);
  const plan = message ? await planKnown(ctx, file, message, asked) : await planNew(ctx, file, asked);
  if ('faults' in plan || !changes(plan.intent) || ctx.areas === null) return plan;
  if (await coversPlaces(ctx.tx, ctx.areas, [plan.intent.placeId], ctx.today)) return plan;
  return { faults: [{ path: file.code, code: 'outside-area' }] };
};

const writeEdition = async (ctx: Context, intent: Intent, messageId: string, edition: number): Promise<void> => {
  const { file, known } = intent;
  const { core, bases, change, forms } = file.editions[edition - 1]!;
  const words = { core, bases, change: edition === 1 ? '' : change };
  await saveEditionRow(ctx.tx, { messageId, edition, ...words, folded: searchText(file, core) });
  for (const { formId } of known ? formsIn(known, edition) : []) await deleteForm(ctx.tx, formId);
  for (const form of forms)
    await insertForm(ctx.tx, { formId: newId(), messageId, edition, version: 1, ...form, state: 'draft' });
  await noteStep(ctx, { messageId, edition, what: 'written' });
};

const carryOut = async (ctx: Context, intent: Intent) => {
  const { file, known, placeId, write, about } = intent;
  const { code, topic, title } = file;
  const messageId = known?.message.messageId ?? newId();
  if (!known) await insertMessage(ctx.tx, { messageId, code, placeId, topic, title }, ctx.at);
  else if (about) await updateMessage(ctx.tx, messageId, { topic, title });
  for (const edition of write) await writeEdition(ctx, intent, messageId, edition);
  const outcome = !known ? 'added' : changes(intent) ? 'changed' : 'unchanged';
  return { code, messageId, outcome, editions: write } as const;
};

/**
 * Brings in a file of messages (YAML) as drafts: all of it or, with any fault, nothing. What stands here word for word
 * already is left alone, a draft is written anew, an edition that is submitted or in use is never changed by a file; and
 * nothing is approved by coming in.
 */
export const importMessages = command({
  name: 'content.import-messages',
  input: z.object({
    text: z.string().max(2_000_000, { error: 'message-file.too-large' }),
    /** Whose messages these are to be; the own place by default, where there is only one. */
    placeId: z.uuid({ error: 'place' }).nullish(),
  }),
  allow: ['officer', 'editor'],
  area: 'own',
  run: async (ctx, { text, placeId }) => {
    const file = readMessageFile(text);
    const faults: FieldFault[] = [...file.faults];
    const intents: Intent[] = [];
    // In one order for everybody, so that two imports never wait for each other in a circle.
    const inOrder = file.messages.toSorted((a, b) => a.code.localeCompare(b.code, 'en'));
    for (const message of faults.length === 0 ? inOrder : []) {
      const plan = await planned(ctx, message, placeId ?? null);
      if ('faults' in plan) faults.push(...plan.faults);
      else intents.push(plan.intent);
    }
    if (faults.length > 0) throw invalid('message-file.faults', { count: faults.length }, faults);
    const messages: Awaited<ReturnType<typeof carryOut>>[] = [];
    for (const intent of intents) messages.push(await carryOut(ctx, intent));
    return { messages };
  },
  audit: (_, { messages }) => ({
    messageIds: messages.filter(({ outcome }) => outcome !== 'unchanged').map(({ messageId }) => messageId),
    unchanged: messages.filter(({ outcome }) => outcome === 'unchanged').length,
  }),
});
