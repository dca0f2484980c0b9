import { runCli } from '../../src/cli/run.ts';
import type { Doors } from '../../src/cli/session.ts';
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

/** Runs one command of the terminal on a world's database, by its clock, without starting anything. */
export const cliIn =
  (world: World) =>
  async (...args: string[]): Promise<SaidInWorld> => {
    let [out, err] = ['', ''];
    const tell = (text: string): void => {
      err += text;
    };
    const { database, execute, files, clock } = world;
    const app = { database, execute, files, close: async () => {} };
    const doors: Doors = {
      config: readConfig({}),
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
