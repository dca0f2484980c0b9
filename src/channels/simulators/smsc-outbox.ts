import type { Fields, Session } from 'smpp';
import { systemClock } from '../../platform/clock.ts';
import { smsParts } from '../../shared/sms.ts';
import { senderFields, submitFields } from '../smpp-submit.ts';
import { receiptText, STATES } from './smsc-behaviour.ts';
import type { Owed } from './smsc-log.ts';
import type { Tick } from './smsc-tick.ts';

const REFUSED_AGAIN_MS = 1_000;
/** As long as a connection stands, an answer may take this long before the same comes again. */
const SILENT_AGAIN_MS = 10_000;
const MOST_UNDER_WAY = 500;

const destination = (address: string): Fields => {
  const { source_addr_ton, source_addr_npi, source_addr } = senderFields(address);
  return { dest_addr_ton: source_addr_ton, dest_addr_npi: source_addr_npi, destination_addr: source_addr };
};

/** The `deliver_sm` of something owed, one for each part. */
const deliveriesOf = (owed: Owed, reference: number): readonly Fields[] => {
  if (owed.kind === 'receipt') {
    const { ref, stat } = owed;
    const body = receiptText(ref, stat, systemClock.now().toISOString());
    const ends = { ...senderFields(owed.to), ...destination(owed.from) };
    const tlvs = { receipted_message_id: ref, message_state: STATES[stat] };
    return [{ ...ends, esm_class: 4, data_coding: 0, short_message: Buffer.from(body, 'ascii'), ...tlvs }];
  }
  const { from, to, text } = owed;
  const cut = smsParts(text.normalize('NFC'));
  const parts = submitFields({ sender: from, validityHours: 1 }, { deliveryId: '', to, ...cut }, reference) ?? [];
  return parts.map((fields) => ({ ...fields, ...destination(to), validity_period: '', registered_delivery: 0 }));
};

const linesOf = (owed: Owed) =>
  owed.kind === 'receipt'
    ? {
        sent: { event: 'receipt', ref: owed.ref, stat: owed.stat },
        acked: { event: 'receipt-acked', ref: owed.ref },
      }
    : {
        sent: { event: 'inbound', id: owed.id, from: owed.from, to: owed.to, text: owed.text },
        acked: { event: 'inbound-acked', id: owed.id },
      };

/** First in, first out, quick with a hundred thousand. */
const openQueue = <T>() => {
  let [items, head] = [[] as T[], 0];
  return {
    push: (item: T) => {
      items.push(item);
    },
    peek: (): T | undefined => items[head],
    take: (): T | undefined => {
      const item = items[head];
      if (item !== undefined) head += 1;
      if (head > 10_000) [items, head] = [items.slice(head), 0];
      return item;
    },
  };
};

/** What is owed to whoever signed on, until it is answered as kept. */
export interface Outbox {
  /** @param afterMs on its way no sooner than that; 0 = at once */
  put(owed: Owed, afterMs: number): void;
  /** Past all others: before what is said next to this session. */
  putFirst(owed: Owed): void;
  join(session: Session): void;
  leave(session: Session): void;
}

/** What was said to whom and is not answered yet; what stays unanswered for long counts as lost. */
const openUnderWay = (lost: (owed: Owed) => void) => {
  const open = new Map<Session, Map<Owed, NodeJS.Timeout>>();
  let [size, turn] = [0, 0];
  /** False when it was settled before. */
  const settle = (session: Session, owed: Owed): boolean => {
    const own = open.get(session);
    clearTimeout(own?.get(owed));
    const was = own?.delete(owed) ?? false;
    if (was) size -= 1;
    return was;
  };
  return {
    settle,
    size: () => size,
    add: (session: Session, owed: Owed) => {
      const silent = () => {
        if (settle(session, owed)) lost(owed);
      };
      size += 1;
      open.get(session)?.set(owed, setTimeout(silent, SILENT_AGAIN_MS));
    },
    /** The next of those signed on, in turn. */
    next: (): Session | undefined => {
      turn += 1;
      return [...open.keys()][turn % open.size];
    },
    join: (session: Session) => {
      open.set(session, new Map());
    },
    leave: (session: Session) => {
      const left = [...(open.get(session)?.keys() ?? [])];
      for (const owed of left) settle(session, owed);
      open.delete(session);
      for (const owed of left) lost(owed);
    },
  };
};

/** Lets go on what is due, in the order it came: all wait equally long. */
const openDelay = (dueNow: (owed: Owed) => void) => {
  const waiting = openQueue<{ readonly at: number; readonly owed: Owed }>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    timer = undefined;
    for (let first = waiting.peek(); first && first.at <= performance.now(); first = waiting.peek()) {
      waiting.take();
      dueNow(first.owed);
    }
    const first = waiting.peek();
    if (first) timer = setTimeout(look, Math.max(1, first.at - performance.now()));
  };
  return {
    put: (owed: Owed, afterMs: number) => {
      waiting.push({ at: performance.now() + afterMs, owed });
      if (!timer) timer = setTimeout(look, afterMs);
    },
  };
};

export const openOutbox = (tick: Tick): Outbox => {
  const ready = openQueue<Owed>();
  let reference = 0;
  const again = (owed: Owed) => {
    ready.push(owed);
    pump();
  };
  const underWay = openUnderWay(again);
  const delay = openDelay(again);

  const deliver = (session: Session, owed: Owed) => {
    const { sent, acked } = linesOf(owed);
    reference = (reference + 1) & 0xff;
    const parts = deliveriesOf(owed, reference);
    let [left, kept] = [parts.length, true];
    const answered = (status: number) => {
      left -= 1;
      kept &&= status === 0;
      if (left > 0 || !underWay.settle(session, owed)) return;
      if (kept) tick.write(acked);
      else setTimeout(() => again(owed), REFUSED_AGAIN_MS);
      pump();
    };
    underWay.add(session, owed);
    tick.write(sent);
    tick.say(session, () => {
      for (const fields of parts) session.deliver_sm(fields, ({ command_status }) => answered(command_status));
    });
  };
  const pump = () => {
    while (underWay.size() < MOST_UNDER_WAY && ready.peek()) {
      const session = underWay.next();
      if (!session) return;
      deliver(session, ready.take()!);
    }
  };
  return {
    put: (owed, afterMs) => (afterMs > 0 ? delay.put(owed, afterMs) : again(owed)),
    putFirst: (owed) => {
      const session = underWay.next();
      if (session) deliver(session, owed);
      else ready.push(owed);
    },
    join: (session) => {
      underWay.join(session);
      pump();
    },
    leave: underWay.leave,
  };
};
