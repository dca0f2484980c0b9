import { createHash } from 'node:crypto';
import pg from 'pg';

/** What the statement begins with from which on a transaction's plans are kept; see `by-keys.ts`. */
export const MARK = '/* by keys */';

/** Statements of such a transaction are few, and the same letter by letter every time; should they not be, no more are kept. */
const MOST = 200;

const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known || names.size === MOST) return known;
  const name = `kept_${createHash('sha256').update(text).digest('base64url').slice(0, 40)}`;
  names.set(text, name);
  return name;
};

/** What a transaction begins or ends with; savepoints do neither. */
const EDGE = /^(?:begin|start transaction|commit|rollback)(?! to)/i;

const PLANNED = /^\s*(?:select|with|insert|update|delete)\b/i;

/** A connection that gives statements a name, by which the server knows them the second time, in transactions that ask for it. */
export class KeepingClient extends pg.Client {
  #keeping = false;

  // biome-ignore lint/suspicious/noExplicitAny: one of the many shapes that pg takes, all others are handed on as they are
  override query(...given: any[]): any {
    const [text, values, ...more] = given;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const asGiven = (super.query as any).bind(this, ...given);
    if (typeof text !== 'string') return asGiven();
    if (text.startsWith(MARK)) this.#keeping = true;
    else if (EDGE.test(text)) this.#keeping = false;
    const name = this.#keeping && PLANNED.test(text) ? nameOf(text) : undefined;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return name ? (super.query as any)({ name, text }, values, ...more) : asGiven();
  }
}
