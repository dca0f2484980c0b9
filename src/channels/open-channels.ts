import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Config, childEnv } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { unavailable } from '../shared/errors.ts';
import { SYNTHETIC_MOBILE } from '../shared/synthetic.ts';
import type { Channel, MailChannel, Receiver } from './contract.ts';
import { openHttpGateway } from './http-gateway.ts';
import { readChannels, type SmsSettings } from './read-channels.ts';
import { openSmpp } from './smpp.ts';
import { type SmppSettings, smppDefaults } from './smpp-settings.ts';
import { openSmtp } from './smtp.ts';

export interface Channels {
  /** In the order in which they are tried. */
  readonly sms: readonly Channel[];
  /** In the order in which they are tried; there is none by itself. */
  readonly email: readonly MailChannel[];
  close(): Promise<void>;
}

interface Opening {
  readonly config: Pick<Config, 'dataDir' | 'channelsFile'>;
  /** Open the simulated network when no provider is named. */
  readonly simulate: boolean;
  readonly receiver: Receiver;
  readonly log: Log;
}

// The program is compiled; tests run it as it is written. Either way the simulator lies beside this file.
const SIMULATOR = join(import.meta.dirname, 'simulators', `smsc${extname(import.meta.filename)}`);

const RECEIPT_DELAY_MS = 1_500;
const AGAIN_MS = 1_000;
const CONNECTING_MS = 5_000;

/**
 * The simulated network of the example. Its price is an assumption, in the region of what a brand name SMS costs, so that
 * the example can show a cost; its sender is an invented number, so that it can be answered.
 */
const simulated = (port: number): SmppSettings => ({
  ...smppDefaults,
  provider: 'mo-phong',
  host: '127.0.0.1',
  port,
  systemId: 'lantoa',
  password: '',
  sender: `${SYNTHETIC_MOBILE}0000000`,
  answerable: true,
  pricePerPart: 350,
  simulator: true,
});

const portIn = async (child: ChildProcess): Promise<number> => {
  const lines = createInterface({ input: child.stdout! });
  const ended = once(child, 'exit').then(() => [undefined]);
  const [line] = await Promise.race([once(lines, 'line'), ended, once(child, 'error').then(() => [undefined])]);
  if (line === undefined) throw unavailable('channels.simulator');
  return z.object({ port: z.number() }).parse(JSON.parse(String(line))).port;
};

/** A simulator as a child that does not outlive us; comes up again on the same port when it falls. */
const startSimulator = async (folder: string, log: Log) => {
  let [child, closing, port]: [ChildProcess | undefined, boolean, number] = [undefined, false, 0];
  const start = async () => {
    const how = ['--profile', 'example', '--receipt-delay', String(RECEIPT_DELAY_MS), '--until-stdin-ends'];
    const args = [SIMULATOR, '--port', String(port), '--log', join(folder, 'sms.jsonl'), ...how];
    const one = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env: childEnv() });
    child = one;
    one.stdin.on('error', () => {});
    port = await portIn(one);
    one.once('exit', () => {
      if (!closing) log.warn('the simulated network fell, it is started again');
      again();
    });
  };
  const again = () => {
    const retry = () => {
      if (closing) return;
      start().catch((err) => {
        log.error({ err }, 'the simulated network does not come up');
        again();
      });
    };
    if (!closing) setTimeout(retry, AGAIN_MS).unref();
  };
  await start();
  return {
    port,
    close: async () => {
      closing = true;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
    },
  };
};

/** What a provider offers, known without connecting to it. */
export interface Offer {
  readonly provider: string;
  /** VND for one part, by contract; null = not known. */
  readonly pricePerPart: number | null;
  readonly answerable: boolean;
  readonly simulator: boolean;
}

/** The providers that `openChannels` would open, in their order. */
export const offersOf = async ({
  config,
  simulate,
}: Pick<Opening, 'config' | 'simulate'>): Promise<readonly Offer[]> => {
  const { sms } = await readChannels(config);
  return sms.length > 0 || !simulate ? sms : [simulated(0)];
};

const openSms = (settings: SmsSettings, receiver: Receiver, log: Log): Channel =>
  settings.kind === 'smpp' ? openSmpp(settings, receiver, log) : openHttpGateway(settings, log);

const untilConnected = async (channel: Channel): Promise<void> => {
  const until = performance.now() + CONNECTING_MS;
  while (!channel.state().connected && performance.now() < until) await pause(20);
};

/**
 * Opens every channel of the channels file. When it names none for SMS and `simulate` is set, messages go to a simulated network,
 * which is started as a child and keeps its log in `<dataDir>/simulator/`.
 * @throws AppError invalid `channels.*` when the file cannot be read as it stands
 */
export const openChannels = async ({ config, simulate, receiver, log }: Opening): Promise<Channels> => {
  const named = await readChannels(config);
  const email = named.email.map((settings) => openSmtp(settings, log));
  if (named.sms.length > 0 || !simulate) {
    const sms = named.sms.map((settings) => openSms(settings, receiver, log));
    return {
      ...{ sms, email },
      close: async () => {
        await Promise.all([...sms, ...email].map((channel) => channel.close()));
      },
    };
  }
  const simulator = await startSimulator(join(config.dataDir, 'simulator'), log);
  const channel = openSmpp(simulated(simulator.port), receiver, log);
  await untilConnected(channel);
  return {
    ...{ sms: [channel], email },
    close: async () => {
      await Promise.all([channel, ...email].map((each) => each.close()));
      await simulator.close();
    },
  };
};
