import { runCli } from '../../src/cli/run.ts';
import type { Doors, OpenedApp } from '../../src/cli/session.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { World } from './world.ts';

/** What a command line over a world said. */
export interface SaidInWorld {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the command answers with `--json`
  readonly json: any;
}

type Networks = Pick<OpenedApp, 'sms' | 'providers' | 'openSending'>;

/** No network is named. */
const noNetworks: Networks = {
  sms: async () => null,
  providers: async () => [],
  openSending: () => Promise.reject(new Error('nothing to send through')),
};

/** A world as the terminal opens it. */
export const openedIn = ({ database, execute, files }: World, networks: Networks = noNetworks): OpenedApp => ({
  ...{ database, execute, files, ...networks },
  close: async () => {},
});

/** Runs one command of the terminal on a world's database, by its clock, without starting anything. */
export const cliIn =
  (world: World, networks?: Networks, env: Readonly<Record<string, string>> = {}) =>
  async (...args: string[]): Promise<SaidInWorld> => {
    let [out, err] = ['', ''];
    const tell = (text: string): void => {
      err += text;
    };
    const { database, clock } = world;
    const app = openedIn(world, networks);
    const doors: Doors = {
      config: readConfig(env),
      clock,
      log: silentLog(),
      keyboard: { input: undefined, err: tell },
      openApp: async () => app,
      openApart: async () => app,
      openDatabase: async () => ({ database, close: async () => {} }),
    };
    const code = await runCli(args, {
      openDoors: () => doors,
      output: {
        out: (text) => {
          out += text;
        },
        err: tell,
      },
      interruption: { requested: false },
      onInterrupt: () => {},
    });
    return { code, out, err, json: args.includes('--json') ? JSON.parse(out) : undefined };
  };
