import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Receipt } from './contract.ts';
import type { ReceiptSettings } from './http-settings.ts';
import { readJson, textAt, valueAt } from './json-path.ts';

/** A request as it came, its body byte by byte: a keyed hash is of just these. */
export interface Arrived {
  readonly headers: IncomingHttpHeaders;
  /** Everything behind the `?` of the address. */
  readonly query: string;
  readonly body: Buffer;
}

/** Takes as long for any two texts, also of different lengths. */
const same = (given: string, expected: string): boolean => {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
};

/** In hexadecimal or base64, with `sha256=` before it or without: as providers write it. */
const isSigned = (given: string, secret: string, body: Buffer): boolean => {
  const hash = createHmac('sha256', secret).update(body).digest();
  const bare = given.replace(/^sha256=/iu, '');
  const inHex = /^[\da-f]{64}$/iu.test(bare);
  return same(inHex ? bare.toLowerCase() : bare, inHex ? hash.toString('hex') : hash.toString('base64'));
};

/** Was this sent by somebody who knows the secret? */
export const isProved = ({ secret, proof, name }: ReceiptSettings, { headers, query, body }: Arrived): boolean => {
  const given = proof === 'query' ? new URLSearchParams(query).getAll(name) : headers[name.toLowerCase()];
  const one = Array.isArray(given) ? (given.length === 1 ? given[0] : undefined) : given;
  if (!one) return false;
  return proof === 'hmac-sha256' ? isSigned(one, secret.reveal(), body) : same(one, secret.reveal());
};

/** What came, as far as it can be kept. `unread`: something in it that cannot, with why. */
export interface ReadReceipts {
  readonly receipts: readonly Receipt[];
  readonly unread: string | null;
}

const MOST = 500;
const MOST_REF = 200;
const MOST_DETAIL = 300;

const fieldsOf = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

const itemsOf = ({ read, list }: ReceiptSettings, { query, body }: Arrived): unknown => {
  if (read === 'query') return [fieldsOf(query)];
  const text = body.toString('utf8');
  if (read === 'form') return [fieldsOf(text)];
  const json = readJson(text);
  return list === null ? [json] : valueAt(json, list);
};

const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);

const receiptIn = (settings: ReceiptSettings, item: unknown): Receipt | null | { readonly unread: string } => {
  const ref = textAt(item, settings.ref);
  if (!ref || ref.length > MOST_REF || hasControls(ref)) return { unread: `no name of a message at ${settings.ref}` };
  const status = textAt(item, settings.status);
  if (status === undefined) return { unread: `nothing at ${settings.status}` };
  const code = Object.hasOwn(settings.statuses, status) ? settings.statuses[status]! : undefined;
  if (code === undefined) return { unread: `a status that is not in statuses: ${status.slice(0, 40)}` };
  if (code === 'none') return null;
  const said = settings.detail === null ? '' : (textAt(item, settings.detail) ?? '');
  const detail = said.replace(/\p{Cc}+/gu, ' ').slice(0, MOST_DETAIL);
  return { ref, code, detail };
};

/** Reads what a provider says became of its messages. Of several, those that can be read are kept in any case. */
export const readReceipts = (settings: ReceiptSettings, arrived: Arrived): ReadReceipts => {
  let items: unknown;
  try {
    items = itemsOf(settings, arrived);
  } catch {
    return { receipts: [], unread: 'no JSON' };
  }
  if (!Array.isArray(items)) return { receipts: [], unread: `no list at ${settings.list}` };
  if (items.length > MOST) return { receipts: [], unread: `more than ${MOST} at once` };
  const receipts: Receipt[] = [];
  let unread: string | null = null;
  for (const item of items) {
    const found = receiptIn(settings, item);
    if (found && 'unread' in found) unread ??= found.unread;
    else if (found) receipts.push(found);
  }
  return { receipts, unread };
};
