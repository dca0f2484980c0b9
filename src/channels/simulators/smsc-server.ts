import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import { z } from 'zod';
import { systemClock } from '../../platform/clock.ts';
import { senderOf } from '../smpp-deliver.ts';
import { type Fate, fateOf, type Profile, THROTTLED } from './smsc-behaviour.ts';
import { type Left, RUN_LETTERS, type SmscLog } from './smsc-log.ts';
import { type Outbox, openOutbox } from './smsc-outbox.ts';
import { openTick, type Tick } from './smsc-tick.ts';

export interface SmscSettings {
  /** 0 = any that is free. */
  readonly port: number;
  /** As which it signs on. */
  readonly name: string;
  /** Undefined: everybody may sign on. */
  readonly password: string | undefined;
  readonly profile: Profile;
  readonly receiptDelayMs: number;
}

/** What may be asked of it while it runs. */
export const orderSchema = z.union([
  z.strictObject({ inbound: z.strictObject({ from: z.string(), to: z.string(), text: z.string() }) }),
  /** Breaks off all connections. */
  z.strictObject({ drop: z.literal(true) }),
  /** Takes connections, but hears and says nothing. */
  z.strictObject({ deaf: z.boolean() }),
  /** Refuses every submit as too fast. */
  z.strictObject({ throttle: z.boolean() }),
]);

export type Order = z.infer<typeof orderSchema>;

const WRONG_PASSWORD = 0x0e;
const NOT_SIGNED_ON = 0x04;
const UNKNOWN_COMMAND = 0x03;

/** The part as the log tells it. */
const partIn = (pdu: Pdu) => {
  const { message = '', udh = [] } = pdu.short_message ?? {};
  const chain = udh.find((element) => element[0] === 0 && element.length >= 5);
  return {
    to: senderOf(pdu.destination_addr ?? '', 1),
    from: pdu.source_addr ?? '',
    text: typeof message === 'string' ? message : message.toString('hex'),
    part: chain?.[4] ?? 1,
    of: chain?.[3] ?? 1,
    group: chain?.[2] ?? null,
    dataCoding: pdu.data_coding ?? 0,
    at: systemClock.now().toISOString(),
  };
};

/** A beginning of names that no earlier run used. */
const newRun = (used: ReadonlySet<string>): string => {
  for (;;) {
    const run = randomBytes(RUN_LETTERS / 2)
      .toString('hex')
      .toUpperCase();
    if (!used.has(run)) return run;
  }
};

const namesOf = (run: string) => {
  let counter = 0;
  return (): string => {
    counter += 1;
    return run + counter.toString(16).toUpperCase().padStart(8, '0');
  };
};

/** Whatever is neither a sign-on nor a part from somebody who signed on. */
const answerOther = (session: Session, pdu: Pdu): void => {
  if (pdu.command === 'submit_sm') session.send(pdu.response({ command_status: NOT_SIGNED_ON }));
  else if (pdu.command === 'enquire_link') session.send(pdu.response());
  else if (pdu.command === 'unbind') session.send(pdu.response(), undefined, () => session.close());
  else if (pdu.command === 'unknown' || `${pdu.command}_resp` in smpp.commands)
    session.send(pdu.response({ command_status: UNKNOWN_COMMAND }));
};

/** What becomes of the parts that are handed over. */
const openTaking = (profile: Profile, receiptDelayMs: number, nextRef: () => string, tick: Tick, outbox: Outbox) => {
  const tries = new Map<string, number>();
  let throttle = false;
  const fate = (to: string): Fate => {
    if (throttle) return { status: THROTTLED, stat: null, early: false };
    const times = (tries.get(to) ?? 0) + 1;
    tries.set(to, times);
    return fateOf(profile, to, times);
  };
  return {
    throttle: (on: boolean) => {
      throttle = on;
    },
    take: (session: Session, pdu: Pdu) => {
      const part = partIn(pdu);
      const { status, stat, early } = fate(part.to);
      if (status) {
        tick.write({ event: 'refused', status, ...part });
        tick.say(session, () => session.send(pdu.response({ command_status: status })));
        return;
      }
      const ref = nextRef();
      const receipt = (pdu.registered_delivery ?? 0) & 1 ? stat : null;
      tick.write({ event: 'submit', ref, ...part, receipt });
      const owed = receipt && ({ kind: 'receipt', ref, stat: receipt, to: part.to, from: part.from } as const);
      if (owed && early) outbox.putFirst(owed);
      if (status === 0) tick.say(session, () => session.send(pdu.response({ message_id: ref })));
      if (owed && !early) outbox.put(owed, receiptDelayMs);
    },
  };
};

/** An SMSC on loopback: accepts, refuses, keeps silent and sends receipts by the profile, and logs all of it. */
export const openSmsc = async (settings: SmscSettings, left: Left, log: SmscLog) => {
  const tick = openTick(log);
  const outbox = openOutbox(tick);
  const nextRef = namesOf(newRun(left.runs));
  const taking = openTaking(settings.profile, settings.receiptDelayMs, nextRef, tick, outbox);
  const sessions = new Set<Session>();
  const senders = new Set<Session>();
  let deaf = false;
  const signOn = (session: Session, pdu: Pdu) => {
    if (settings.password !== undefined && pdu.password !== settings.password) {
      session.send(pdu.response({ command_status: WRONG_PASSWORD }));
      return;
    }
    session.send(pdu.response({ system_id: settings.name }));
    if (pdu.command !== 'bind_receiver') senders.add(session);
    if (pdu.command !== 'bind_transmitter') outbox.join(session);
  };
  const hear = (session: Session, pdu: Pdu) => {
    if (deaf || pdu.isResponse()) return;
    if (pdu.command.startsWith('bind_')) signOn(session, pdu);
    else if (pdu.command === 'submit_sm' && senders.has(session)) taking.take(session, pdu);
    else answerOther(session, pdu);
  };
  const server = smpp.createServer({}, (session) => {
    sessions.add(session);
    session.on('pdu', (pdu: Pdu) => hear(session, pdu));
    session.on('error', () => session.destroy());
    session.on('close', () => {
      sessions.delete(session);
      senders.delete(session);
      outbox.leave(session);
    });
  });
  for (const owed of left.owed) outbox.put(owed, 0);
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    obey: (order: Order) => {
      if ('inbound' in order) outbox.put({ kind: 'inbound', id: nextRef(), ...order.inbound }, 0);
      else if ('drop' in order) for (const session of [...sessions]) session.destroy();
      else if ('deaf' in order) deaf = order.deaf;
      else taking.throttle(order.throttle);
    },
  };
};
