import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { secretFromEnv } from '../platform/config.ts';
import type { Path, Source } from './channels-file.ts';

/** Where a secret is kept: one of both. */
export type SecretPlace = { readonly env: string } | { readonly file: string };

/** The keys of the file under which a place stands, for the line of a fault. */
export const bareKeys = { env: 'env', file: 'file' } as const;

const readSecretFile = async (path: string): Promise<string | undefined> =>
  (await readFile(path, 'utf8').catch(() => '')).trim() || undefined;

/** A secret from where the file says it is kept; a fault, and nothing, when that place is empty. */
export const readSecretAt = async (
  source: Source,
  place: SecretPlace,
  at: Path,
  folder: string,
  keys: { readonly env: string; readonly file: string },
): Promise<string | undefined> => {
  if ('env' in place) {
    const found = secretFromEnv(place.env);
    if (found === undefined) source.refuse([...at, keys.env], 'channels.no-env', { name: place.env });
    return found;
  }
  const path = resolve(folder, place.file);
  const found = await readSecretFile(path);
  if (found === undefined) source.refuse([...at, keys.file], 'channels.no-file', { path });
  return found;
};
