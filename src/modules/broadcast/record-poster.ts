import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { areaFields, recordForVillages, wholeNumber } from '../delivery/index.ts';

/** What was put up as posters or panels in villages. */
export const recordPoster = command({
  name: 'broadcast.record-poster',
  input: z.object({ ...areaFields, copies: wholeNumber(10_000) }),
  allow: ['officer', 'agent'],
  area: async (_, { villageIds }) => villageIds,
  run: (ctx, { copies, ...input }) => recordForVillages(ctx, input, 'poster', copies ? { copies } : {}),
  audit: ({ lineId, villageIds, happenedOn }, { activityId, committed }) => ({
    ...{ activityId, lineId, places: villageIds, happenedOn, committed },
  }),
});
