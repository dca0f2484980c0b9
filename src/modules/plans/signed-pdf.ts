import { open } from 'node:fs/promises';

/** A scanned plan with its annexes; more is not a document that somebody opens again. */
export const SIGNED_LIMIT = 30 * 1_048_576;

const BEGIN = /^%PDF-[12]\.\d/u;
const END = /%%EOF\s*$/u;
const TAIL = 1_024;

/** Is the file a PDF, by how it begins and ends (ISO 32000: `%PDF-n.m` first, `%%EOF` last): whole, not cut off. */
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
    return BEGIN.test(await part(0, 16)) && END.test(tail);
  } finally {
    await file.close();
  }
};
