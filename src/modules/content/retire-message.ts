import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { passage } from './form.ts';
import { editionFor, heldMessage, noteStep, placeOfMessage } from './known-message.ts';
import { moveForms, setEditionState } from './store.ts';

/** Takes an edition out of use, saying why: a rule has changed, something in it was wrong. Nothing of it is sent any more. */
export const retireMessage = command({
  name: 'content.retire-message',
  input: z.object({
    messageId: z.uuid({ error: 'message' }),
    edition: z.number().int().min(1).nullish(),
    note: passage(2_000),
  }),
  allow: ['leader'],
  area: placeOfMessage,
  run: async (ctx, { messageId, edition: asked, note }) => {
    const { editions } = await heldMessage(ctx, messageId);
    const { edition, after } = editionFor(editions, asked, 'retire');
    await setEditionState(ctx.tx, edition, after);
    await moveForms(ctx.tx, edition, ['draft', 'submitted', 'approved'], after);
    await noteStep(ctx, { messageId, edition: edition.edition, what: 'retired', note });
    return { edition: edition.edition };
  },
  audit: ({ messageId }, { edition }) => ({ messageId, edition }),
});
