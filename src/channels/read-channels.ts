import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { Config } from '../platform/config.ts';
import { invalid } from '../shared/errors.ts';
import { openSource, type Path, type Source } from './channels-file.ts';
import { fileSchema, keysAt, type SmppEntry, type SmtpEntry } from './channels-schema.ts';
import type { HttpSettings } from './http-settings.ts';
import { isLoopbackName } from './loopback.ts';
import { readHttp } from './read-http.ts';
import { readSecretAt } from './read-secret.ts';
import type { SmppSettings } from './smpp-settings.ts';
import type { SmtpSettings } from './smtp-settings.ts';

export type SmsSettings = SmppSettings | HttpSettings;

/** Which providers messages go through, in the order in which they are tried. */
export interface NamedChannels {
  readonly sms: readonly SmsSettings[];
  readonly email: readonly SmtpSettings[];
}

/** What a value has to look like; keys not named here say enough by the general sentence. */
const SHAPES = new Set(
  'provider host port systemId sender passwordEnv kind bind receiptIds url from replyTo bounceDomain'.split(' '),
);

const givenAt = (source: Source, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], source.value);

const refuseUnknown = (source: Source, { path, keys }: z.core.$ZodIssueUnrecognizedKeys): void => {
  const kind = String(givenAt(source, [...path.slice(0, 2), 'kind']));
  const known = keysAt(path, kind).join(', ');
  for (const key of keys)
    if (key === 'password') source.refuse([...path, key], 'channels.password-in-file');
    else source.refuse([...path, key], 'channels.unknown-key', { known });
};

const refuseIssue = (source: Source, issue: z.core.$ZodIssue): void => {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    refuseUnknown(source, issue);
    return;
  }
  const given = givenAt(source, path);
  const key = String(path.at(-1) ?? '');
  if (given === undefined && path.length > 1) source.refuse(path, 'channels.missing-key');
  else if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof given === 'number')
    source.refuse(path, 'channels.quotes');
  else if (SHAPES.has(key) && path.length === 3) source.refuse(path, `channels.${key}`);
  else if (issue.code === 'invalid_value')
    source.refuse(path, 'channels.one-of', { allowed: issue.values.map(String).join(', ') });
  else if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum;
    source.refuse(path, `channels.${issue.code === 'too_small' ? 'at-least' : 'at-most'}`, { bound: Number(bound) });
  } else source.refuse(path, path.length <= 2 ? 'channels.not-a-list' : 'channels.value');
};

/** The password from where the file says it is kept; a fault when it says none, two, or an empty place. */
const passwordOf = async (
  source: Source,
  entry: Pick<SmppEntry | SmtpEntry, 'provider' | 'passwordEnv' | 'passwordFile'>,
  at: Path,
  folder: string,
): Promise<string> => {
  const { provider, passwordEnv: env, passwordFile: file } = entry;
  if ((env === undefined) === (file === undefined)) {
    source.refuse(at, 'channels.password-place', { provider });
    return '';
  }
  const keys = { env: 'passwordEnv', file: 'passwordFile' };
  const found = await readSecretAt(source, env === undefined ? { file: file! } : { env }, at, folder, keys);
  if (found !== undefined && !/^[\x20-\x7e]{1,64}$/u.test(found))
    source.refuse(at, 'channels.password-letters', { provider });
  return found ?? '';
};

const readSmpp = async (source: Source, entry: SmppEntry, at: Path, folder: string): Promise<SmppSettings> => {
  const { passwordEnv: _, passwordFile: __, ...rest } = entry;
  return { ...rest, password: await passwordOf(source, entry, at, folder) };
};

const readSmtp = async (source: Source, entry: SmtpEntry, at: Path, folder: string): Promise<SmtpSettings> => {
  const { passwordEnv, passwordFile, ...rest } = entry;
  const here = isLoopbackName(entry.host);
  if (entry.tls === 'none' && !here) source.refuse([...at, 'tls'], 'channels.tls');
  if (entry.simulator && !here) source.refuse([...at, 'host'], 'channels.simulator-here');
  const signsOn = entry.user !== null || passwordEnv !== undefined || passwordFile !== undefined;
  if (signsOn && entry.user === null) source.refuse(at, 'channels.user', { provider: entry.provider });
  return { ...rest, password: signsOn ? await passwordOf(source, entry, at, folder) : '' };
};

/**
 * Reads which providers messages go through, in the order in which they are tried. Without a file there are none.
 * @throws AppError invalid `channels.file` with every fault of the file, its key and its line
 */
export const readChannels = async ({ channelsFile }: Pick<Config, 'channelsFile'>): Promise<NamedChannels> => {
  const { path, named } = channelsFile;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !named) return undefined;
    throw invalid('channels.unreadable', { path });
  });
  if (text === undefined) return { sms: [], email: [] };
  const source = openSource(text);
  const { data, error } = fileSchema.safeParse(source.value ?? {});
  for (const issue of error?.issues ?? []) refuseIssue(source, issue);
  const folder = dirname(path);
  const sms: SmsSettings[] = [];
  const email: SmtpSettings[] = [];
  const names = new Set<string>();
  const once = (provider: string, at: Path) => {
    if (names.has(provider)) source.refuse([...at, 'provider'], 'channels.provider-twice', { provider });
    names.add(provider);
  };
  for (const [index, entry] of (data?.sms ?? []).entries()) {
    const at = ['sms', index];
    once(entry.provider, at);
    sms.push(
      entry.kind === 'smpp' ? await readSmpp(source, entry, at, folder) : await readHttp(source, entry, at, folder),
    );
  }
  for (const [index, entry] of (data?.email ?? []).entries()) {
    once(entry.provider, ['email', index]);
    email.push(await readSmtp(source, entry, ['email', index], folder));
  }
  if (source.faults.length > 0) throw invalid('channels.file', { path, count: source.faults.length }, source.faults);
  return { sms, email };
};
