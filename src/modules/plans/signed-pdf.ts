import { open } from 'node:fs/promises';

/** A scanned plan with its annexes; more is not a document that somebody opens again. */
export const SIGNED_LIMIT = 30 * 1_048_576;

/** What whoever keeps or lets go of a signed file holds meanwhile. */
export const signedFileKey = (sha256: string): string => `signed file ${sha256}`;

const BEGIN = /^%PDF-[12]\.\d/u;
const END = /startxref\s+(\d+)\s+%%EOF\s*$/u;
const TAIL = 1_024;
/** A table of cross-references, or the object that is one: `xref`, `12 0 obj`. */
const REFERENCES = /^\s*(?:xref\s|\d+\s+\d+\s+obj\b)/u;

/**
 * Is the file a whole PDF (ISO 32000): `%PDF-n.m` first, `%%EOF` last, and before it the place of the cross-references by
 * which a reader finds the pages, with such references there. A file that was cut off, or has nothing in it, has none.
 */
export const isPdf = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const part = async (from: number, length: number): Promise<string> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead).toString('latin1');
    };
    // Programs leave zeros or line ends behind the end mark.
    const tail = (await part(Math.max(0, size - TAIL), TAIL)).replaceAll('\0', '');
    const at = Number(END.exec(tail)?.[1] ?? Number.NaN);
    return BEGIN.test(await part(0, 16)) && at < size && REFERENCES.test(await part(at, 64));
  } finally {
    await file.close();
  }
};
