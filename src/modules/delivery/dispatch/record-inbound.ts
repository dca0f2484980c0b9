import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { newId } from '../../../shared/ids.ts';
import { readPhone } from '../../../shared/phone.ts';
import { refuseNumbers } from '../../registry/index.ts';
import { KEPT, keepable, refuses } from './dispatch.ts';
import { insertInbound } from './store-inbound.ts';

const kept = (most: number) => z.string().transform((text) => keepable(text, most));

/**
 * Keeps what phones send us. A reply that refuses further messages holds at once, for the number, in every household;
 * anything else waits for somebody to read it.
 */
export const recordInbound = command({
  name: 'delivery.record-inbound',
  input: z.object({
    provider: z.string(),
    messages: z.array(z.object({ from: kept(60), text: kept(KEPT.reply) })).max(500),
  }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { provider, messages }) => {
    const rows = messages.map(({ from, text }) => ({
      inboundId: newId(),
      address: readPhone(from)?.e164 ?? from,
      body: text,
      meaning: refuses(text) ? ('stop' as const) : ('other' as const),
    }));
    await insertInbound(ctx.tx, provider, rows, ctx.at);
    const stops = rows.filter(({ meaning }) => meaning === 'stop');
    const refused = await refuseNumbers(
      ctx,
      stops.map(({ address, body }) => ({ value: address, how: 'reply', note: body })),
    );
    return { received: rows.length, refused };
  },
  audit: ({ provider }, result) => ({ provider, ...result }),
});
