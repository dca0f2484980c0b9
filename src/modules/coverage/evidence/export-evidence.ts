import { z } from 'zod';
import type { Context } from '../../../platform/command.ts';
import { read } from '../../../platform/command.ts';
import { type Line, linesIssued } from '../../plans/index.ts';
import { relatedPlaces } from '../../territory/index.ts';
import { type EvidenceRow, evidenceTables, FIRST, placesOf } from './store.ts';

/** Takes a piece of a table; the first piece of each has the headings alone. */
export type PutRows = (table: string, rows: readonly EvidenceRow[]) => Promise<void>;

const LINE = ['line_id', 'plan', 'position', 'message_id', 'edition', 'threshold', 'places', 'rule'];

/** The lines of issued plans that have something to do with the place: drafts and other communes' plans are not its own. */
const linesOfPlace = async ({ tx }: Context, placeId: string): Promise<Line[]> => {
  const lines = (await linesIssued(tx)).filter(({ planState }) => planState === 'issued');
  const places = [...new Set(lines.flatMap(({ placeIds }) => placeIds))];
  const related = new Set(await relatedPlaces(tx, [placeId], places));
  return lines.filter(({ placeIds }) => placeIds.some((each) => related.has(each)));
};

/**
 * Writes out what the rates of a place rest on (places, subjects, facts, contacts, exposures, plan lines in force), so that
 * they can be counted again by somebody else; what is not in it is said at `evidenceTables`. A right of its own, written to the audit with its numbers of rows.
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
    for (const { name, headings, page } of evidenceTables(await placesOf(ctx.tx, placeId, ctx.today))) {
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
    const lines = await linesOfPlace(ctx, placeId);
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
