import type { Log } from '../platform/log.ts';
import type { Receipt, Receiver } from './contract.ts';
import { type Gather, openGather } from './gather.ts';
import type { ReceiptSettings } from './http-settings.ts';
import { type Arrived, isProved, readReceipts } from './webhook-read.ts';

interface Expected {
  readonly provider: string;
  readonly receipts: ReceiptSettings | null;
}

/** Takes in what a provider sends to our address, and says with which HTTP status it is answered. */
export type TakeReceipts = (provider: string, arrived: Arrived) => Promise<{ readonly status: number }>;

interface Door {
  readonly settings: ReceiptSettings;
  readonly gather: Gather<Receipt>;
  forged: number;
}

/** The first, the tenth, the hundredth: whoever guesses on and on does not fill the log. */
const isTold = (count: number): boolean => /^10*$/u.test(String(count));

/**
 * Receipts by HTTP. 200: all of it is kept for good; 400: not all of it can be read; 403: whoever sent it does not know the
 * secret; 404: no such provider; 503: could not be kept now. After anything but 200 the provider may send it again.
 * @param read who may send receipts; asked once, at the first request, and again as long as it fails
 */
export const openWebhooks = (read: () => Promise<readonly Expected[]>, receiver: Receiver, log: Log): TakeReceipts => {
  let opened: Promise<ReadonlyMap<string, Door>> | undefined;
  const open = async () => {
    const doors = new Map<string, Door>();
    for (const { provider, receipts: settings } of await read()) {
      const gather = openGather<Receipt>((batch) => receiver.receipts(provider, batch), log);
      if (settings) doors.set(provider, { settings, gather, forged: 0 });
    }
    return doors;
  };
  const doors = async () => {
    opened ??= open();
    try {
      return await opened;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  const kept = ({ gather }: Door, receipts: readonly Receipt[]): Promise<boolean> =>
    Promise.all(receipts.map((receipt) => new Promise<boolean>((answer) => gather.add(receipt, answer)))).then((each) =>
      each.every(Boolean),
    );

  return async (provider, arrived) => {
    let door: Door | undefined;
    try {
      door = (await doors()).get(provider);
    } catch (err) {
      log.error({ err }, 'receipts cannot be taken: the channels file cannot be read');
      return { status: 503 };
    }
    if (!door) return { status: 404 };
    if (!isProved(door.settings, arrived)) {
      door.forged += 1;
      if (isTold(door.forged)) log.warn({ provider, forged: door.forged }, 'a receipt that is not of the provider');
      return { status: 403 };
    }
    const { receipts, unread } = readReceipts(door.settings, arrived);
    if (!(await kept(door, receipts))) return { status: 503 };
    if (unread === null) return { status: 200 };
    log.warn({ provider, why: unread }, 'a receipt that cannot be read');
    return { status: 400 };
  };
};
