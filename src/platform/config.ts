import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { invalid } from '../shared/errors.ts';

/** Which part of the work this process does; one process with `all` runs a commune. */
const processRoles = ['web', 'worker', 'all'] as const;

export interface Config {
  /** Folder of everything this installation keeps: embedded database, uploads, secret. */
  readonly dataDir: string;
  /** A PostgreSQL server (15 or later); undefined = the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly role: (typeof processRoles)[number];
  readonly host: string;
  readonly port: number;
  /** HTTPS is ended by a proxy in front, whose forwarded headers are believed. */
  readonly trustProxy: boolean;
  /** Plain HTTP on an address other than loopback, knowingly. */
  readonly allowHttp: boolean;
  /** Origin under which people reach us, when not `http://localhost:<port>`. */
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
  /** A key (`lantoa key add`) by whose rights the command line acts, in place of the owner's. */
  readonly token?: string | undefined;
  /** Which providers messages go through; `named` when it was asked for, so that it has to be there. */
  readonly channelsFile: { readonly path: string; readonly named: boolean };
}

type Env = Readonly<Record<string, string | undefined>>;

const path = (text: string): string => resolve(text.replace(/^~(?=\/|$)/u, homedir()));

/** Reads the environment once. The only place that looks at `process.env` (an architecture test holds it). */
export const readConfig = (env: Env = process.env): Config => {
  const port = Number(env.PORT ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalid('config.port', { value: env.PORT ?? '' });
  const role = (env.ROLE ?? 'all') as Config['role'];
  if (!processRoles.includes(role)) throw invalid('config.role', { value: role });
  const host = env.HOST ?? '127.0.0.1';
  const trustProxy = env.TRUST_PROXY === '1';
  const allowHttp = env.ALLOW_HTTP === '1';
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(host);
  if (!loopback && !trustProxy && !allowHttp) throw invalid('config.https', { host });
  const dataDir = path(env.LANTOA_DATA ?? './data');
  return {
    dataDir,
    databaseUrl: env.DATABASE_URL || undefined,
    role,
    host,
    port,
    trustProxy,
    allowHttp,
    publicUrl: env.PUBLIC_URL || undefined,
    logLevel: env.LOG_LEVEL || 'warn',
    token: env.LANTOA_TOKEN || undefined,
    channelsFile: env.LANTOA_CHANNELS
      ? { path: path(env.LANTOA_CHANNELS), named: true }
      : { path: join(dataDir, 'channels.yaml'), named: false },
  };
};

/** A secret under the name that a settings file gives it; undefined when it is not there or empty. */
export const secretFromEnv = (name: string): string | undefined => process.env[name] || undefined;

/** The environment to hand to a child process of ours; kept here so that nothing else reads `process.env`. */
export const childEnv = (extra: Record<string, string> = {}): NodeJS.ProcessEnv => ({ ...process.env, ...extra });
