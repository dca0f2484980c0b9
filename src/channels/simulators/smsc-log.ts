import { closeSync, createReadStream, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Stat } from './smsc-behaviour.ts';

/** A receipt or a message that has not been answered as kept. */
export type Owed =
  | { readonly kind: 'receipt'; readonly ref: string; readonly stat: Stat; readonly to: string; readonly from: string }
  | {
      readonly kind: 'inbound';
      readonly id: string;
      readonly from: string;
      readonly to: string;
      readonly text: string;
    };

/** What an earlier run left behind. */
export interface Left {
  readonly owed: readonly Owed[];
  /** Beginnings of names that are used up: a name never stands for two messages. */
  readonly runs: ReadonlySet<string>;
}

const text = z.string();
const stat = z.enum(['DELIVRD', 'EXPIRED', 'UNDELIV', 'UNKNOWN']);
const lineSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('submit'), ref: text, to: text, from: text, receipt: stat.nullable() }),
  z.object({ event: z.literal('receipt-acked'), ref: text }),
  z.object({ event: z.literal('inbound'), id: text, from: text, to: text, text }),
  z.object({ event: z.literal('inbound-acked'), id: text }),
]);

/** Letters at the head of a name that are one run's own. */
export const RUN_LETTERS = 8;

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    // The last line of a run that was killed may be torn; nothing was answered for it.
    return undefined;
  }
};

/** Reads what an earlier run wrote; a file that is not there left nothing. */
export const readLeft = async (path: string): Promise<Left> => {
  const owed = new Map<string, Owed>();
  const runs = new Set<string>();
  if (!statSync(path, { throwIfNoEntry: false })) return { owed: [], runs };
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { data } = lineSchema.safeParse(parsed(line));
    if (!data) continue;
    if (data.event === 'submit') {
      runs.add(data.ref.slice(0, RUN_LETTERS));
      const { ref, to, from, receipt } = data;
      if (receipt) owed.set(`receipt ${ref}`, { kind: 'receipt', ref, stat: receipt, to, from });
    } else if (data.event === 'receipt-acked') owed.delete(`receipt ${data.ref}`);
    else if (data.event === 'inbound') {
      runs.add(data.id.slice(0, RUN_LETTERS));
      owed.set(`inbound ${data.id}`, { kind: 'inbound', id: data.id, from: data.from, to: data.to, text: data.text });
    } else owed.delete(`inbound ${data.id}`);
  }
  return { owed: [...owed.values()], runs };
};

/** Does the file end in the middle of a line? */
const endsTorn = (path: string): boolean => {
  const { size } = statSync(path);
  if (size === 0) return false;
  const file = openSync(path, 'r');
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  closeSync(file);
  return last[0] !== 10;
};

export interface SmscLog {
  append(lines: readonly string[]): void;
}

/** Opens the log for appending; a torn last line gets its end first. */
export const openSmscLog = (path: string): SmscLog => {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a');
  if (endsTorn(path)) writeSync(file, '\n');
  return {
    append: (lines) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    },
  };
};
