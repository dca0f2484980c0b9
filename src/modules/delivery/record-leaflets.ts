import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { listFields, recordByList } from './record-list.ts';

/**
 * Leaflets handed over by a list of households of one village. Delivered where somebody in the household reads the
 * leaflet's language; else it could only be seen.
 */
export const recordLeaflets = command({
  name: 'delivery.record-leaflets',
  input: z.object(listFields).omit({ alsoIn: true }),
  allow: ['officer', 'agent'],
  area: async (_, { villageId }) => [villageId],
  run: (ctx, input) => recordByList(ctx, { ...input, alsoIn: [] }, { kind: 'leaflet', stage: 2, details: {} }),
  audit: ({ lineId, villageId, happenedOn }, { activityId, rows, committed }) => ({
    ...{ activityId, lineId, villageId, happenedOn, households: rows, committed },
  }),
});
