import { z } from 'zod';
import { type Context, command, personOf } from '../../platform/command.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { passage } from './form.ts';
import { heldMessage, noteStep, placeOfForm, wrongState } from './known-message.ts';
import { approvalFault, type Move, stateAfter } from './message.ts';
import { type FormRow, formById, formsOf, setFormState, stepsOf } from './store.ts';

const heldForm = async (ctx: Context, formId: string, move: Move) => {
  const before = await formById(ctx.tx, formId);
  if (!before) throw notFound('form');
  const { editions } = await heldMessage(ctx, before.messageId);
  const form: FormRow = (await formById(ctx.tx, formId)) ?? before;
  const edition = editions.find((each) => each.edition === form.edition);
  // Forms of an edition that is not in use yet go with it.
  if (edition?.state !== 'approved') throw wrongState(edition?.state ?? 'draft');
  const after = stateAfter(form.state, move);
  if (!after) throw wrongState(form.state);
  return { form, after };
};

/** Puts a correction in use, in the stead of the version before. Only a person who did not write it can. */
export const approveForm = command({
  name: 'content.approve-form',
  input: z.object({
    formId: z.uuid({ error: 'form' }),
    /** The text that was looked at: what was changed since is not approved unseen. */
    seen: z.string().min(1).max(6_000),
  }),
  allow: ['leader'],
  area: placeOfForm,
  run: async (ctx, { formId, seen }) => {
    const { form, after } = await heldForm(ctx, formId, 'approve');
    const { messageId, edition, kind, language, version } = form;
    const own = (await stepsOf(ctx.tx, messageId)).filter((step) => step.formId === formId);
    const fault = approvalFault(own, personOf(ctx.actor));
    if (fault) throw conflict(`message.${fault}`);
    if (seen.replaceAll('\r\n', '\n') !== form.text) throw conflict('message.changed-since');
    for (const each of await formsOf(ctx.tx, messageId))
      if (each.edition === edition && each.kind === kind && each.language === language && each.state === 'approved')
        await setFormState(ctx.tx, each.formId, 'retired');
    await setFormState(ctx.tx, formId, after);
    await noteStep(ctx, { messageId, edition, formId, what: 'approved' });
    return { messageId, edition, version };
  },
  audit: ({ formId }, { messageId, edition, version }) => ({ formId, messageId, edition, version }),
});

/** Sends a correction back, saying why; the version in use stays. */
export const returnForm = command({
  name: 'content.return-form',
  input: z.object({ formId: z.uuid({ error: 'form' }), note: passage(2_000) }),
  allow: ['leader'],
  area: placeOfForm,
  run: async (ctx, { formId, note }) => {
    const { form, after } = await heldForm(ctx, formId, 'return');
    await setFormState(ctx.tx, formId, after);
    await noteStep(ctx, { messageId: form.messageId, edition: form.edition, formId, what: 'returned', note });
    return { messageId: form.messageId, edition: form.edition };
  },
  audit: ({ formId }, { messageId, edition }) => ({ formId, messageId, edition }),
});
