import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Channel, MailChannel } from '../../../channels/contract.ts';
import { type Execute, systemActor } from '../../../platform/command.ts';
import type { Log } from '../../../platform/log.ts';
import { LANES, type SentBy } from './dispatch.ts';
import { carriers, handOver } from './hand-over.ts';
import { type Done, nextBatch } from './next-batch.ts';
import { applyLateReceipts } from './record-receipts.ts';
import type { ClaimedBatch, Open } from './store-claim.ts';
import { signOn } from './store-workers.ts';
import { sweepDispatches } from './sweep-dispatches.ts';
import { workWaiting } from './work-waiting.ts';

export interface SenderParts {
  readonly execute: Execute;
  readonly pool: pg.Pool;
  /** In the order in which they are tried. */
  readonly channels: readonly (Channel | MailChannel)[];
  /** Where whoever gets a mail says that they want no more; undefined = the sender's own address. */
  readonly unsubscribe?: (deliveryId: string) => string;
  readonly log: Log;
}

export interface Sender {
  /** Works until nothing is due (what waits for another try, for morning or for a receipt is not). */
  drain(): Promise<void>;
  /** Works on its own from now on, until `stop`. */
  start(): void;
  /** Ends what is in hand and lets go; nothing is claimed after this was called. */
  stop(): Promise<void>;
}

const IDLE_MS = 500;
/** How long receipts that came before their delivery may wait while batches go out, unless so many wait. */
const LATE_RECEIPTS_MS = 500;
const MANY_LATE = 100;

/**
 * The worker of sendings. Claims a batch (committed as `sending`), hands it to a provider with no transaction open, writes
 * down what became of it as it claims the next; `LANES` of them at a time. It holds a number by a lock of its own connection: when it ends in the
 * middle, however, others see that what it held is nobody's any more.
 */
export const createSender = async ({ execute, pool, channels, log, unsubscribe }: SenderParts): Promise<Sender> => {
  let worker = await signOn(pool);
  let ending = false;
  /** Whether a claim was committed, nobody knows: its answer was lost. What it may hold is let go with the number. */
  let doubtful = false;
  let loop: Promise<void> | undefined;

  /** By each channel that has a connection, the provider that is tried first. */
  const openNow = (): Open => {
    const open = channels.filter((channel) => channel.state().connected);
    const first = (kind: SentBy) => open.find((channel) => channel.kind === kind)?.provider;
    const [sms, email] = [first('sms'), first('email')];
    return { ...(sms && { sms }), ...(email && { email }) };
  };

  /**
   * Writes down and takes the next, if there is to be one. What became of a batch is known to this process alone, so that
   * is tried however long the database is away.
   */
  const step = async (done: Done | null): Promise<ClaimedBatch | null> => {
    for (let tries = 1; ; tries += 1) {
      const now = openNow();
      const open = ending || doubtful || worker.lost() || Object.keys(now).length === 0 ? null : now;
      if (!done && open === null) return null;
      try {
        return await execute(nextBatch, systemActor, { worker: worker.no, open, done });
      } catch (error) {
        doubtful ||= open !== null;
        log.error({ error: String(error), batchId: done?.batchId, tries }, 'batch not written down yet');
        if (!done || (ending && tries >= 5)) throw error;
        await sleep(Math.min(5_000, 200 * tries));
      }
    }
  };

  const sendInLane = async (): Promise<void> => {
    let claimed = await step(null);
    while (claimed) {
      const { batchId, dispatchId, channel, rows } = claimed;
      claimed = await step(
        rows.length > 0
          ? { batchId, dispatchId, outcomes: await handOver(carriers(channels, channel, unsubscribe), rows) }
          : null,
      );
    }
  };

  /** While one lane hands over, the other writes down: neither the provider nor the database waits for the other. */
  const sendAll = async (): Promise<void> => {
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, sendInLane));
    for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  };

  const receiptsWhile = async (busy: Promise<unknown>): Promise<void> => {
    let over = false;
    const end = () => {
      over = true;
    };
    busy.then(end, end);
    while (!over) {
      try {
        const { receipts } = await execute(workWaiting, systemActor, { channels: [] });
        if (receipts && (await execute(applyLateReceipts, systemActor, {})).applied >= MANY_LATE) continue;
      } catch (error) {
        // Batches go on meanwhile, and would go out twice as many at once were they left to themselves.
        log.error({ error: String(error) }, 'late receipts');
      }
      await sleep(LATE_RECEIPTS_MS);
    }
  };

  /** @returns false when nothing was to be done */
  const round = async (): Promise<boolean> => {
    if (doubtful || worker.lost()) {
      await worker.end();
      worker = await signOn(pool);
      doubtful = false;
    }
    const waits = await execute(workWaiting, systemActor, { channels: Object.keys(openNow()) as SentBy[] });
    if (waits.orphans || waits.overdue) await execute(sweepDispatches, systemActor, {});
    if (waits.batches) {
      const sending = sendAll();
      await Promise.all([sending, receiptsWhile(sending)]);
      return true;
    }
    if (waits.receipts) return (await execute(applyLateReceipts, systemActor, {})).applied > 0;
    return false;
  };

  const work = async (): Promise<void> => {
    while (!ending) {
      try {
        if (await round()) continue;
      } catch (error) {
        log.error({ error: String(error) }, 'sending');
      }
      await sleep(IDLE_MS);
    }
  };

  return {
    drain: async () => {
      while (!ending && (await round()));
    },
    start: () => {
      loop ??= work();
    },
    stop: async () => {
      ending = true;
      await loop;
      await worker.end();
    },
  };
};
