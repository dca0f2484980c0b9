import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, invalid, notFound } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { formFaults, formFields } from './form.ts';
import { heldMessage, noteStep, placeOfMessage, wrongState } from './known-message.ts';
import { formsOf, insertForm, updateForm } from './store.ts';

/**
 * A small correction of a form in use, or a form that was not there yet: a new version that waits for somebody else's
 * approval, while the one before is still said. The edition, and with it the reach, stays the same.
 */
export const reviseForm = command({
  name: 'content.revise-form',
  input: z.object({ messageId: z.uuid({ error: 'message' }), edition: z.number().int().min(1), ...formFields }),
  allow: ['officer', 'editor'],
  area: placeOfMessage,
  run: async (ctx, { messageId, edition: number, ...form }) => {
    const { editions } = await heldMessage(ctx, messageId);
    const edition = editions.find((each) => each.edition === number);
    if (!edition) throw notFound('edition');
    if (edition.state !== 'approved') throw wrongState(edition.state);
    const faults = formFaults(form);
    if (faults.length > 0) throw invalid('input', { fields: faults.map(({ path }) => path).join(', ') }, faults);
    const versions = (await formsOf(ctx.tx, messageId)).filter(
      (each) => each.edition === number && each.kind === form.kind && each.language === form.language,
    );
    const words = (each: Pick<typeof form, 'text' | 'rightAnswer'> & { answers: readonly string[] }) =>
      JSON.stringify([each.text, each.answers, each.rightAnswer]);
    if (versions.some((each) => each.state === 'approved' && words(each) === words(form))) throw conflict('form.same');
    // One correction at a time: what still waits, or came back, is written anew.
    const open = versions.find((each) => each.state === 'submitted' || each.state === 'draft');
    const formId = open?.formId ?? newId();
    const version = open?.version ?? (versions.at(-1)?.version ?? 0) + 1;
    if (open) await updateForm(ctx.tx, formId, { ...form, state: 'submitted' });
    else await insertForm(ctx.tx, { formId, messageId, edition: number, version, ...form, state: 'submitted' });
    await noteStep(ctx, { messageId, edition: number, formId, what: 'submitted' });
    return { formId, version };
  },
  audit: ({ messageId, edition }, { formId, version }) => ({ messageId, edition, formId, version }),
});
