import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Path, Source } from './channels-file.ts';
import type { HttpEntry } from './channels-schema.ts';
import { type HttpSettings, type JsonTemplate, Secret, type Template } from './http-settings.ts';
import { places, placesIn } from './http-template.ts';
import { isLoopbackName } from './loopback.ts';
import { bareKeys, readSecretAt, type SecretPlace } from './read-secret.ts';

/** Walks through the templates of an entry: resolves secrets, and notes which places are filled. */
const openTemplates = (source: Source, folder: string) => {
  const used = new Set<string>();
  const text = (template: string, at: Path): string => {
    const [unknown] = placesIn(template).filter((name) => !(places as readonly string[]).includes(name));
    if (unknown) source.refuse(at, 'channels.place', { place: unknown, known: places.join(', ') });
    for (const name of placesIn(template)) used.add(name);
    return template;
  };
  const secret = async (place: SecretPlace & { readonly prefix?: string | undefined }, at: Path): Promise<Secret> =>
    new Secret((place.prefix ?? '') + ((await readSecretAt(source, place, at, folder, bareKeys)) ?? ''));
  const one = (template: string | SecretPlace, at: Path): Template | Promise<Template> =>
    typeof template === 'string' ? text(template, at) : secret(template, at);
  const all = async (templates: Readonly<Record<string, string | SecretPlace>>, at: Path) => {
    const filled: Record<string, Template> = {};
    for (const [name, template] of Object.entries(templates)) filled[name] = await one(template, [...at, name]);
    return filled;
  };
  const json = async (value: unknown, at: Path): Promise<JsonTemplate> => {
    if (typeof value === 'string') return text(value, at);
    if (Array.isArray(value))
      return Promise.all(value.map((each: unknown, index): Promise<JsonTemplate> => json(each, [...at, index])));
    if (typeof value !== 'object' || value === null) return value as number | boolean | null;
    const place = value as { env?: unknown; file?: unknown };
    const keys = Object.keys(value);
    // Nobody's field is called so by itself: a map of `env` or `file` alone says where a secret is kept.
    const isPlace = keys.every((key) => ['env', 'file', 'prefix'].includes(key));
    if (isPlace && (typeof place.env === 'string') !== (typeof place.file === 'string'))
      return secret(value as SecretPlace, at);
    const filled: Record<string, JsonTemplate> = {};
    for (const [key, each] of Object.entries(value)) filled[key] = await json(each, [...at, key]);
    return filled;
  };
  return { used, all, json };
};

const checkHeaders = (source: Source, headers: Readonly<Record<string, Template>>, at: Path): void => {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value instanceof Secret ? value.reveal() : value);
    } catch {
      source.refuse([...at, name], 'channels.header');
    }
    // A text in a header would be lost letter by letter.
    if (typeof value === 'string' && placesIn(value).some((place) => place !== 'id'))
      source.refuse([...at, name], 'channels.place', { place: value.replace(/[{}]/gu, ''), known: 'id' });
  }
};

const checkUrl = (source: Source, { url, simulator }: HttpEntry, at: Path): void => {
  const { protocol, hostname, username, password } = new URL(url);
  const here = isLoopbackName(hostname);
  if (username || password) source.refuse([...at, 'url'], 'channels.password-in-file');
  else if (protocol === 'http:' && !here) source.refuse([...at, 'url'], 'channels.https');
  if (simulator && !here) source.refuse([...at, 'url'], 'channels.simulator-here');
};

const receiptsOf = async (
  source: Source,
  { receipts }: HttpEntry,
  at: Path,
  folder: string,
): Promise<HttpSettings['receipts']> => {
  if (!receipts) return null;
  const here = [...at, 'receipts'];
  const secret = await readSecretAt(source, receipts.secret, [...here, 'secret'], folder, bareKeys);
  if (secret !== undefined && secret.length < 16) source.refuse([...here, 'secret'], 'channels.secret-short');
  // Without a body there is nothing to sign: who saw one such request could make any other.
  if (receipts.proof === 'hmac-sha256' && receipts.read === 'query')
    source.refuse([...here, 'proof'], 'channels.proof-of-query');
  return { ...receipts, secret: new Secret(secret ?? '') };
};

/** Settings of an entry of kind `http`, its secrets in their places. */
export const readHttp = async (source: Source, entry: HttpEntry, at: Path, folder: string): Promise<HttpSettings> => {
  const templates = openTemplates(source, folder);
  const headers = await templates.all(entry.headers, [...at, 'headers']);
  checkHeaders(source, headers, [...at, 'headers']);
  templates.used.clear();
  const query = await templates.all(entry.query, [...at, 'query']);
  const { json, form } = entry.body;
  if (json !== undefined && form !== undefined) source.refuse([...at, 'body'], 'channels.body');
  if (entry.method === 'GET' && (json ?? form) !== undefined) source.refuse([...at, 'body'], 'channels.body-of-get');
  const body = {
    json: json === undefined ? undefined : await templates.json(json, [...at, 'body', 'json']),
    form: form === undefined ? undefined : await templates.all(form, [...at, 'body', 'form']),
  };
  if (!templates.used.has('to') || !templates.used.has('text'))
    source.refuse(at, 'channels.no-place', { provider: entry.provider });
  checkUrl(source, entry, at);
  for (const [index, { status, path }] of entry.refusals.entries())
    if (status === undefined && path === undefined)
      source.refuse([...at, 'refusals', index], 'channels.refusal-of-what');
  const receipts = await receiptsOf(source, entry, at, folder);
  return { ...entry, headers, query, body, receipts, answerable: false };
};
