import { z } from 'zod';
import { command, read } from '../../platform/command.ts';
import { isId, newId } from '../../shared/ids.ts';
import { type Draft, draftOf, saveDraft } from './store.ts';

/** What a form sends: one text per name, several where a name came several times. */
export const formInput = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** What is never kept, whoever sends it: passwords, the token of the form, and the number of the draft itself. */
export const keepable = (form: Draft): Draft =>
  Object.fromEntries(
    Object.entries(form).filter(([name]) => !['csrf', 'draft'].includes(name) && !/password/iu.test(name)),
  );

const DAY_MILLISECONDS = 86_400_000;

/** Drafts from before are nobody's any more. */
export const draftsSince = (at: Date): Date => new Date(at.getTime() - DAY_MILLISECONDS);

/** Keeps what somebody sent just after their session had ended. Only a page that knows whose session it was may ask. */
export const keepDraft = command({
  name: 'identity.keep-draft',
  input: z.object({
    userId: z.uuid(),
    path: z.string().max(2000),
    form: formInput,
    /** What the form says it was kept under while it was typed; no id, or somebody else's, is as good as none. */
    draftId: z.string().default(''),
  }),
  allow: 'system',
  area: 'none',
  run: async ({ tx, at }, { userId, path, form, draftId: known }) => {
    const draft = { userId, path, form: keepable(form), at };
    if (isId(known) && (await saveDraft(tx, { ...draft, draftId: known }))) return { draftId: known };
    const draftId = newId();
    await saveDraft(tx, { ...draft, draftId });
    return { draftId };
  },
  audit: ({ userId }, { draftId }) => ({ userId, draftId }),
});

/** What is kept for this person at this page; to anybody else, and a day later, there is no such draft. */
export const findDraft = read({
  name: 'identity.find-draft',
  input: z.object({ draftId: z.string(), path: z.string() }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx, at, actor }, { draftId, path }): Promise<Draft | null> => {
    if (!actor.userId || !isId(draftId)) return null;
    const draft = await draftOf(tx, draftId, actor.userId, draftsSince(at));
    return draft?.path === path ? draft.form : null;
  },
});
