import type { Context } from '../../platform/command.ts';
import { conflict, invalid, notFound } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { lastNames, relatedPlaces } from '../territory/index.ts';
import { type Move, type State, type StepKind, stateAfter } from './message.ts';
import {
  type EditionRow,
  editionsOf,
  formById,
  insertStep,
  lockMessage,
  type MessageRow,
  messageById,
  touchLastWritten,
} from './store.ts';

/** A message that this person may look at; somebody else's is not found, whether there is one or not. */
export const knownMessage = async (ctx: Context, messageId: string): Promise<MessageRow> => {
  const message = await messageById(ctx.tx, messageId);
  if (!message) throw notFound('message');
  if ((await relatedPlaces(ctx.tx, ctx.areas, [message.placeId])).length === 0) throw notFound('message');
  return message;
};

/** The area of a use case that changes a message: its place. */
export const placeOfMessage = async (ctx: Context, { messageId }: { messageId: string }): Promise<string[]> => [
  (await knownMessage(ctx, messageId)).placeId,
];

/** The area of a use case that changes one form. */
export const placeOfForm = async (ctx: Context, { formId }: { formId: string }): Promise<string[]> => {
  const form = await formById(ctx.tx, formId);
  if (!form) throw notFound('form');
  return placeOfMessage(ctx, form);
};

/** The message with its editions, held until the end of the transaction: nobody else changes it meanwhile. */
export const heldMessage = async (ctx: Context, messageId: string) => {
  await lockMessage(ctx.tx, messageId);
  const message = await messageById(ctx.tx, messageId);
  if (!message) throw notFound('message');
  return { message, editions: await editionsOf(ctx.tx, messageId) };
};

/** Names the state an edition is in, and what was asked for, in the reader's words. */
export const wrongState = (state: State) => conflict('message.state', { state: `@content.state.${state}` });

/** The edition asked for, or, when none is, the one in the state that the move starts from. */
export const editionFor = (
  editions: readonly EditionRow[],
  asked: number | null | undefined,
  move: Move,
): { readonly edition: EditionRow; readonly after: State } => {
  const fits = ({ state }: EditionRow) => stateAfter(state, move) !== undefined;
  // Drafts are submitted from the oldest on; of several in use the newest is meant.
  const edition =
    asked != null
      ? editions.find((each) => each.edition === asked)
      : ((move === 'retire' ? editions.findLast(fits) : editions.find(fits)) ?? editions.at(-1));
  if (!edition) throw notFound('edition');
  const after = stateAfter(edition.state, move);
  if (!after) throw wrongState(edition.state);
  return { edition, after };
};

export const requireDraft = (editions: readonly EditionRow[], asked: number): EditionRow => {
  const edition = editions.find((each) => each.edition === asked);
  if (!edition) throw notFound('edition');
  if (edition.state !== 'draft') throw wrongState(edition.state);
  return edition;
};

export const requirePlace = async (ctx: Context, placeId: string): Promise<void> => {
  if ((await lastNames(ctx.tx, [placeId])).size === 0) throw invalid('place', {}, [{ path: 'placeId', code: 'place' }]);
};

interface Done {
  readonly messageId: string;
  readonly edition: number;
  readonly formId?: string;
  readonly what: StepKind;
  readonly note?: string;
}

/** Writes into the history who did what. */
export const noteStep = async (ctx: Context, { messageId, edition, formId, what, note }: Done): Promise<void> => {
  const { userId, name } = ctx.actor;
  if (what === 'written' && !formId && (await touchLastWritten(ctx.tx, { messageId, edition, userId, at: ctx.at })))
    return;
  await insertStep(ctx.tx, {
    stepId: newId(),
    messageId,
    edition,
    formId: formId ?? null,
    what,
    userId,
    name,
    at: ctx.at,
    note: note ?? '',
  });
};
