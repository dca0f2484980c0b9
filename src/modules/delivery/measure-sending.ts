import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { deliveriesByState, receiptsUnmatched, waitingSince } from './store-measure.ts';

const DAY_MILLISECONDS = 86_400_000;

/** How sending stands, in numbers only: for whoever keeps the machine, and asked every few seconds. */
export const measureSending = read({
  name: 'delivery.measure-sending',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async ({ tx, at }) => {
    const { waiting, since } = await waitingSince(tx, at);
    return {
      /** Of sendings that run or were done in the last 24 hours. */
      states: await deliveriesByState(tx, new Date(at.getTime() - DAY_MILLISECONDS)),
      /** Batches that may go out now and were taken by nobody, and for how long the oldest is due. */
      batchesWaiting: waiting,
      oldestWaitingSeconds: since === null ? null : Math.round((at.getTime() - since.getTime()) / 1000),
      /** Receipts for nothing that is known (yet). */
      receiptsUnmatched: await receiptsUnmatched(tx),
    };
  },
});
