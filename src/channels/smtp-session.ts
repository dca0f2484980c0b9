import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { ConnectFailure, connectMail } from './smtp-connect.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/**
 * What became of one message on a connection. `unwritten`: the server never asked for its text, so it has nothing. `lost`: the
 * text was on its way and no answer came, because the connection broke off (`broke`) or the time was up.
 */
export type Handed =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly status: number; readonly command: string; readonly detail: string }
  | { readonly kind: 'unwritten'; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string; readonly broke: boolean };

export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
}

/** A connection that is signed on; takes one message at a time. */
export interface MailSession {
  alive(): boolean;
  hand(letter: Letter): Promise<Handed>;
  /** Does it still answer? */
  answers(): Promise<boolean>;
  leave(): void;
}

type Failure = Error & { readonly code?: string; readonly responseCode?: number; readonly command?: string };

const detailOf = (error: Failure): string => (error.responseCode ? `SMTP ${error.responseCode}` : error.message);

const startOf = (settings: SmtpSettings, connection: SMTPConnection): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (error: Failure) =>
      reject(new ConnectFailure(error.code === 'EAUTH' ? 'sign-on' : 'unreachable', detailOf(error)));
    const late = () => {
      reject(new ConnectFailure('unreachable', `no answer in ${settings.timeoutSeconds} s`));
      connection.close();
    };
    const timer = setTimeout(late, settings.timeoutSeconds * 1_000);
    const done = (error?: Failure | null) => {
      clearTimeout(timer);
      if (error) failed(error);
      else resolve();
    };
    connection.on('error', done);
    connection.connect((error?: Failure | null) => {
      if (error || settings.user === null) done(error);
      else connection.login({ user: settings.user, pass: settings.password }, done);
    });
  });

/** Pulled only when the server has asked for the text: from then on it may have the message. */
const textOf = (raw: Buffer, begun: () => void): Readable =>
  new Readable({
    read() {
      begun();
      this.push(raw);
      this.push(null);
    },
  });

/** The reply to a message longer than the server takes (RFC 1870, section 6). */
export const TOO_LONG = 552;

const handedBy = (error: Failure, begun: boolean): Handed => {
  const detail = detailOf(error);
  // The server had said beforehand how long a message may be.
  const tooLong = error.code === 'EMESSAGE' && error.command === 'MAIL FROM';
  const { responseCode: status = tooLong ? TOO_LONG : undefined, command = '' } = error;
  if (status !== undefined && status >= 400) return { kind: 'refused', status, command, detail };
  return begun ? { kind: 'lost', detail, broke: true } : { kind: 'unwritten', detail };
};

const handOn = (connection: SMTPConnection, { from, to, raw }: Letter, timeoutSeconds: number): Promise<Handed> =>
  new Promise((resolve) => {
    let begun = false;
    const text = textOf(raw, () => {
      begun = true;
    });
    const settle = (handed: Handed) => {
      clearTimeout(timer);
      resolve(handed);
    };
    const late = () => {
      const detail = `no answer in ${timeoutSeconds} s`;
      settle(begun ? { kind: 'lost', detail, broke: false } : { kind: 'unwritten', detail });
      connection.close();
    };
    const timer = setTimeout(late, timeoutSeconds * 1_000);
    connection.send({ from, to: [to], size: raw.length }, text, (error: Failure | null) =>
      settle(error ? handedBy(error, begun) : { kind: 'accepted' }),
    );
  });

/**
 * Opens a connection and signs on. The pool of the library is not used: it sends a message again whose connection was lost,
 * and that one may have arrived.
 * @throws ConnectFailure
 */
export const openMailSession = async (settings: SmtpSettings): Promise<MailSession> => {
  const { tls, host, port, timeoutSeconds } = settings;
  const socket = await connectMail(settings);
  const secured = tls === 'implicit';
  const connection = new SMTPConnection({
    ...{ host, port, connection: socket, secure: secured, secured, socketTimeout: 600_000 },
    ...(tls === 'starttls' ? { requireTLS: true } : { ignoreTLS: true }),
  });
  let alive = true;
  connection.on('error', () => {
    alive = false;
  });
  connection.on('end', () => {
    alive = false;
  });
  try {
    await startOf(settings, connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    alive: () => alive,
    hand: (letter) => handOn(connection, letter, timeoutSeconds),
    answers: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), timeoutSeconds * 1_000);
        connection.reset((error?: Failure | null) => {
          clearTimeout(timer);
          resolve(!error);
        });
      }),
    leave: () => {
      alive = false;
      connection.quit();
    },
  };
};
