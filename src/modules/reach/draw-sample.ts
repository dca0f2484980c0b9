import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { namesOn } from '../territory/index.ts';
import { contactsOfActivity, sampleOfActivity } from './store-looks.ts';

/**
 * Some households of an activity to be called back and asked whether it was so, drawn by chance and drawn the same again:
 * in the order of SHA-256 (activity id:seed:subject id). With phones, so the look is written to the audit.
 */
export const drawSample = read({
  name: 'reach.draw-sample',
  input: z.object({
    activityId: z.uuid({ error: 'activity' }),
    count: z.number().int().min(1).max(200).default(10),
    /** Another seed, another sample; the activity's id when none is given. */
    seed: z.string().min(1).max(100).nullish(),
  }),
  allow: ['officer', 'leader'],
  area: async ({ tx }, { activityId }) => {
    const places = (await contactsOfActivity(tx, activityId)).flatMap(({ villageId }) =>
      villageId ? [villageId] : [],
    );
    if (places.length === 0) throw notFound('activity');
    return [...new Set(places)];
  },
  run: async ({ tx, today }, { activityId, count, seed }) => {
    const used = seed ?? activityId;
    const { rows, total } = await sampleOfActivity(tx, { activityId, seed: used, count, today });
    if (total === 0) throw notFound('activity');
    const names = await namesOn(
      tx,
      rows.flatMap(({ villageId }) => (villageId ? [villageId] : [])),
      today,
    );
    return {
      seed: used,
      /** Drawn by a seed that somebody chose: it may have been tried until it pleased. */
      chosen: used !== activityId,
      total,
      rows: rows.map((row) => ({ ...row, village: row.villageId ? (names.get(row.villageId) ?? '') : '' })),
    };
  },
  sensitive: ({ activityId, seed }, { rows }) => ({ activityId, seed: seed ?? activityId, households: rows.length }),
});
