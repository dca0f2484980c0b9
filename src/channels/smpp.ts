import { randomInt } from 'node:crypto';
import type { Pdu } from 'smpp';
import type { Log } from '../platform/log.ts';
import { isSyntheticPhone } from '../shared/synthetic.ts';
import type { Channel, Inbound, Outgoing, Receipt, Receiver, SendOutcome } from './contract.ts';
import { openGather } from './gather.ts';
import { openJoiner } from './join-pieces.ts';
import { openPace } from './pace.ts';
import { readDelivered } from './smpp-deliver.ts';
import { openLink } from './smpp-link.ts';
import { notConnected, openSender } from './smpp-send.ts';
import type { SmppSettings } from './smpp-settings.ts';
import { NOT_KEPT, UNREADABLE } from './smpp-statuses.ts';

/** Receipts and messages of a provider: kept by the receiver first, answered afterwards. */
const openIntake = (settings: SmppSettings, receiver: Receiver, log: Log) => {
  const { provider, receiptIds } = settings;
  const receipts = openGather<Receipt>((batch) => receiver.receipts(provider, batch), log);
  const messages = openGather<Inbound>((batch) => receiver.inbound(provider, batch), log);
  const joiner = openJoiner(({ from, text }, answer) => messages.add({ from, text }, answer));
  const read = (pdu: Pdu) => {
    try {
      return readDelivered(pdu, receiptIds);
    } catch (err) {
      log.error({ err, provider }, 'something the provider brought cannot be read');
      return undefined;
    }
  };
  return {
    take: (pdu: Pdu, answer: (status: number) => void) => {
      const found = read(pdu);
      const done = (kept: boolean) => answer(kept ? 0 : NOT_KEPT);
      if (!found) answer(UNREADABLE);
      else if (found.kind === 'receipt') receipts.add(found.receipt, done);
      else if (found.kind === 'piece') joiner.take(found.piece, done);
      else {
        log.debug({ provider, why: found.why }, 'nothing to keep');
        answer(0);
      }
    },
    drain: async () => {
      joiner.flush();
      await Promise.all([receipts.drain(), messages.drain()]);
    },
  };
};

/** An invented number goes to simulators only, and to a simulator goes nothing else: whatever was decided further up. */
const isMeantFor = (settings: SmppSettings, message: Outgoing): boolean =>
  isSyntheticPhone(message.to) === settings.simulator;

/**
 * A provider that speaks SMPP 3.4 (we are the ESME). Connects in the background, and again whenever the connection is
 * lost; meanwhile `send` refuses at once.
 */
export const openSmpp = (settings: SmppSettings, receiver: Receiver, log: Log): Channel => {
  const intake = openIntake(settings, receiver, log);
  const pace = openPace(settings);
  const link = openLink(settings, { delivered: intake.take, dropped: pace.shut }, log);
  const sendOne = openSender(settings, link, pace, randomInt(256));
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  const answer = async (message: Outgoing, until: number): Promise<SendOutcome> => {
    const { deliveryId } = message;
    if (!isMeantFor(settings, message)) return { deliveryId, kind: 'refused', code: 'synthetic', retry: false };
    if (closed || !link.state().connected) return notConnected(link, deliveryId);
    return sendOne(message, until).catch((error: unknown) => {
      log.error({ err: error, provider: settings.provider }, 'a message whose outcome nobody knows');
      return { deliveryId, kind: 'uncertain', detail: String(error) };
    });
  };
  const close = async () => {
    await Promise.allSettled([...underWay]);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, settings.timeoutSeconds * 1_000);
    });
    await Promise.race([intake.drain(), enough]);
    clearTimeout(timer);
    await link.close();
  };
  return {
    provider: settings.provider,
    kind: 'sms',
    simulator: settings.simulator,
    pricePerPart: settings.pricePerPart,
    answerable: settings.answerable,
    state: link.state,
    send: (batch) => {
      const parts = batch.reduce((sum, message) => sum + message.parts.length, 0);
      const until = performance.now() + settings.timeoutSeconds * 1_000 + pace.takes(parts);
      const sending = Promise.all(batch.map((message) => answer(message, until)));
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};
