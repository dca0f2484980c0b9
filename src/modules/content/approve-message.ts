import { z } from 'zod';
import { command, personOf } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { currentForms, seenMark } from './edition-content.ts';
import { editionFor, heldMessage, noteStep, placeOfMessage } from './known-message.ts';
import { approvalFault } from './message.ts';
import { formsOf, moveForms, setEditionState, stepsOf } from './store.ts';

/** Puts a submitted edition with its forms in use. Only a person who neither wrote nor submitted it can. */
export const approveMessage = command({
  name: 'content.approve-message',
  input: z.object({
    messageId: z.uuid({ error: 'message' }),
    edition: z.number().int().min(1).nullish(),
    /** The mark of what was looked at (`getMessage`): what was changed since is not approved unseen. */
    seen: z.string().min(1).max(64),
  }),
  allow: ['leader'],
  area: placeOfMessage,
  run: async (ctx, { messageId, edition: asked, seen }) => {
    const { message, editions } = await heldMessage(ctx, messageId);
    const { edition, after } = editionFor(editions, asked, 'approve');
    const own = ({ edition: number }: { edition: number }) => number === edition.edition;
    const fault = approvalFault((await stepsOf(ctx.tx, messageId)).filter(own), personOf(ctx.actor));
    if (fault) throw conflict(`message.${fault}`);
    const forms = currentForms(edition.state, (await formsOf(ctx.tx, messageId)).filter(own));
    if (seen !== seenMark(message.title, edition, forms)) throw conflict('message.changed-since');
    await setEditionState(ctx.tx, edition, after);
    await moveForms(ctx.tx, edition, ['submitted'], after);
    await noteStep(ctx, { messageId, edition: edition.edition, what: 'approved' });
    return { edition: edition.edition };
  },
  audit: ({ messageId }, { edition }) => ({ messageId, edition }),
});
