import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { invalid } from '../../shared/errors.ts';
import { decodeOld, type OldEncoding, oldEncodings } from './old-encodings.ts';
import { plausibility } from './vietnamese.ts';

/** How the bytes of a text file are to be read. Old encodings are read as Latin-1 and decoded cell by cell. */
export interface TextEncoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258' | OldEncoding;
  /** The label for a `TextDecoder`; undefined = Latin-1. */
  readonly decoder: string | undefined;
  readonly old: OldEncoding | undefined;
}

const unicode = (name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258'): TextEncoding => ({
  name,
  decoder: name,
  old: undefined,
});
const old = (name: OldEncoding): TextEncoding => ({ name, decoder: undefined, old: name });

const SAMPLE = 48 * 1024;
// A list is taken for one of the 8-bit encodings only when nearly all its words come out as Vietnamese, and when no
// other encoding comes close.
const SURE = 0.85;
const AHEAD = 0.15;

/** Which 8-bit encoding makes Vietnamese of these bytes; undefined when none does, or more than one. */
export const guessEightBit = (bytes: Uint8Array): TextEncoding | undefined => {
  const latin = Buffer.from(bytes).toString('latin1');
  const read: [TextEncoding, string][] = [
    [unicode('windows-1258'), new TextDecoder('windows-1258').decode(bytes)],
    ...oldEncodings.map((name): [TextEncoding, string] => [old(name), decodeOld(name, latin)]),
  ];
  const scored = read
    .map(([encoding, text]) => {
      const { words, good } = plausibility(text);
      return { encoding, share: words === 0 ? 0 : good / words };
    })
    .sort((one, other) => other.share - one.share);
  const [best, second] = scored;
  return best && best.share >= SURE && best.share - (second?.share ?? 0) >= AHEAD ? best.encoding : undefined;
};

const zeroBytes = (head: Buffer, parity: number): number => {
  let zeros = 0;
  for (let at = parity; at < head.length; at += 2) if (head[at] === 0) zeros += 1;
  return zeros;
};

const byHead = (head: Buffer): TextEncoding | undefined => {
  if (head[0] === 0xff && head[1] === 0xfe) return unicode('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return unicode('utf-16be');
  if (!head.includes(0)) return undefined;
  // Without a mark at the beginning: Latin letters and digits have a zero in every second place.
  const pairs = head.length / 2;
  const even = zeroBytes(head, 0);
  const odd = zeroBytes(head, 1);
  if (odd > pairs * 0.3 && even < pairs * 0.05) return unicode('utf-16le');
  if (even > pairs * 0.3 && odd < pairs * 0.05) return unicode('utf-16be');
  throw invalid('file.not-a-table');
};

/** Copies the lines of a piece that hold bytes beyond ASCII into the sample, until it is full. */
const sampleLines = (piece: Buffer, sample: Buffer[], taken: number): number => {
  let size = taken;
  for (let from = 0; from < piece.length && size < SAMPLE; ) {
    const newline = piece.indexOf(10, from);
    const end = newline < 0 ? piece.length : newline + 1;
    const line = piece.subarray(from, Math.min(end, from + 4_096));
    if (line.some((byte) => byte > 0x7f)) {
      sample.push(Buffer.from(line));
      size += line.length;
    }
    from = end;
  }
  return size;
};

/**
 * Reads the whole file once in small pieces: what is valid UTF-8 from end to end is UTF-8; anything else must come out as
 * plausible Vietnamese under exactly one of the 8-bit encodings. Errors: `file.not-a-table`, `file.encoding-unknown`.
 */
export const detectEncoding = async (path: string): Promise<TextEncoding> => {
  const handle = await open(path);
  const head = Buffer.alloc(4_096);
  const { bytesRead } = await handle.read(head, 0, head.length, 0).finally(() => handle.close());
  const marked = byHead(head.subarray(0, bytesRead));
  if (marked) return marked;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const sample: Buffer[] = [];
  let taken = 0;
  let valid = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const piece = chunk as Buffer;
    if (valid) valid = decodes(utf8, piece);
    if (taken < SAMPLE) taken = sampleLines(piece, sample, taken);
    if (!valid && taken >= SAMPLE) break;
  }
  if (valid && decodes(utf8)) return unicode('utf-8');
  const guessed = guessEightBit(Buffer.concat(sample));
  if (!guessed) throw invalid('file.encoding-unknown');
  return guessed;
};

const decodes = (decoder: TextDecoder, piece?: Uint8Array): boolean => {
  try {
    if (piece) decoder.decode(piece, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
};
