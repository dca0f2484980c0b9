import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { invalid, notFound } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { formFaults, formFields } from './form.ts';
import { heldMessage, noteStep, placeOfForm, placeOfMessage, requireDraft, wrongState } from './known-message.ts';
import { deleteForm, formById, formsOf, insertForm, updateForm } from './store.ts';

/** Writes one form of a draft edition; that of the same kind and language is replaced. */
export const saveForm = command({
  name: 'content.save-form',
  input: z.object({ messageId: z.uuid({ error: 'message' }), edition: z.number().int().min(1), ...formFields }),
  allow: ['officer', 'editor'],
  area: placeOfMessage,
  run: async (ctx, { messageId, edition, ...form }) => {
    const { editions } = await heldMessage(ctx, messageId);
    requireDraft(editions, edition);
    const faults = formFaults(form);
    if (faults.length > 0) throw invalid('input', { fields: faults.map(({ path }) => path).join(', ') }, faults);
    const known = (await formsOf(ctx.tx, messageId)).find(
      (each) => each.edition === edition && each.kind === form.kind && each.language === form.language,
    );
    const formId = known?.formId ?? newId();
    if (known) await updateForm(ctx.tx, formId, { ...form, state: 'draft' });
    else await insertForm(ctx.tx, { formId, messageId, edition, version: 1, ...form, state: 'draft' });
    await noteStep(ctx, { messageId, edition, what: 'written' });
    return { formId };
  },
  audit: ({ messageId, edition, kind, language }, { formId }) => ({ messageId, edition, formId, kind, language }),
});

/** Takes a form out of a draft edition. */
export const removeForm = command({
  name: 'content.remove-form',
  input: z.object({ formId: z.uuid({ error: 'form' }) }),
  allow: ['officer', 'editor'],
  area: placeOfForm,
  run: async (ctx, { formId }) => {
    const form = await formById(ctx.tx, formId);
    if (!form) throw notFound('form');
    const { editions } = await heldMessage(ctx, form.messageId);
    requireDraft(editions, form.edition);
    // Since it was looked at somebody may have submitted it.
    const now = await formById(ctx.tx, formId);
    if (now?.state !== 'draft') throw wrongState(now?.state ?? 'retired');
    await deleteForm(ctx.tx, formId);
    await noteStep(ctx, { messageId: form.messageId, edition: form.edition, what: 'written' });
    return { messageId: form.messageId };
  },
  audit: ({ formId }, { messageId }) => ({ formId, messageId }),
});
