import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { findMessageByCode, getEditions } from '../content/index.ts';
import { announceChanged } from './events.ts';
import { heldLine, placeOfLine } from './known-plan.ts';
import { changeLine } from './store-lines.ts';

/**
 * Lets a line follow its message: it takes the newest approved edition. Who was told the old one is not counted as told the
 * new; what was recorded keeps the edition it was about.
 */
export const followEdition = command({
  name: 'plans.follow-edition',
  input: z.object({ lineId: z.string() }),
  allow: ['officer', 'leader'],
  area: placeOfLine,
  run: async (ctx, { lineId }) => {
    const { line } = await heldLine(ctx, lineId);
    const edition = await newestEdition(ctx.tx, line);
    if (edition === null || edition <= line.edition) throw conflict('line.edition-newest');
    const { userId, name } = ctx.actor;
    const change = { lineId, what: 'edition' as const, before: String(line.edition), after: String(edition), note: '' };
    await changeLine(ctx.tx, { ...change, changedBy: userId, changedByName: name, changedAt: ctx.at }, { edition });
    await announceChanged(ctx, [lineId]);
    return { before: line.edition, edition };
  },
  audit: ({ lineId }, { before, edition }) => ({ lineId, before, after: edition }),
});

/** The newest approved edition of a line's message; null when none is in use. */
const newestEdition = async (
  tx: Parameters<typeof getEditions>[0],
  line: { readonly messageId: string; readonly edition: number },
): Promise<number | null> => {
  const known = (await getEditions(tx, [line])).get(`${line.messageId}|${line.edition}`);
  return (known && (await findMessageByCode(tx, known.code))?.approvedEdition) ?? null;
};
