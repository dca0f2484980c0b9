import { isIP } from 'node:net';
import smpp, { type Fields, type Pdu, type Session } from 'smpp';
import type { Log } from '../platform/log.ts';
import type { RefusalCode } from './contract.ts';
import { isLoopback } from './loopback.ts';
import { refOf } from './smpp-deliver.ts';
import { SIMULATOR_NAME, type SmppSettings } from './smpp-settings.ts';
import { hex, signOnFault, UNKNOWN_COMMAND } from './smpp-statuses.ts';

/** What became of one part. `unwritten`: it never went to the wire. */
export type Answer =
  | { readonly kind: 'accepted'; readonly ref: string }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'uncertain'; readonly detail: string }
  | { readonly kind: 'unwritten' };

/** One connection that is signed on. */
export interface Bound {
  submit(fields: Fields): Promise<Answer>;
  /** Says good-bye and waits a little for the answer. */
  leave(): Promise<void>;
  destroy(): void;
}

export type BindCommand = 'bind_transceiver' | 'bind_transmitter' | 'bind_receiver';

interface SessionEvents {
  /** The provider brings something; it is answered with a status, once it is kept. */
  delivered(pdu: Pdu, answer: (status: number) => void): void;
  /** A connection that was signed on is gone. */
  closed(reason: string): void;
}

export class SignOnFailure extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

const KEEP_ALIVE_MS = 30_000;
const GOOD_BYE_MS = 2_000;

/** A simulator must say so itself and be on this machine, and whoever says so must have been meant as one. */
const peerFault = (settings: SmppSettings, session: Session, name: string): SignOnFailure | undefined => {
  const says = name === SIMULATOR_NAME;
  if (!settings.simulator)
    return says
      ? new SignOnFailure('rejected', 'the other end is a simulator, the settings say it is none')
      : undefined;
  if (!says) return new SignOnFailure('rejected', 'the settings say simulator, the other end does not');
  if (isLoopback(session.socket.remoteAddress)) return undefined;
  return new SignOnFailure('rejected', 'a simulator has to be on this machine');
};

const answerOf = (pdu: Pdu, ids: SmppSettings['receiptIds']): Answer =>
  pdu.command_status === 0 && pdu.command === 'submit_sm_resp'
    ? { kind: 'accepted', ref: refOf(pdu.message_id ?? '', ids, 'acceptance') }
    : { kind: 'refused', status: pdu.command_status };

/** What is said in one go leaves in one packet: a hundred parts are not a hundred packets. */
const together = (session: Session): void => {
  const { socket } = session;
  if (socket.writableCorked > 0) return;
  socket.cork();
  process.nextTick(() => socket.uncork());
};

/** Requests of the provider. What is not understood is answered so, as the protocol wants it. */
const hear = (session: Session, pdu: Pdu, on: SessionEvents, end: (reason: string) => void): void => {
  if (pdu.command === 'deliver_sm') {
    on.delivered(pdu, (status) => {
      together(session);
      session.send(pdu.response({ command_status: status }));
    });
  } else if (pdu.command === 'enquire_link') session.send(pdu.response());
  else if (pdu.command === 'unbind') {
    const left = () => end('the provider took leave');
    if (!session.send(pdu.response(), undefined, left)) left();
  } else if (pdu.command === 'unknown') session.send(pdu.response());
  else if (`${pdu.command}_resp` in smpp.commands) session.send(pdu.response({ command_status: UNKNOWN_COMMAND }));
};

