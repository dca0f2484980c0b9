import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { areaFields, recordForVillages, wholeNumber } from '../delivery/index.ts';

/** What was played through the loudspeakers of villages on a day, and how often. */
export const recordLoudspeaker = command({
  name: 'broadcast.record-loudspeaker',
  input: z.object({ ...areaFields, times: wholeNumber(100) }),
  allow: ['officer', 'agent'],
  area: async (_, { villageIds }) => villageIds,
  run: (ctx, { times, ...input }) => recordForVillages(ctx, input, 'loudspeaker', times ? { times } : {}),
  audit: ({ lineId, villageIds, happenedOn }, { activityId, committed }) => ({
    ...{ activityId, lineId, places: villageIds, happenedOn, committed },
  }),
});
