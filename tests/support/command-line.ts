import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { openApp } from '../../src/app.ts';
import { makeDoors } from '../../src/cli/doors.ts';
import { runCli } from '../../src/cli/run.ts';
import { childEnv, readConfig } from '../../src/platform/config.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the command answers; parsed when it was asked for `--json`
  readonly json: any;
}

type Env = Record<string, string>;

/** The command line over one data folder and its embedded database. */
export interface CommandLine {
  /** A process of the real program. */
  start(args: readonly string[]): ChildProcess;
  /** Runs the real program to its end. */
  spawned(args: readonly string[], env?: Env): Promise<Said>;
  /** The same within this process, which spares starting one for each of many commands. */
  lantoa(args: readonly string[], env?: Env): Promise<Said>;
  /** `lantoa`, and it must end well. */
  ok(...args: string[]): Promise<Said>;
}

const answer = (args: readonly string[], said: Omit<Said, 'json'>): Said => ({
  ...said,
  json: args.includes('--json') ? JSON.parse(said.out) : undefined,
});

/** Waits for the end of a process and takes what it said. */
export const endOf = (child: ChildProcess, args: readonly string[]): Promise<Said> =>
  new Promise((done, refuse) => {
    let [out, err] = ['', ''];
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', refuse).on('close', (code) => done(answer(args, { code, out, err })));
  });

/** A key shown in place of its sentence. */
const HOLE = /(?:^|[^\w/."-])(?:error|cli|doctor|fault|class|role)\.[a-z]/mu;

/** Whatever is said is a sentence, and nothing in it makes a terminal do something. */
const looked = (args: readonly string[], said: Said): Said => {
  expect(said.err + (args.includes('--json') ? '' : said.out), args.join(' ')).not.toMatch(HOLE);
  expect(said.out + said.err).not.toMatch(/(?!\n)\p{Cc}/u);
  return said;
};

const within = async (args: readonly string[], env: Env): Promise<Said> => {
  let [out, err] = ['', ''];
  const tell = (text: string): void => {
    err += text;
  };
  const code = await runCli(args, {
    openDoors: () => makeDoors({ config: readConfig(env), keyboard: { input: undefined, err: tell }, openApp }),
    output: {
      out: (text) => {
        out += text;
      },
      err: tell,
    },
    interruption: { requested: false },
    onInterrupt: () => {},
  });
  return answer(args, { code, out, err });
};

export const commandLine = (dataDir: string): CommandLine => {
  const own = { LANTOA_DATA: dataDir, DATABASE_URL: '' };
  const start = (args: readonly string[], env: Env = {}): ChildProcess =>
    spawn(process.execPath, [CLI, ...args], {
      env: childEnv({ ...own, ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const lantoa = async (args: readonly string[], env: Env = {}): Promise<Said> =>
    looked(args, await within(args, { ...own, ...env }));
  return {
    start,
    spawned: async (args, env) => looked(args, await endOf(start(args, env), args)),
    lantoa,
    ok: async (...args) => {
      const said = await lantoa(args);
      expect(said.code, `${args.join(' ')}\n${said.out}${said.err}`).toBe(0);
      return said;
    },
  };
};