/** Submits parts on a connection, each answered once: by the provider, by the clock, or by the end of the connection. */
const openSubmits = (settings: SmppSettings, session: Session, log: Log) => {
  const open = new Set<(answer: Answer) => void>();
  const submit = (fields: Fields): Promise<Answer> =>
    new Promise((resolve) => {
      const settle = (answer: Answer) => {
        clearTimeout(timer);
        if (open.delete(settle)) resolve(answer);
      };
      const late = () => settle({ kind: 'uncertain', detail: `no answer in ${settings.timeoutSeconds} s` });
      const timer = setTimeout(late, settings.timeoutSeconds * 1_000);
      open.add(settle);
      together(session);
      const written = session.submit_sm(fields, (pdu) => {
        if (!open.has(settle))
          log.warn({ provider: settings.provider, status: hex(pdu.command_status) }, 'an answer that came too late');
        settle(answerOf(pdu, settings.receiptIds));
      });
      if (!written) settle({ kind: 'unwritten' });
    });
  return {
    submit,
    lose: (detail: string) => {
      for (const settle of [...open]) settle({ kind: 'uncertain', detail });
    },
  };
};

/** Asks every half minute whether the other end still answers; without an answer the connection counts as gone. */
const keepAlive = (settings: SmppSettings, session: Session, end: (reason: string) => void) => {
  let silence: NodeJS.Timeout | undefined;
  const beat = setInterval(() => {
    silence ??= setTimeout(() => end('the other end answers no more'), settings.timeoutSeconds * 1_000);
    session.enquire_link({}, () => {
      clearTimeout(silence);
      silence = undefined;
    });
  }, KEEP_ALIVE_MS);
  return () => {
    clearInterval(beat);
    clearTimeout(silence);
  };
};

const signOn = (settings: SmppSettings) => ({
  system_id: settings.systemId,
  password: settings.password,
  system_type: settings.systemType,
  interface_version: 0x34,
});

const goodBye = (session: Session): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, GOOD_BYE_MS);
    const left = () => {
      clearTimeout(timer);
      resolve();
    };
    session.once('close', left);
    if (!session.unbind({}, left)) left();
  });

/**
 * Connects and signs on once.
 * @throws SignOnFailure when the other end cannot be reached, refuses us, or is not who the settings say
 */
export const bind = (
  settings: SmppSettings,
  command: BindCommand,
  on: SessionEvents,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<Bound> =>
  new Promise((resolve, reject) => {
    const { host, port, tls } = settings;
    const session = smpp.connect({ host, port, tls, ...(tls && isIP(host) === 0 ? { servername: host } : {}) });
    // What is said together leaves together (`together`); beyond that nothing waits for the other end's receipt of packets.
    session.socket.setNoDelay(true);
    const submits = openSubmits(settings, session, log);
    let stop = () => {};
    let state: 'signing-on' | 'bound' | 'over' = 'signing-on';
    const fail = (failure: SignOnFailure) => {
      if (state === 'over') return;
      const before = state;
      state = 'over';
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      stop();
      session.destroy();
      submits.lose(failure.message);
      if (before === 'bound') on.closed(failure.message);
      else reject(failure);
    };
    const end = (reason: string) => fail(new SignOnFailure('unreachable', reason));
    const leave = () => end('closed');
    const timer = setTimeout(() => end('no answer to our sign-on'), settings.timeoutSeconds * 1_000);
    const signedOn = (answer: Pdu) => {
      if (state !== 'signing-on') return;
      const status = answer.command_status;
      if (status !== 0) return fail(new SignOnFailure(signOnFault(status), hex(status)));
      const fault = peerFault(settings, session, answer.system_id ?? '');
      if (fault) return fail(fault);
      clearTimeout(timer);
      state = 'bound';
      stop = keepAlive(settings, session, end);
      resolve({
        submit: (fields) => (state === 'bound' ? submits.submit(fields) : Promise.resolve({ kind: 'unwritten' })),
        leave: () => goodBye(session),
        destroy: leave,
      });
    };
    session.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    session.on('close', () => end('the connection broke off'));
    session.on(tls ? 'secureConnect' : 'connect', () => session[command](signOn(settings), signedOn));
    session.on('pdu', (pdu: Pdu) => {
      if (!pdu.isResponse()) hear(session, pdu, on, end);
    });
    signal.addEventListener('abort', leave);
  });
