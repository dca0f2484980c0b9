import { createHash } from 'node:crypto';
import pg from 'pg';

/** What the statement begins with from which on a transaction goes by keys; see `by-keys.ts`. */
export const MARK = '/* by keys */';
/** What a statement begins with whose answer nobody needs: in such a transaction it is not waited for. */
export const AHEAD = '/* ahead */';

/** Statements of such transactions are few, and the same letter by letter every time; should they not be, no more are kept. */
const MOST = 200;

const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size === MOST) return known;
  const name = `kept_${createHash('sha256').update(text).digest('base64url').slice(0, 40)}`;
  names.set(text, name);
  return name;
};

/** A value that cannot be written leaves a name behind for which the server has no statement: the text goes without from then on. */
const forgetUnwritten = (text: string, error: unknown): void => {
  if (!(error as { code?: string }).code) names.set(text, '');
};

/** How Kysely begins a transaction; whoever asks the connection itself (for a stream, say) begins in another way. */
const BEGIN = /^start transaction\b/;
/** What it ends with; a savepoint's end is none. */
const END = /^(?:commit|rollback)$/;
const PLANNED = /^\s*(?:\/\* ahead \*\/)?\s*(?:select|with|insert|update|delete)\b/i;

/** Letters that mean something within an array as PostgreSQL reads it. */
const SPECIAL = /["\\]/;

/**
 * A list of plain texts as PostgreSQL reads an array, looked through once: pg looks at each of them, which takes as long as
 * all else that is done with a list of some hundred ids. Any other list is left to pg.
 */
const listOf = (value: unknown): unknown => {
  if (!Array.isArray(value) || value.length === 0 || !value.every((each) => typeof each === 'string')) return value;
  const joined = value.join('');
  return SPECIAL.test(joined) ? value : `{"${value.join('","')}"}`;
};

const NOTHING = { command: '', rowCount: null, rows: [] };

type Send = (...given: unknown[]) => Promise<unknown>;

/**
 * A connection that, within a transaction, sends the next statement without waiting for the answer of one that nobody needs
 * the answer of. Should one of those fail, the next that is waited for says so, at the latest the commit: then nothing of the
 * transaction holds. In transactions that ask for it, statements get a name by which the server knows them the second time.
 */
export class KeepingClient extends pg.Client {
  /** Of pg: what is asked is sent at once, and answered in order. */
  declare pipeline: boolean;
  #keeps = false;
  #failure: unknown;

  // biome-ignore lint/suspicious/noExplicitAny: one of the many shapes that pg takes, all others are handed on as they are
  override query(...given: any[]): any {
    const [text, values] = given;
    const send: Send = super.query.bind(this);
    if (typeof text !== 'string' || typeof given.at(-1) === 'function') return send(...given);
    if (BEGIN.test(text)) {
      this.#failure = undefined;
      this.pipeline = true;
    } else if (text.startsWith(MARK)) this.#keeps = true;
    if (!this.pipeline) return send(...given);
    return this.#within(text, send, Array.isArray(values) ? values.map(listOf) : values);
  }

  async #within(text: string, send: Send, values: unknown): Promise<unknown> {
    // What could not even be sent left the transaction whole: it must not be committed.
    if (this.#failure !== undefined && text === 'commit') throw this.#failure;
    const waits = !(BEGIN.test(text) || text.startsWith(MARK) || text.startsWith(AHEAD));
    const name = this.#keeps && PLANNED.test(text) ? nameOf(text) : undefined;
    // All up to what is waited for leaves in one packet: to wake the server for each costs more than most statements.
    this.connection.stream.cork();
    const answer = name ? send({ name, text }, values) : send(text, values);
    if (name) answer.catch((error: unknown) => forgetUnwritten(text, error));
    if (waits) queueMicrotask(() => this.#flush());
    else {
      answer.catch((error: unknown) => {
        this.#failure ??= error;
      });
      return NOTHING;
    }
    try {
      const result = await answer;
      // The server says "rollback" to the commit of a transaction in which something failed.
      if (this.#failure !== undefined && text !== 'rollback') throw this.#failure;
      return result;
    } catch (error) {
      throw this.#failure ?? error;
    } finally {
      if (END.test(text)) [this.#keeps, this.pipeline] = [false, false];
    }
  }

  /** A moment later than it is asked: what is asked together goes in one packet. */
  #flush(): void {
    while (this.connection.stream.writableCorked > 0) this.connection.stream.uncork();
  }
}
