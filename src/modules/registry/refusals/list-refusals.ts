import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { coveredPlaces } from '../../territory/index.ts';
import { listRefusalRows, placesOfRefused } from './store.ts';

/**
 * Numbers that want no messages and calls, newest first: those in one's own areas, each with whose it is there, and those
 * one noted oneself. Numbers of people, so the look is written to the audit.
 */
export const listRefusals = read({
  name: 'registry.list-refusals',
  input: z.object({
    /** Only this one. */
    refusalId: z.uuid({ error: 'refusal' }).nullish(),
    /** Also those that may be contacted again. */
    lifted: z.boolean().default(false),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: async ({ tx, areas, actor, today }, { refusalId = null, ...query }) => {
    const placeIds = areas && [...(await coveredPlaces(tx, areas, await placesOfRefused(tx), today))];
    return listRefusalRows(tx, { ...query, refusalId, placeIds, notedBy: actor.userId });
  },
  sensitive: (_, { rows }) => (rows.length > 0 ? { numbers: rows.length } : undefined),
});
