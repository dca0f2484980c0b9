import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, Receiver } from '../../src/channels/contract.ts';
import { openHttpGateway } from '../../src/channels/http-gateway.ts';
import { type HttpSettings, httpDefaults, Secret } from '../../src/channels/http-settings.ts';
import { openWebhooks, type TakeReceipts } from '../../src/channels/webhooks.ts';
import { silentLog } from '../../src/platform/log.ts';
import { type Bench, message, type TellingSink } from './channel-kit.ts';
import { goodNumber, numberEnding } from './smpp-bench.ts';
import { startGateway } from './smsc.ts';

export const RECEIPT_SECRET = 'mot-chuoi-bi-mat-dai';

/** How the simulator sends receipts. */
export const receiptSettings: NonNullable<HttpSettings['receipts']> = {
  secret: new Secret(RECEIPT_SECRET),
  proof: 'header',
  name: 'x-secret',
  read: 'json',
  list: null,
  ref: 'id',
  status: 'status',
  detail: 'error',
  statuses: { DELIVRD: 'delivered', EXPIRED: 'expired', UNDELIV: 'undeliverable', UNKNOWN: 'unknown', ENROUTE: 'none' },
};

/** Settings of a channel to a gateway on this machine that speaks as the simulator does. */
export const httpTo = (port: number, changes: Partial<HttpSettings> = {}): HttpSettings => ({
  ...{ kind: 'http', provider: 'thu', url: `http://127.0.0.1:${port}/send`, method: 'POST', headers: {}, query: {} },
  body: { json: { to: '{to}', text: '{text}', id: '{id}', sender: '{sender}' } },
  ...{ sender: 'XA-THU', numbers: '+84', accepted: { statuses: httpDefaults.statuses }, ref: 'id' },
  refusals: [{ path: 'error', equals: 'bad-number', code: 'bad-number', retry: false }],
  ...{ greeting: 'OPTIONS', checkSeconds: 30, concurrency: 10, perSecond: null, timeoutSeconds: 30 },
  ...{ pricePerPart: null, answerable: false, simulator: true, receipts: null },
  ...changes,
});

export const openHttpTo = (port: number, changes: Partial<HttpSettings> = {}): Channel =>
  openHttpGateway(httpTo(port, changes), silentLog());

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** An address that providers send receipts to, as our web face hands them on. */
const openAddress = async () => {
  let take: TakeReceipts = async () => ({ status: 503 });
  const server = createServer(async (request, response) => {
    const { headers, url = '' } = request;
    const body = await bodyOf(request);
    const { status } = await take('thu', { headers, query: url.split('?')[1] ?? '', body });
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/receipts/thu`,
    to: (receiver: Receiver) => {
      take = openWebhooks(async () => [{ provider: 'thu', receipts: receiptSettings }], receiver, silentLog());
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** A gateway over HTTP against the simulator process, and its receipts by webhook. */
export const httpBench = async (): Promise<Bench<ReturnType<typeof message>, TellingSink>> => {
  const address = await openAddress();
  const gateway = await startGateway(['--receipts', address.url, '--receipts-secret', RECEIPT_SECRET]);
  return {
    sink: {
      taken: async () => (await gateway.lines('submit')).map(({ to, text, ref }) => ({ to, text, refs: [ref] })),
      acked: async () => (await gateway.lines('receipt-acked')).map(({ ref }) => ref),
      brought: async (ref) => (await gateway.lines('receipt')).filter((line) => line.ref === ref).length,
      drop: () => gateway.order({ drop: true }),
      stop: gateway.kill,
      start: gateway.start,
      close: async () => {
        await gateway.remove();
        address.close();
      },
    },
    open: (receiver, timeoutSeconds) => {
      address.to(receiver);
      return openHttpTo(gateway.port, { timeoutSeconds, checkSeconds: 0.2 });
    },
    message,
    refusal: 'bad-number',
    // The gateway cuts a long text itself.
    refsOf: () => 1,
    numbers: { good: goodNumber, refused: numberEnding('03'), silent: numberEnding('05') },
  };
};
