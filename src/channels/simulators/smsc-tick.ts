import type { Session } from 'smpp';
import type { SmscLog } from './smsc-log.ts';

/**
 * What is to be written and what is to be said, gathered over one turn of the loop: every line is in the log before
 * anything that rests on it is said.
 */
export interface Tick {
  write(line: Readonly<Record<string, unknown>>): void;
  /** After the lines are written, in this order. */
  say(session: Session, words: () => void): void;
}

export const openTick = (log: SmscLog): Tick => {
  let lines: string[] = [];
  let sayings: { readonly session: Session; readonly words: () => void }[] = [];
  let waiting = false;
  const flush = () => {
    waiting = false;
    const [written, said] = [lines, sayings];
    [lines, sayings] = [[], []];
    log.append(written);
    const sockets = new Set(said.map(({ session }) => session.socket));
    for (const socket of sockets) socket.cork();
    for (const { words } of said) words();
    for (const socket of sockets) socket.uncork();
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(flush);
  };
  return {
    write: (line) => {
      lines.push(JSON.stringify(line));
      soon();
    },
    say: (session, words) => {
      sayings.push({ session, words });
      soon();
    },
  };
};
