import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RefusalCode } from './contract.ts';
import { isLoopback } from './loopback.ts';
import { SIMULATOR_NAME } from './smpp-settings.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** Why there is no connection. */
export class ConnectFailure extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

const MOST_BANNER = 4_096;

/** A simulator must say so itself and be on this machine, and whoever says so must have been meant as one. */
const peerFault = ({ simulator }: SmtpSettings, socket: Socket, banner: string): string | undefined => {
  const says = banner.split(/\s/u).includes(SIMULATOR_NAME);
  if (says && !simulator) return 'the other end is a simulator, the settings say it is none';
  if (!says && simulator) return 'the settings say simulator, the other end does not';
  return simulator && !isLoopback(socket.remoteAddress) ? 'a simulator has to be on this machine' : undefined;
};

const open = ({ tls, host, port }: SmtpSettings): Socket =>
  tls === 'implicit'
    ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }) })
    : connectPlain({ host, port });

/**
 * A connection that has greeted us, and is who it should be. What it said is put back, for whoever speaks with it.
 * @throws ConnectFailure
 */
export const connectMail = (settings: SmtpSettings): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = open(settings);
    const heard: Buffer[] = [];
    const fail = (code: RefusalCode, detail: string) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new ConnectFailure(code, detail));
    };
    const failed = (error: NodeJS.ErrnoException) => fail('unreachable', error.code ?? error.message);
    const closed = () => fail('unreachable', 'the connection broke off');
    const late = () => fail('unreachable', `no greeting in ${settings.timeoutSeconds} s`);
    const timer = setTimeout(late, settings.timeoutSeconds * 1_000);
    const hear = () => {
      for (let chunk = socket.read() as Buffer | null; chunk; chunk = socket.read() as Buffer | null) heard.push(chunk);
      const said = Buffer.concat(heard);
      const text = said.toString('latin1');
      if (said.length > MOST_BANNER) fail('unreachable', 'no greeting of a mail server');
      if (socket.destroyed || !/^\d{3}(?: .*)?\r?\n/mu.test(text)) return;
      const fault = peerFault(settings, socket, text);
      if (fault) return fail('rejected', fault);
      clearTimeout(timer);
      socket.off('readable', hear).off('error', failed).off('close', closed);
      // Until somebody speaks with it, its end is noticed by nobody else.
      socket.on('error', () => {});
      socket.unshift(said);
      resolve(socket);
    };
    socket.on('readable', hear).on('error', failed).on('close', closed);
  });
