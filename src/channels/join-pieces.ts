import type { Piece } from './smpp-deliver.ts';

type Answer = (kept: boolean) => void;

interface Whole {
  readonly piece: Piece;
  readonly texts: Map<number, string>;
  readonly answers: Answer[];
  readonly timer: NodeJS.Timeout;
}

/**
 * Puts together messages that come in pieces. None is answered before the message is kept; yet some networks bring the
 * next piece only after the one before was answered, so after this time what is there goes on as it is: in two texts
 * rather than not at all.
 */
const PATIENCE_MS = 5_000;

export interface Joiner {
  take(piece: Piece, answer: Answer): void;
  /** Lets go on what is still incomplete. */
  flush(): void;
}

export const openJoiner = (
  whole: (message: Pick<Piece, 'from' | 'text'>, answer: Answer) => void,
  patienceMs = PATIENCE_MS,
): Joiner => {
  const open = new Map<string, Whole>();
  const finish = (key: string) => {
    const one = open.get(key);
    if (!one) return;
    open.delete(key);
    clearTimeout(one.timer);
    const text = [...one.texts]
      .sort(([a], [b]) => a - b)
      .map(([, part]) => part)
      .join('');
    whole({ from: one.piece.from, text }, (kept) => {
      for (const answer of one.answers) answer(kept);
    });
  };
  return {
    take: (piece, answer) => {
      if (piece.of === 1) return whole({ from: piece.from, text: piece.text }, answer);
      const key = [piece.from, piece.to, piece.group, piece.of].join(' ');
      const one = open.get(key) ?? {
        piece,
        texts: new Map<number, string>(),
        answers: [],
        timer: setTimeout(() => finish(key), patienceMs),
      };
      open.set(key, one);
      one.texts.set(piece.part, piece.text);
      one.answers.push(answer);
      if (one.texts.size === piece.of) finish(key);
    },
    flush: () => {
      for (const key of [...open.keys()]) finish(key);
    },
  };
};
