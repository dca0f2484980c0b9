import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { linesInForce } from '../../plans/index.ts';
import { type EvidenceRow, evidenceTables, FIRST } from './store.ts';

/** Takes a piece of a table; the first piece of each has the headings alone. */
export type PutRows = (table: string, rows: readonly EvidenceRow[]) => Promise<void>;

const LINE = ['line_id', 'plan', 'position', 'message_id', 'edition', 'threshold', 'places', 'rule'];

/**
 * Writes out what every rate rests on (places, subjects, facts, contacts, exposures, plan lines), so that it can be counted
 * again by somebody else. A right of its own, written to the audit with its numbers of rows.
 */
export const exportEvidence = read({
  name: 'coverage.export-evidence',
  input: z.object({
    placeId: z.uuid({ error: 'place' }),
    put: z.custom<PutRows>((value) => typeof value === 'function'),
  }),
  allow: ['officer', 'leader'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, { placeId, put }) => {
    const counts: Record<string, number> = {};
    for (const { name, headings, page } of evidenceTables(placeId)) {
      await put(name, [headings]);
      let rows = 0;
      for (let after: string | undefined = FIRST; after !== undefined; ) {
        const piece = await page(ctx.tx, after);
        await put(name, piece.rows);
        rows += piece.rows.length;
        after = piece.last;
      }
      counts[name] = rows;
    }
    const lines = await linesInForce(ctx.tx);
    await put('lines', [LINE]);
    await put(
      'lines',
      lines.map((line) => [
        line.lineId,
        line.planCode,
        line.position,
        line.messageId,
        line.edition,
        line.threshold,
        line.placeIds.join('|'),
        JSON.stringify(line.rule),
      ]),
    );
    counts.lines = lines.length;
    return counts;
  },
  sensitive: ({ placeId }, counts) => ({ placeId, ...counts }),
});
