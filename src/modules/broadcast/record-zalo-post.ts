import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { areaFields, recordForVillages, wholeNumber } from '../delivery/index.ts';

/** What was posted in the Zalo groups of villages, and how many are in them. */
export const recordZaloPost = command({
  name: 'broadcast.record-zalo-post',
  input: z.object({ ...areaFields, members: wholeNumber(100_000) }),
  allow: ['officer', 'agent'],
  area: async (_, { villageIds }) => villageIds,
  run: (ctx, { members, ...input }) => recordForVillages(ctx, input, 'zalo', members ? { members } : {}),
  audit: ({ lineId, villageIds, happenedOn }, { activityId, committed }) => ({
    ...{ activityId, lineId, places: villageIds, happenedOn, committed },
  }),
});
