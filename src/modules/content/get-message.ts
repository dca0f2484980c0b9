import { z } from 'zod';
import { type Context, personOf, read } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import type { Role } from '../../shared/roles.ts';
import { coversPlaces, lastNames } from '../territory/index.ts';
import { codeField } from './add-message.ts';
import { currentForms, seenMark } from './edition-content.ts';
import { knownMessage } from './known-message.ts';
import { type Act, actsOf, approvalFault, type Rights } from './message.ts';
import {
  type EditionRow,
  editionsOf,
  type FormRow,
  formsOf,
  type MessageRow,
  messageByCode,
  type StepRow,
  stepsOf,
} from './store.ts';

/** A correction of a form in use that waits, or came back. */
export interface Correction extends FormRow {
  readonly acts: readonly ('approve' | 'return' | 'revise')[];
  readonly ownWork: boolean;
  readonly steps: readonly StepRow[];
}

export interface EditionView extends EditionRow {
  /** The form of each kind and language that stands for the edition. */
  readonly forms: readonly FormRow[];
  readonly corrections: readonly Correction[];
  /** Versions that were in use before. */
  readonly olderForms: readonly FormRow[];
  readonly steps: readonly StepRow[];
  readonly acts: readonly Act[];
  /** This person decides here, but wrote or submitted it. */
  readonly ownWork: boolean;
  /** Handed back with an approval: what was looked at. */
  readonly seen: string;
}

const rightsIn = async (ctx: Context, placeId: string): Promise<Rights> => {
  const { userId, grants } = ctx.actor;
  const holds = async (...roles: Role[]) => {
    if (userId === null) return true;
    const areas = grants.filter(({ role }) => roles.includes(role)).map((grant) => grant.placeId);
    return areas.length > 0 && (await coversPlaces(ctx.tx, areas, [placeId], ctx.today));
  };
  return { userId: personOf(ctx.actor), writes: await holds('officer', 'editor'), decides: await holds('leader') };
};

const correctionOf = (form: FormRow, steps: readonly StepRow[], rights: Rights): Correction => {
  const own = steps.filter((step) => step.formId === form.formId);
  const fault = approvalFault(own, rights.userId);
  const waits = form.state === 'submitted';
  const acts: Correction['acts'] = [
    ...(waits && rights.decides && !fault ? (['approve'] as const) : []),
    ...(waits && rights.decides ? (['return'] as const) : []),
    ...(rights.writes ? (['revise'] as const) : []),
  ];
  return { ...form, acts, ownWork: waits && rights.decides && fault === 'own-work', steps: own };
};

const editionView = (
  message: MessageRow,
  edition: EditionRow,
  newest: boolean,
  all: { readonly forms: readonly FormRow[]; readonly steps: readonly StepRow[] },
  rights: Rights,
): EditionView => {
  const { state } = edition;
  const forms = all.forms.filter((form) => form.edition === edition.edition);
  const steps = all.steps.filter((step) => step.edition === edition.edition);
  const current = currentForms(state, forms);
  const waiting = state === 'approved' ? forms.filter(({ state: at }) => at === 'submitted' || at === 'draft') : [];
  return {
    ...edition,
    forms: current,
    corrections: waiting.map((form) => correctionOf(form, steps, rights)),
    olderForms: forms.filter((form) => !current.includes(form) && !waiting.includes(form)),
    steps,
    acts: actsOf({ state, newest, history: steps }, rights),
    ownWork: state === 'submitted' && rights.decides && approvalFault(steps, rights.userId) === 'own-work',
    seen: seenMark(message.title, edition, current),
  };
};

const asked = async (ctx: Context, { messageId, code }: { messageId?: string | null; code?: string | null }) => {
  const id = messageId ?? (code ? (await messageByCode(ctx.tx, code))?.messageId : undefined);
  if (!id) throw notFound('message');
  return knownMessage(ctx, id);
};

/** One message with all its editions, newest first, their forms and history, and what this person can do with each. */
export const getMessage = read({
  name: 'content.get-message',
  input: z.object({ messageId: z.uuid({ error: 'message' }).nullish(), code: codeField.nullish() }),
  allow: ['officer', 'leader', 'editor'],
  area: 'own',
  run: async (ctx, input) => {
    const message = await asked(ctx, input);
    const { messageId, placeId } = message;
    const [editions, forms, steps] = [
      await editionsOf(ctx.tx, messageId),
      await formsOf(ctx.tx, messageId),
      await stepsOf(ctx.tx, messageId),
    ];
    const rights = await rightsIn(ctx, placeId);
    const place = (await lastNames(ctx.tx, [placeId])).get(placeId) ?? '';
    const views = editions.map((edition, at) =>
      editionView(message, edition, at === editions.length - 1, { forms, steps }, rights),
    );
    return { ...message, place, today: ctx.today, editions: views.reverse() };
  },
});
