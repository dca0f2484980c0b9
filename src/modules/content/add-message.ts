import { z } from 'zod';
import { command } from '../../platform/command.ts';
import type { Db } from '../../platform/db/connect.ts';
import { invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { clean, fold } from '../../shared/text.ts';
import { basesSchema } from './basis.ts';
import { coreText } from './form.ts';
import { noteStep, requirePlace } from './known-message.ts';
import { CODE, topics } from './message.ts';
import { insertMessage, messageByCode, saveEditionRow } from './store.ts';

/** What every writing of a message may say of it. */
export const aboutFields = {
  topic: z.enum(topics),
  title: z.string().transform(clean).pipe(z.string().min(1).max(200)),
};

export const codeField = z.string().max(60).regex(CODE, { error: 'message.code' });

/** What the list is searched by. */
export const searchText = (message: { code: string; title: string }, core: string): string =>
  fold(`${message.code} ${message.title} ${core}`);

const freeCode = async (tx: Db, title: string): Promise<string> => {
  const wanted = fold(title).replace(/[^a-z0-9 ]/gu, '').trim().split(/ +/u).slice(0, 7).join('-').slice(0, 55) || 'thong-diep'; // biome-ignore format: a line of steps
  const stem = wanted.replace(/-+$/u, '');
  for (let number = 1; ; number += 1) {
    const code = number === 1 ? stem : `${stem}-${number}`;
    if (!(await messageByCode(tx, code))) return code;
  }
};

/** A new message with its first edition, a draft. Without a code one is made from the title. */
export const addMessage = command({
  name: 'content.add-message',
  input: z.object({
    code: codeField.nullish(),
    placeId: z.uuid({ error: 'place' }),
    ...aboutFields,
    core: coreText.default(''),
    bases: basesSchema.default([]),
  }),
  allow: ['officer', 'editor'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, { code: asked, placeId, topic, title, core, bases }) => {
    await requirePlace(ctx, placeId);
    if (asked && (await messageByCode(ctx.tx, asked)))
      throw invalid('input', { fields: 'code' }, [
        { path: 'code', code: 'message.code-taken', params: { code: asked } },
      ]);
    const code = asked ?? (await freeCode(ctx.tx, title));
    const message = { messageId: newId(), code, placeId, topic, title };
    await insertMessage(ctx.tx, message, ctx.at);
    const { messageId } = message;
    await saveEditionRow(ctx.tx, {
      messageId,
      edition: 1,
      core,
      bases,
      change: '',
      folded: searchText(message, core),
    });
    await noteStep(ctx, { messageId, edition: 1, what: 'written' });
    return { messageId, code, edition: 1 };
  },
  audit: ({ placeId }, { messageId, code }) => ({ messageId, code, placeId }),
});
