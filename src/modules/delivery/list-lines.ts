import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { getEditions } from '../content/index.ts';
import { type Line, linesInForce, mayBeRecorded } from '../plans/index.ts';
import { ownVillages } from './own-villages.ts';

/**
 * The lines of issued plans that are carried out in one's own villages: what, by which channels, until when, and whether
 * something can be written down for it; those of plans whose period is over come last.
 */
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
    const over = ({ planPeriodTo }: Line): boolean => planPeriodTo < ctx.today;
    return issued
      .toSorted((a, b) => Number(over(a)) - Number(over(b)))
      .flatMap((line) => {
        const villages = villagesOf.get([...line.placeIds].sort().join()) ?? 0;
        const { lineId, planCode, planTitle, position, what, channels, startsOn, endsOn, synthetic } = line;
        const edition = editions.get(`${line.messageId}|${line.edition}`);
        const message = { code: edition?.code ?? '?', title: edition?.title ?? '?' };
        const about = { lineId, planCode, planTitle, position, what, channels, startsOn, endsOn, synthetic };
        return villages > 0
          ? [{ ...about, message, villages, over: over(line), mayBeRecorded: mayBeRecorded(line) }]
          : [];
      });
  },
});
