import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayOrder } from '../../src/channels/simulators/http-server.ts';
import type { Order } from '../../src/channels/simulators/smsc-server.ts';

const programOf = (name: string) =>
  join(import.meta.dirname, '..', '..', 'src', 'channels', 'simulators', `${name}.ts`);

/** A line of the simulator's log; which fields there are depends on the event. */
export interface SmscLine {
  readonly event: string;
  readonly ref: string;
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly part: number;
  readonly of: number;
  readonly group: number | null;
  readonly dataCoding: number;
  readonly stat: string;
  readonly status: number;
  /** The receipt that will follow a submit. */
  readonly receipt: string | null;
}

/** The simulated network as a process of its own; its log outlives it. */
interface Simulated<O> {
  readonly port: number;
  lines(event?: string): Promise<SmscLine[]>;
  order(order: O): void;
  /** As by kill -9. */
  kill(): Promise<void>;
  /** On the same port and log. */
  start(): Promise<void>;
  /** Ends it and forgets its log. */
  remove(): Promise<void>;
}

export type Smsc = Simulated<Order>;

export const until = async <T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found) return found;
    await pause(20);
  }
};

const startSimulator = async <O>(name: string, args: readonly string[]): Promise<Simulated<O>> => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-smsc-'));
  const log = join(folder, 'sms.jsonl');
  let child: ChildProcess;
  let port = 0;
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const start = async () => {
    child = spawn(
      process.execPath,
      [programOf(name), '--log', log, '--port', String(port), '--until-stdin-ends', ...args],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const [said] = await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
    port = JSON.parse(String(said)).port;
  };
  await start();
  return {
    get port() {
      return port;
    },
    lines: async (event) => {
      const text = await readFile(log, 'utf8').catch(() => '');
      const whole = text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean);
      return whole.map((line) => JSON.parse(line) as SmscLine).filter((line) => !event || line.event === event);
    },
    order: (order) => child.stdin!.write(`${JSON.stringify(order)}\n`),
    kill,
    start,
    remove: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        // As when its parent is gone.
        child.stdin!.end();
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const startSmsc = (args: readonly string[] = []) => startSimulator<Order>('smsc', args);

export const startGateway = (args: readonly string[] = []) => startSimulator<GatewayOrder>('http-gateway', args);
