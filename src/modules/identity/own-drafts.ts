import { z } from 'zod';
import { command, read } from '../../platform/command.ts';
import { forbidden, invalid, notFound } from '../../shared/errors.ts';
import { draftsSince, formInput, keepable } from './form-drafts.ts';
import { deleteDraft, renewDraft, saveDraft, unsentDraft } from './store.ts';

/** Of one form, as it is kept; no form of ours comes near it. */
const MOST_BYTES = 200_000;

/**
 * Keeps what stands in a form while somebody types, so that neither a cut of the line, nor of the power, nor a closed window
 * takes it away. It is kept here and not in the browser: forms tell of households, and offices share machines. One row for
 * each form that was opened, under the id with which its page was made: whoever opens the form once more and begins anew
 * does not write over what they left there before. Ends after a day like every draft.
 *
 * The audit has a row when a form begins to be kept. That it is kept again every few seconds is the same act going on: it
 * changes nothing that anybody else can see, and a row each time would bury what people did. What is sent in the end leaves
 * the row of its own use case.
 *
 * Errors: draft.too-large, draft (the id is another person's, or what was begun is there no more).
 */
export const saveOwnDraft = command({
  name: 'identity.save-own-draft',
  input: z.object({
    draftId: z.uuid(),
    path: z.string().startsWith('/').max(2000),
    form: formInput,
    /** It is kept already: what comes late, when the form has been sent and the draft let go, does not bring it back. */
    begun: z.boolean().default(false),
  }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx, at, actor }, { draftId, path, form, begun }) => {
    if (!actor.userId) throw forbidden('not-allowed', { what: 'identity.save-own-draft' });
    const kept = keepable(form);
    const bytes = Buffer.byteLength(JSON.stringify(kept));
    if (bytes > MOST_BYTES) throw invalid('draft.too-large', { most: MOST_BYTES / 1000 });
    const draft = { draftId, userId: actor.userId, path, form: kept, at };
    const saved = begun ? await renewDraft(tx, draft) : await saveDraft(tx, draft);
    if (!saved) throw notFound('draft');
    return { draftId, first: saved.first, at };
  },
  audit: (_, { draftId }) => ({ draftId }),
  unaudited: { why: 'the same form is kept again while it is typed', when: (_, { first }) => !first },
});

/** Lets go of a draft of one's own: its form was sent, or the person does not want it. Of anybody else's there is none. */
export const dropOwnDraft = command({
  name: 'identity.drop-own-draft',
  input: z.object({ draftId: z.uuid(), sent: z.boolean() }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx, actor }, { draftId }) => ({
    dropped: actor.userId !== null && (await deleteDraft(tx, draftId, actor.userId)),
  }),
  audit: ({ draftId }) => ({ draftId }),
  unaudited: {
    why: 'nothing was there to drop, or the form was sent and left the row of what it did',
    when: ({ sent }, { dropped }) => sent || !dropped,
  },
});

/** What this person typed into the form at this path and has not sent, the newest; when it was last kept. */
export const findUnsentDraft = read({
  name: 'identity.find-unsent-draft',
  input: z.object({ path: z.string() }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx, at, actor }, { path }): Promise<{ draftId: string; at: Date } | null> =>
    actor.userId ? ((await unsentDraft(tx, path, actor.userId, draftsSince(at))) ?? null) : null,
});
