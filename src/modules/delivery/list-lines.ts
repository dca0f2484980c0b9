import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { getEditions } from '../content/index.ts';
import { linesInForce } from '../plans/index.ts';
import { ownVillages } from './own-villages.ts';

/** The lines of issued plans for which something can be recorded in one's own villages: what, by which channels, until when. */
export const listLines = read({
  name: 'delivery.list-lines',
  input: z.object({}),
  allow: ['officer', 'agent', 'leader'],
  area: 'own',
  run: async (ctx) => {
    const issued = (await linesInForce(ctx.tx)).filter(({ planState }) => planState === 'issued');
    const editions = await getEditions(ctx.tx, issued);
    // Lines of one plan often have the same places: each set is asked about once.
    const villagesOf = new Map<string, number>();
    for (const { placeIds } of issued) {
      const key = [...placeIds].sort().join();
      if (!villagesOf.has(key)) villagesOf.set(key, (await ownVillages(ctx, placeIds, ctx.today)).length);
    }
    return issued.flatMap((line) => {
      const villages = villagesOf.get([...line.placeIds].sort().join()) ?? 0;
      const { lineId, planCode, planTitle, position, what, channels, startsOn, endsOn, synthetic } = line;
      const edition = editions.get(`${line.messageId}|${line.edition}`);
      const message = { code: edition?.code ?? '?', title: edition?.title ?? '?' };
      return villages > 0
        ? [{ lineId, planCode, planTitle, position, what, channels, startsOn, endsOn, synthetic, message, villages }]
        : [];
    });
  },
});
