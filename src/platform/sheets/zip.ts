import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError, invalid } from '../../shared/errors.ts';
import type { Limits } from './sheet.ts';
import { createXmlReader, type XmlListener } from './xml.ts';

/** The parts of an open zip file by name (lower case, without a leading slash). */
export interface Zip {
  has(name: string): boolean;
  names(): readonly string[];
  /** Sends one part through an XML reader piece by piece; whoever iterates may stop in between. */
  readXml(name: string, listener: XmlListener): AsyncIterable<void>;
  close(): void;
}

const keyOf = (name: string): string => name.replace(/^\/+/u, '').toLowerCase();

const guard = (entry: Entry, limits: Limits): void => {
  if (entry.isEncrypted()) throw invalid('file.encrypted');
  const bomb = entry.uncompressedSize > 1_048_576 && entry.uncompressedSize > entry.compressedSize * limits.ratio;
  if (bomb) throw invalid('file.zip-bomb');
};

const listEntries = async (zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> => {
  if (zip.entryCount > limits.entries) throw invalid('file.zip-bomb');
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    guard(entry, limits);
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.unpackedBytes) throw invalid('file.zip-bomb');
    // A second entry of one name is a way to show one content to a checker and another to a reader.
    if (entries.has(keyOf(entry.fileName))) throw invalid('file.damaged');
    entries.set(keyOf(entry.fileName), entry);
  }
  return entries;
};

const translate = (error: unknown): unknown => (error instanceof AppError ? error : invalid('file.damaged'));

/**
 * Opens a zip under limits: number of parts, unpacked size, ratio. The declared sizes are held against what really comes
 * out (the library ends with an error when a part unpacks to another size than it declared).
 * Errors: `file.zip-bomb`, `file.encrypted`, `file.damaged`.
 */
export const openZip = async (path: string, limits: Limits): Promise<Zip> => {
  let file: ZipFile | undefined;
  try {
    file = await openPromise(path, { autoClose: false, lazyEntries: true });
    const zip = file;
    const entries = await listEntries(zip, limits);
    return {
      has: (name) => entries.has(keyOf(name)),
      names: () => [...entries.keys()],
      readXml: (name, listener) => feed(zip, entries.get(keyOf(name)), listener),
      close: () => zip.close(),
    };
  } catch (error) {
    file?.close();
    throw translate(error);
  }
};

async function* feed(zip: ZipFile, entry: Entry | undefined, listener: XmlListener): AsyncGenerator<void> {
  if (!entry) throw invalid('file.damaged');
  let stream: Readable | undefined;
  try {
    stream = await zip.openReadStreamPromise(entry);
    const xml = createXmlReader(listener);
    const decoder = new TextDecoder('utf-8');
    for await (const chunk of stream) {
      xml.write(decoder.decode(chunk as Buffer, { stream: true }));
      yield;
    }
    xml.write(decoder.decode());
    xml.end();
    yield;
  } catch (error) {
    throw translate(error);
  } finally {
    stream?.destroy();
  }
}

/** Reads a whole part through a listener. */
export const readPart = async (zip: Zip, name: string, listener: XmlListener): Promise<void> => {
  for await (const _ of zip.readXml(name, listener));
};
