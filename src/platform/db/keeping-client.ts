import { createHash } from 'node:crypto';
import pg from 'pg';

/** What a statement begins with whose plan is worth keeping; see `by-keys.ts`. */
export const MARK = '/* kept */';

const names = new Map<string, string>();

const nameOf = (text: string): string => {
  const known = names.get(text);
  if (known) return known;
  const name = `kept_${createHash('sha256').update(text).digest('base64url').slice(0, 40)}`;
  names.set(text, name);
  return name;
};

/** A connection that gives marked statements a name, by which the server knows them the second time. */
export class KeepingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: one of the many shapes that pg takes, all others are handed on as they are
  override query(...given: any[]): any {
    const [text, values, ...more] = given;
    const named = typeof text === 'string' && text.startsWith(MARK) ? { name: nameOf(text), text } : text;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (super.query as any)(named, values, ...more);
  }
}
