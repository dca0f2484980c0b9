import type { Receiver } from '../../../channels/contract.ts';
import { type Execute, systemActor } from '../../../platform/command.ts';
import { recordInbound } from './record-inbound.ts';
import { recordReceipts } from './record-receipts.ts';

/** Where channels bring what comes from outside; resolves once it is committed. */
export const createReceiver = (execute: Execute): Receiver => ({
  receipts: async (provider, receipts) => {
    await execute(recordReceipts, systemActor, { provider, receipts: [...receipts] });
  },
  inbound: async (provider, messages) => {
    await execute(recordInbound, systemActor, { provider, messages: [...messages] });
  },
});
