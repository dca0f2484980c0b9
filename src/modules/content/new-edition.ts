import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { searchText } from './add-message.ts';
import { currentForms } from './edition-content.ts';
import { passage } from './form.ts';
import { heldMessage, noteStep, placeOfMessage } from './known-message.ts';
import { formsOf, insertForm, saveEditionRow } from './store.ts';

/**
 * A change of substance: a new edition, begun as a draft from the words of the one before, whose reach it does not inherit.
 * The one before stays as it is, for the plans that name it.
 */
export const newEdition = command({
  name: 'content.new-edition',
  input: z.object({ messageId: z.uuid({ error: 'message' }), change: passage(2_000) }),
  allow: ['officer', 'editor'],
  area: placeOfMessage,
  run: async (ctx, { messageId, change }) => {
    const { message, editions } = await heldMessage(ctx, messageId);
    const last = editions.at(-1);
    if (!last) throw notFound('edition');
    if (last.state === 'draft' || last.state === 'submitted')
      throw conflict('message.edition-open', { edition: last.edition });
    const edition = last.edition + 1;
    const { core, bases } = last;
    await saveEditionRow(ctx.tx, { messageId, edition, core, bases, change, folded: searchText(message, core) });
    const own = (await formsOf(ctx.tx, messageId)).filter((form) => form.edition === last.edition);
    for (const form of currentForms(last.state, own))
      await insertForm(ctx.tx, { ...form, formId: newId(), edition, version: 1, state: 'draft' });
    await noteStep(ctx, { messageId, edition, what: 'written' });
    return { edition };
  },
  audit: ({ messageId }, { edition }) => ({ messageId, edition }),
});
