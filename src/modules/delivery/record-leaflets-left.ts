import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { wholeNumber } from './evidence.ts';
import { areaFields, recordForVillages } from './record-area.ts';

/** Leaflets left at a place (culture house, shop, health post) of villages: they could be seen there. */
export const recordLeafletsLeft = command({
  name: 'delivery.record-leaflets-left',
  input: z.object({ ...areaFields, copies: wholeNumber(1_000_000) }),
  allow: ['officer', 'agent'],
  area: async (_, { villageIds }) => villageIds,
  run: (ctx, { copies, ...input }) => recordForVillages(ctx, input, 'leaflet-left', copies ? { copies } : {}),
  audit: ({ lineId, villageIds, happenedOn }, { activityId, committed }) => ({
    ...{ activityId, lineId, places: villageIds, happenedOn, committed },
  }),
});
