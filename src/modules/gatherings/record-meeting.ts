import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { listFields, recordByList, wholeNumber } from '../delivery/index.ts';

/**
 * A village meeting by its list of attendance: present by name = heard in person; answered the check question rightly =
 * understood as well; registered or pledged = acted. How many people came is a number of the meeting, no evidence.
 */
export const recordMeeting = command({
  name: 'gatherings.record-meeting',
  input: z.object({ ...listFields, people: wholeNumber(100_000) }),
  allow: ['officer', 'agent'],
  area: async (_, { villageId }) => [villageId],
  run: (ctx, { people, ...input }) =>
    recordByList(ctx, input, { kind: 'meeting', stage: 3, details: people ? { people } : {} }),
  audit: ({ lineId, villageId, happenedOn }, { activityId, rows, committed }) => ({
    ...{ activityId, lineId, villageId, happenedOn, households: rows, committed },
  }),
});
