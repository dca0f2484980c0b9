import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../../platform/list.ts';
import { coveredPlaces } from '../../territory/index.ts';
import { waysToRefuse } from './refusal.ts';
import { placesOfRefused } from './store.ts';
import { listRefusalRows, refusalSorts } from './store-list.ts';

const filters = z.object({
  /** Only this one. */
  refusalId: z.uuid({ error: 'refusal' }).nullish(),
  /** Part of the number, of what was said, or of the name of whose it is. */
  text: z.string().max(100).nullish(),
  /** Only numbers of somebody in this place. */
  placeId: z.uuid().nullish(),
  how: z.enum(waysToRefuse).nullish(),
  /** Also those that may be contacted again. */
  lifted: z.boolean().default(false),
  ...orderInput(refusalSorts),
});

const found = async (
  ctx: Context,
  asked: z.output<typeof filters> & { readonly limit: number; readonly offset: number },
) => {
  const { refusalId = null, text = null, how = null, placeId, ...query } = asked;
  const { tx, areas, today, actor } = ctx;
  const places = areas || placeId ? await placesOfRefused(tx) : [];
  const placeIds = areas && [...(await coveredPlaces(tx, areas, places, today))];
  // Of what is shown, not beside it: another commune's place holds nobody of one's own.
  const within = placeId ? [...(await coveredPlaces(tx, [placeId], placeIds ?? places, today))] : null;
  return listRefusalRows(tx, { ...query, refusalId, text, how, placeIds, within, notedBy: actor.userId });
};

/**
 * Numbers that want no messages and calls, newest first unless asked otherwise: those in one's own areas, each with whose it
 * is there, and those one noted oneself. Numbers of people, so the look is written to the audit.
 */
export const listRefusals = read({
  name: 'registry.list-refusals',
  input: filters.extend(pageInput(200)),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: found,
  sensitive: (_, { rows }) => (rows.length > 0 ? { numbers: rows.length } : undefined),
});

/** The same numbers to be taken along as a file; the audit knows how many left the house. */
export const exportRefusals = read({
  name: 'registry.export-refusals',
  input: filters,
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) => found(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: ({ placeId }, { rows }) => ({ placeId: placeId ?? null, rows: rows.length }),
});
