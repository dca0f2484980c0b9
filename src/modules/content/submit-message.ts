import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { currentForms } from './edition-content.ts';
import { editionFor, heldMessage, noteStep, placeOfMessage } from './known-message.ts';
import { lacking } from './message.ts';
import { formsOf, moveForms, setEditionState } from './store.ts';

/** Hands a draft over for approval, with all its forms. From then on nobody writes in it. */
export const submitMessage = command({
  name: 'content.submit-message',
  input: z.object({ messageId: z.uuid({ error: 'message' }), edition: z.number().int().min(1).nullish() }),
  allow: ['officer', 'editor'],
  area: placeOfMessage,
  run: async (ctx, { messageId, edition: asked }) => {
    const { editions } = await heldMessage(ctx, messageId);
    const { edition, after } = editionFor(editions, asked, 'submit');
    const before = editions.find((each) => each.edition === edition.edition - 1);
    if (before && !['approved', 'retired'].includes(before.state))
      throw conflict('message.edition-before', { edition: before.edition });
    const forms = (await formsOf(ctx.tx, messageId)).filter((form) => form.edition === edition.edition);
    const missing = lacking({ ...edition, forms: currentForms(edition.state, forms) });
    if (missing.length > 0)
      throw invalid(
        'message.incomplete',
        {},
        missing.map((path) => ({ path, code: `message.lacks-${path}` })),
      );
    await setEditionState(ctx.tx, edition, after);
    await moveForms(ctx.tx, edition, ['draft'], after);
    await noteStep(ctx, { messageId, edition: edition.edition, what: 'submitted' });
    return { edition: edition.edition };
  },
  audit: ({ messageId }, { edition }) => ({ messageId, edition }),
});
