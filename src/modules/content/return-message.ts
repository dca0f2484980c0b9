import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { passage } from './form.ts';
import { editionFor, heldMessage, noteStep, placeOfMessage } from './known-message.ts';
import { moveForms, setEditionState } from './store.ts';

/** Sends a submitted edition back to who wrote it, saying why. */
export const returnMessage = command({
  name: 'content.return-message',
  input: z.object({
    messageId: z.uuid({ error: 'message' }),
    edition: z.number().int().min(1).nullish(),
    note: passage(2_000),
  }),
  allow: ['leader'],
  area: placeOfMessage,
  run: async (ctx, { messageId, edition: asked, note }) => {
    const { editions } = await heldMessage(ctx, messageId);
    const { edition, after } = editionFor(editions, asked, 'return');
    await setEditionState(ctx.tx, edition, after);
    await moveForms(ctx.tx, edition, ['submitted'], after);
    await noteStep(ctx, { messageId, edition: edition.edition, what: 'returned', note });
    return { edition: edition.edition };
  },
  audit: ({ messageId }, { edition }) => ({ messageId, edition }),
});
