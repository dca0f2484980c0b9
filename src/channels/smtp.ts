import type { Log } from '../platform/log.ts';
import { isSyntheticEmail } from '../shared/synthetic.ts';
import type { MailChannel, OutgoingMail, RefusalCode, SendOutcome } from './contract.ts';
import { openPace, type Pace } from './pace.ts';
import { openPresence, type Presence } from './presence.ts';
import { ConnectFailure } from './smtp-connect.ts';
import { isAddress, letterOf, messageId } from './smtp-letter.ts';
import { type Handed, type Letter, type MailSession, openMailSession, TOO_LONG } from './smtp-session.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** Replies to RCPT that are about the address (RFC 5321, 4.2.3). */
const ABOUT_ADDRESS = new Set([550, 551, 553]);
const ABOUT_SIGN_ON = new Set([530, 534, 535, 538]);

/** What a refusal of the server means to us. */
const refusalOf = ({ status, command }: Extract<Handed, { kind: 'refused' }>): [code: RefusalCode, retry: boolean] => {
  if (status < 500) return ['throttled', true];
  if (ABOUT_SIGN_ON.has(status)) return ['sign-on', true];
  if (command === 'RCPT TO' && ABOUT_ADDRESS.has(status)) return ['bad-address', false];
  if (command !== 'RCPT TO' && status === TOO_LONG) return ['content', false];
  if (command === 'MAIL FROM' && ABOUT_ADDRESS.has(status)) return ['sender', false];
  return ['rejected', false];
};

/** Connections that are kept, to be used again. */
const openPool = (settings: SmtpSettings) => {
  let idle: MailSession[] = [];
  let closed = false;
  return {
    /** One that waits; undefined when none does. */
    waiting: (): MailSession | undefined => {
      idle = idle.filter((session) => session.alive());
      return idle.pop();
    },
    open: () => openMailSession(settings),
    keep: (session: MailSession) => {
      if (closed || idle.length >= settings.poolSize) session.leave();
      else if (session.alive()) idle.push(session);
    },
    close: () => {
      closed = true;
      for (const session of idle) session.leave();
    },
  };
};

type Pool = ReturnType<typeof openPool>;

const faultIn = (error: unknown) =>
  error instanceof ConnectFailure
    ? { code: error.code, detail: error.message }
    : { code: 'unreachable' as const, detail: String(error) };

/** Whether it is there and lets us in. */
const greet = async (pool: Pool) => {
  try {
    const waiting = pool.waiting();
    if (waiting && (await waiting.answers())) pool.keep(waiting);
    else {
      waiting?.leave();
      pool.keep(await pool.open());
    }
    return null;
  } catch (error) {
    return faultIn(error);
  }
};

/** On a connection that waited; where that one is gone before the text was asked for, on a new one. */
const hand = async (pool: Pool, letter: Letter): Promise<Handed> => {
  const on = async (session: MailSession): Promise<Handed> => {
    const handed = await session.hand(letter);
    // After a refusal the next would begin in the middle of this one.
    if (handed.kind === 'accepted') pool.keep(session);
    else session.leave();
    return handed;
  };
  const waiting = pool.waiting();
  const first = waiting ? await on(waiting) : undefined;
  return first && first.kind !== 'unwritten' ? first : on(await pool.open());
};

interface Wire {
  readonly settings: SmtpSettings;
  readonly pool: Pool;
  readonly presence: Presence;
  readonly pace: Pace;
}

const outcomeOf = ({ settings, presence }: Wire, deliveryId: string, handed: Handed): SendOutcome => {
  if (handed.kind === 'accepted') return { deliveryId, kind: 'accepted', refs: [messageId(settings, deliveryId)] };
  const { detail } = handed;
  if (handed.kind === 'refused') {
    const [code, retry] = refusalOf(handed);
    return { deliveryId, kind: 'refused', code, retry, detail };
  }
  if (handed.kind === 'unwritten' || handed.broke) presence.lost({ code: 'unreachable', detail });
  if (handed.kind === 'lost') return { deliveryId, kind: 'uncertain', detail };
  return { deliveryId, kind: 'refused', code: 'unreachable', retry: true, detail };
};

/** Hands over one message, once. @param until moment on the clock of `performance.now()` by which its turn has to come */
const sendOne = async (wire: Wire, mail: OutgoingMail, until: number): Promise<SendOutcome> => {
  const { settings, pool, presence, pace } = wire;
  const { deliveryId } = mail;
  const refused = (code: RefusalCode, retry: boolean, detail = ''): SendOutcome => ({
    ...{ deliveryId, kind: 'refused', code, retry },
    ...(detail ? { detail } : {}),
  });
  if (!isAddress(mail.to)) return refused('bad-address', false);
  // An invented address goes to simulators only, and to a simulator goes nothing else: whatever was decided further up.
  if (isSyntheticEmail(mail.to) !== settings.simulator) return refused('synthetic', false);
  const away = () => {
    const { fault } = presence.state();
    return refused(fault?.code ?? 'unreachable', true, fault?.detail);
  };
  if (!presence.state().connected) return away();
  const letter = await letterOf(settings, mail).catch(() => undefined);
  if (!letter) return refused('content', false);
  const turn = await pace.enter(until);
  if (turn === 'shut') return away();
  if (turn === 'late') return refused('throttled', true, 'its turn did not come in time');
  try {
    return outcomeOf(wire, deliveryId, await hand(pool, letter));
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error;
    presence.lost(faultIn(error));
    return refused(error.code, true, error.message);
  } finally {
    pace.leave();
  }
};

/** A mail server that takes what we send. What comes back undeliverable comes back by mail. */
export const openSmtp = (settings: SmtpSettings, log: Log): MailChannel => {
  const { provider, checkSeconds } = settings;
  const pool = openPool(settings);
  const pace = openPace({ window: settings.poolSize, perSecond: settings.perSecond });
  const presence = openPresence({ provider, checkSeconds, greet: () => greet(pool), dropped: pace.shut }, log);
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  const answer = async (mail: OutgoingMail, until: number): Promise<SendOutcome> => {
    const { deliveryId } = mail;
    if (closed) return { deliveryId, kind: 'refused', code: 'unreachable', retry: true };
    return sendOne({ settings, pool, presence, pace }, mail, until).catch((error: unknown) => {
      log.error({ err: error, provider }, 'a message whose outcome nobody knows');
      return { deliveryId, kind: 'uncertain', detail: String(error) };
    });
  };
  const close = async () => {
    await Promise.allSettled([...underWay]);
    presence.close();
    pool.close();
  };
  return {
    provider,
    kind: 'email',
    simulator: settings.simulator,
    returns: settings.bounceDomain !== null,
    state: presence.state,
    send: (batch) => {
      const until = performance.now() + settings.timeoutSeconds * 1_000 + pace.takes(batch.length);
      const sending = Promise.all(batch.map((mail) => answer(mail, until)));
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};
