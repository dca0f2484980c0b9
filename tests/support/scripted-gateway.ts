import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SIMULATOR_HEADER } from '../../src/channels/http-settings.ts';

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

type Answer = (status: number, body?: unknown, headers?: Record<string, string>) => void;

/** A gateway in this process that answers message by message as a test tells it; greetings it answers by itself. */
export const scriptedGateway = async (
  answering: (heard: Heard, answer: Answer, socket: Socket) => void,
  { simulator = true, greeting = 204 }: { simulator?: boolean; greeting?: number } = {},
) => {
  const heard: Heard[] = [];
  const greeted: Heard[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', headers, socket } = request;
    const own: Record<string, string> = simulator ? { [SIMULATOR_HEADER]: '1' } : {};
    const answer: Answer = (status, said = {}, more = {}) => {
      const text = typeof said === 'string' ? said : JSON.stringify(said);
      response.writeHead(status, { ...own, ...more }).end(text);
    };
    const one = { method, url, headers, body };
    if (method === 'OPTIONS') {
      greeted.push(one);
      response.writeHead(greeting, own).end();
      return;
    }
    heard.push(one);
    answering(one, answer, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    greeted,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
