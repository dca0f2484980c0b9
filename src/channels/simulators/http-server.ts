import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { z } from 'zod';
import { systemClock } from '../../platform/clock.ts';
import { SIMULATOR_HEADER } from '../http-settings.ts';
import { fateOf, type Profile, THROTTLED } from './smsc-behaviour.ts';
import { type Left, type Owed, RUN_LETTERS, type SmscLog } from './smsc-log.ts';

type OwedReceipt = Extract<Owed, { kind: 'receipt' }>;

export interface GatewaySettings {
  /** 0 = any that is free. */
  readonly port: number;
  /** Does it say that it is a simulator? */
  readonly honest: boolean;
  readonly profile: Profile;
  readonly receiptDelayMs: number;
  /** Where receipts go, and the secret that is sent along in `x-secret`; undefined = nobody is told. */
  readonly receipts: { readonly url: string; readonly secret: string } | undefined;
}

/** What may be asked of it while it runs. */
export const gatewayOrderSchema = z.union([
  /** Breaks off all connections. */
  z.strictObject({ drop: z.literal(true) }),
  /** Takes requests and never answers. */
  z.strictObject({ deaf: z.boolean() }),
  /** Refuses every message as too fast. */
  z.strictObject({ throttle: z.boolean() }),
]);

export type GatewayOrder = z.infer<typeof gatewayOrderSchema>;

const submitSchema = z.object({ to: z.string(), text: z.string(), id: z.string(), sender: z.string() });

/** What a submit is refused with, by the status of the network behind (see `smsc-behaviour.ts`). */
const REFUSALS: ReadonlyMap<number, readonly [status: number, word: string]> = new Map([
  [THROTTLED, [429, 'too-fast']],
  [0x0b, [400, 'bad-number']],
]);

const AGAIN_MS = 1_000;
const SILENT_MS = 10_000;
const MOST_UNDER_WAY = 50;
/** Long enough for a receipt to be there first. */
const LATE_MS = 100;

interface Said {
  readonly status: number;
  readonly body: object;
  readonly late: boolean;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** Receipts on their way to whoever is to know, again and again until they are answered as kept. */
const openOutbox = ({ receipts }: GatewaySettings, log: SmscLog) => {
  const ready: OwedReceipt[] = [];
  let underWay = 0;
  const bring = async ({ ref, stat }: OwedReceipt): Promise<boolean> => {
    log.append([JSON.stringify({ event: 'receipt', ref, stat })]);
    const answer = await fetch(receipts!.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-secret': receipts!.secret },
      body: JSON.stringify({ id: ref, status: stat }),
      signal: AbortSignal.timeout(SILENT_MS),
    }).catch(() => undefined);
    return answer?.status === 200;
  };
  const pump = () => {
    while (underWay < MOST_UNDER_WAY && ready.length > 0) {
      const owed = ready.shift()!;
      underWay += 1;
      void bring(owed).then((kept) => {
        underWay -= 1;
        if (kept) log.append([JSON.stringify({ event: 'receipt-acked', ref: owed.ref })]);
        else put(owed, AGAIN_MS);
        pump();
      });
    }
  };
  const put = (owed: OwedReceipt, afterMs: number) => {
    if (!receipts) return;
    setTimeout(() => {
      ready.push(owed);
      pump();
    }, afterMs);
  };
  return { put };
};

/** What becomes of a message that is handed over: the answer, and the receipt after it. */
const openTaking = (settings: GatewaySettings, left: Left, log: SmscLog) => {
  const outbox = openOutbox(settings, log);
  for (const owed of left.owed) if (owed.kind === 'receipt') outbox.put(owed, 0);
  const tries = new Map<string, number>();
  let [run, counter, throttle] = ['', 0, false];
  do run = randomBytes(RUN_LETTERS / 2).toString('hex');
  while (left.runs.has(run));
  const nextRef = () => {
    counter += 1;
    return run + counter.toString(16).padStart(8, '0');
  };
  return {
    throttle: (on: boolean) => {
      throttle = on;
    },
    /** @returns the answer, and whether the receipt overtakes it; null = it is never answered */
    take: ({ to, text, sender }: z.infer<typeof submitSchema>): Said | null => {
      const times = (tries.get(to) ?? 0) + 1;
      if (!throttle) tries.set(to, times);
      const fate = throttle ? { status: THROTTLED, stat: null, early: false } : fateOf(settings.profile, to, times);
      const at = systemClock.now().toISOString();
      const line = { to, from: sender, text, part: 1, of: 1, group: null, dataCoding: 0, at };
      if (fate.status) {
        log.append([JSON.stringify({ event: 'refused', status: fate.status, ...line })]);
        const [status, word] = REFUSALS.get(fate.status) ?? [422, 'failed'];
        return { status, body: { error: word }, late: false };
      }
      const ref = nextRef();
      log.append([JSON.stringify({ event: 'submit', ref, ...line, receipt: fate.stat })]);
      if (fate.stat) {
        const owed: OwedReceipt = { kind: 'receipt', ref, stat: fate.stat, to, from: sender };
        outbox.put(owed, fate.early ? 0 : settings.receiptDelayMs);
      }
      return fate.status === null ? null : { status: 200, body: { id: ref }, late: fate.early };
    },
  };
};

/** A gateway on loopback: `POST {to, text, id, sender}`; accepts, refuses and keeps silent by the profile, and logs all of it. */
export const openGateway = async (settings: GatewaySettings, left: Left, log: SmscLog) => {
  const taking = openTaking(settings, left, log);
  const sockets = new Set<Socket>();
  let deaf = false;
  const answer = (response: ServerResponse, status: number, body: object) => {
    const own = settings.honest ? { [SIMULATOR_HEADER]: '1' } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...own }).end(JSON.stringify(body));
  };
  const hear = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    if (deaf) return;
    if (request.method !== 'POST') return answer(response, request.method === 'OPTIONS' ? 200 : 405, {});
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      json = undefined;
    }
    const { data } = submitSchema.safeParse(json);
    const said = data ? taking.take(data) : { status: 400, body: { error: 'unreadable' }, late: false };
    if (said) setTimeout(() => answer(response, said.status, said.body), said.late ? LATE_MS : 0);
  };
  const server = createServer((request, response) => void hear(request, response).catch(() => response.destroy()));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    obey: (order: GatewayOrder) => {
      if ('drop' in order) for (const socket of [...sockets]) socket.destroy();
      else if ('deaf' in order) deaf = order.deaf;
      else taking.throttle(order.throttle);
    },
  };
};
