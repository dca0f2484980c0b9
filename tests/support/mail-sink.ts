import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { OutgoingMail } from '../../src/channels/contract.ts';
import { SIMULATOR_NAME } from '../../src/channels/smpp-settings.ts';
import { openSmtp } from '../../src/channels/smtp.ts';
import { type SmtpSettings, smtpDefaults } from '../../src/channels/smtp-settings.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Bench, Sink } from './channel-kit.ts';

export interface Mail {
  readonly from: string;
  readonly to: string;
  /** As it came over the wire. */
  readonly raw: string;
}

interface Manner {
  readonly banner?: string;
  readonly password?: string;
  /** Replies to RCPT TO by the name before the `@`; undefined = it is taken. */
  readonly recipient?: (name: string) => number | undefined;
  /** Replies after the text by the name before the `@`; null = never, undefined = it is taken. */
  readonly text?: (name: string) => number | null | undefined;
  readonly size?: number;
}

const nameOf = (address: string): string => address.slice(0, address.indexOf('@'));

const failure = (status: number): Error => Object.assign(new Error('Not this one'), { responseCode: status });

/** A mail server in this process that reaches nobody and keeps what it gets. */
export const openMailSink = async (manner: Manner = {}) => {
  const mails: Mail[] = [];
  let [server, port]: [SMTPServer | undefined, number] = [undefined, 0];
  const make = () =>
    new SMTPServer({
      ...{ banner: manner.banner ?? SIMULATOR_NAME, hideSTARTTLS: true, allowInsecureAuth: true },
      ...{ authOptional: manner.password === undefined, disableReverseLookup: true, logger: false },
      ...(manner.size === undefined ? {} : { size: manner.size }),
      onAuth: ({ username, password }, _, done) =>
        password === manner.password ? done(null, { user: username }) : done(failure(535)),
      onRcptTo: ({ address }, _, done) => {
        const status = manner.recipient?.(nameOf(address));
        done(status === undefined ? null : failure(status));
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = envelope.rcptTo[0]!.address;
          const status = manner.text?.(nameOf(to));
          if (typeof status === 'number') return done(failure(status));
          const from = envelope.mailFrom ? envelope.mailFrom.address : '';
          mails.push({ from, to, raw: Buffer.concat(chunks).toString('utf8') });
          if (status === undefined) done();
        });
      },
    });
  const start = async () => {
    server = make();
    server.on('error', () => {});
    const listening: Server = server.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    port = (listening.address() as AddressInfo).port;
  };
  const drop = () => {
    for (const connection of server!.connections as Set<{ readonly _socket: { destroy(): void } }>)
      connection._socket.destroy();
  };
  await start();
  return {
    mails,
    get port() {
      return port;
    },
    start,
    drop,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server!.close(() => resolve()));
      drop();
      await closed;
    },
  };
};

const smtpTo = (port: number, changes: Partial<SmtpSettings> = {}): SmtpSettings => ({
  ...smtpDefaults,
  ...{ kind: 'smtp', provider: 'thu-dien-tu', host: '127.0.0.1', port, tls: 'none', user: null, password: '' },
  ...{ from: 'xa@xa-mau.invalid', fromName: 'UBND xã Mẫu', replyTo: null, bounceDomain: 'thu.xa-mau.invalid' },
  ...{ perSecond: null, simulator: true },
  ...changes,
});

export const openSmtpTo = (port: number, changes: Partial<SmtpSettings> = {}) =>
  openSmtp(smtpTo(port, changes), silentLog());

let counter = 0;
export const mailTo = (to: string, text = 'Kính gửi đồng chí, mời họp.'): OutgoingMail => {
  counter += 1;
  return { deliveryId: `d${counter}`, to, subject: 'Giấy mời', text };
};

const headerOf = (raw: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'imu').exec(raw)?.[1]?.replace(/\r\n[ \t]/gu, ' ') ?? '';

/** What somebody reads who opens it: header fields, and the text decoded. */
export const opened = ({ raw }: Mail) => {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const coding = headerOf(head, 'content-transfer-encoding');
  const body = rest.join('\r\n\r\n').replace(/\r\n$/u, '');
  const text =
    coding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : coding === 'quoted-printable'
        ? Buffer.from(
            body
              .replace(/=\r\n/gu, '')
              .replace(/=([\dA-F]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('utf8')
        : body;
  return { header: (name: string) => headerOf(head, name), text: text.replaceAll('\r\n', '\n').trimEnd() };
};

/** SMTP against the sink. */
export const mailBench = async (): Promise<Bench<OutgoingMail, Sink>> => {
  const sink = await openMailSink({
    recipient: (name) => (name === 'khong-co' ? 550 : undefined),
    text: (name) => (name === 'im-lang' ? null : undefined),
  });
  return {
    sink: {
      taken: async () =>
        sink.mails.map((mail) => {
          const { header, text } = opened(mail);
          return { to: mail.to, text, refs: [header('message-id')] };
        }),
      drop: sink.drop,
      stop: sink.stop,
      start: sink.start,
      close: sink.stop,
    },
    open: (_, timeoutSeconds) => openSmtpTo(sink.port, { timeoutSeconds, checkSeconds: 0.2 }),
    message: mailTo,
    refusal: 'bad-address',
    refsOf: () => 1,
    numbers: {
      good: (n) => `can-bo-${n}@xa-mau.invalid`,
      refused: 'khong-co@xa-mau.invalid',
      silent: 'im-lang@xa-mau.invalid',
    },
  };
};
