import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { invalid } from '../../shared/errors.ts';
import { aboutFields, searchText } from './add-message.ts';
import { basesSchema } from './basis.ts';
import { coreText } from './form.ts';
import { heldMessage, noteStep, placeOfMessage, requireDraft } from './known-message.ts';
import { saveEditionRow, updateMessage } from './store.ts';

/**
 * Writes the words of a draft: core statement and legal bases, of a later edition also what changed. Topic and title are the
 * message's: they can be written as long as nothing of it was ever approved, since plans show them.
 */
export const saveEdition = command({
  name: 'content.save-edition',
  input: z.object({
    messageId: z.uuid({ error: 'message' }),
    edition: z.number().int().min(1),
    topic: aboutFields.topic.nullish(),
    title: aboutFields.title.nullish(),
    core: coreText,
    bases: basesSchema,
    change: coreText.default(''),
  }),
  allow: ['officer', 'editor'],
  area: placeOfMessage,
  run: async (ctx, { messageId, edition: number, topic, title, core, bases, change }) => {
    const { message, editions } = await heldMessage(ctx, messageId);
    requireDraft(editions, number);
    const about = { topic: topic ?? message.topic, title: title ?? message.title };
    const first = editions.length === 1;
    if (!first && (about.topic !== message.topic || about.title !== message.title))
      throw invalid('input', { fields: 'title' }, [{ path: 'title', code: 'message.title-fixed' }]);
    if (number > 1 && change === '')
      throw invalid('input', { fields: 'change' }, [{ path: 'change', code: 'message.no-change' }]);
    if (first) await updateMessage(ctx.tx, messageId, about);
    await saveEditionRow(ctx.tx, {
      messageId,
      edition: number,
      core,
      bases,
      change: number > 1 ? change : '',
      folded: searchText({ ...message, ...about }, core),
    });
    await noteStep(ctx, { messageId, edition: number, what: 'written' });
  },
  audit: ({ messageId, edition }) => ({ messageId, edition }),
});
