import http, {
  type ClientRequest,
  type ClientRequestArgs,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { isLoopback } from './loopback.ts';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * What became of a request. `unwritten`: not a byte of it left. `lost`: it may have arrived and no answer came, because the
 * connection broke off (`broke`) or the time was up.
 */
export type Exchange =
  | Answered
  | { readonly kind: 'unwritten'; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string; readonly broke: boolean };

export interface Exchanger {
  exchange(asked: Asked): Promise<Exchange>;
  /** Breaks off what is under way. */
  close(): void;
}

const MOST_ANSWER = 65_536;
/** Providers close a connection nobody uses after 5 s or more; using one that is just being closed loses a message. */
const IDLE_MS = 4_000;

type Handing = (error: Error | null, socket: Duplex) => void;

/**
 * Hands a connection to a request only once it stands (with TLS: once the other end has proved who it is). So a request that
 * was not given one was never written.
 */
const openAgent = (secure: boolean, here: boolean) => {
  const opening = new Set<Duplex>();
  const handOver = (socket: Duplex & { readonly remoteAddress?: string | undefined }, done: Handing) => {
    opening.add(socket);
    const failed = (error: Error) => {
      if (opening.delete(socket)) done(error, socket);
    };
    socket.on('error', failed);
    socket.once('close', () => failed(new Error('the connection broke off')));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      if (here && !isLoopback(socket.remoteAddress)) {
        socket.destroy(new Error('a simulator has to be on this machine'));
        return;
      }
      opening.delete(socket);
      done(null, socket);
    });
    return undefined;
  };
  const how = { keepAlive: true, timeout: IDLE_MS };
  const agent = secure
    ? new (class extends https.Agent {
        override createConnection(options: ClientRequestArgs, done?: Handing) {
          return handOver(super.createConnection(options) as Duplex, done!);
        }
      })(how)
    : new (class extends http.Agent {
        override createConnection(options: ClientRequestArgs, done?: Handing) {
          return handOver(super.createConnection(options) as Duplex, done!);
        }
      })(how);
  return {
    agent,
    close: () => {
      for (const socket of opening) socket.destroy();
      agent.destroy();
    },
  };
};

/** The whole answer, or why there is none. */
const readAnswer = (response: IncomingMessage, settle: (exchange: Exchange) => void): void => {
  const chunks: Buffer[] = [];
  let size = 0;
  const lost = (detail: string) => settle({ kind: 'lost', detail, broke: true });
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MOST_ANSWER) {
      settle({ kind: 'lost', detail: 'an answer longer than 64 kB', broke: false });
      response.destroy();
    } else chunks.push(chunk);
  });
  response.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    settle({ kind: 'answered', status: response.statusCode ?? 0, headers: response.headers, body });
  });
  response.on('error', (error: NodeJS.ErrnoException) => lost(error.code ?? error.message));
  response.on('close', () => lost('the connection broke off'));
};

/** Requests to one gateway, over connections that are used again. Follows no redirect. */
export const openExchanger = (settings: {
  readonly url: string;
  readonly timeoutSeconds: number;
  /** The other end has to be this machine. */
  readonly simulator: boolean;
}): Exchanger => {
  const secure = settings.url.startsWith('https:');
  const { agent, close } = openAgent(secure, settings.simulator);

  const exchange = ({ method, url, headers, body }: Asked): Promise<Exchange> =>
    new Promise((resolve) => {
      let given = false;
      const settle = (exchanged: Exchange) => {
        clearTimeout(timer);
        resolve(exchanged);
      };
      const failed = (detail: string, broke: boolean) =>
        settle(given ? { kind: 'lost', detail, broke } : { kind: 'unwritten', detail });
      const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const request: ClientRequest = (secure ? https : http).request(url, {
        method,
        agent,
        headers: { ...headers, ...length },
      });
      const timer = setTimeout(() => {
        failed(`no answer in ${settings.timeoutSeconds} s`, false);
        request.destroy();
      }, settings.timeoutSeconds * 1_000);
      request.on('socket', () => {
        given = true;
      });
      request.on('response', (response) => readAnswer(response, settle));
      request.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? error.message, true));
      request.end(body ?? undefined);
    });
  return { exchange, close };
};
