import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { invalid } from '../../shared/errors.ts';
import { openCsv } from './csv.ts';
import { legible } from './legible.ts';
import { defaultLimits, type Limits, type Workbook } from './sheet.ts';
import { openXlsx } from './xlsx.ts';

export {
  type Cell,
  type CellKind,
  cellAddress,
  columnLetters,
  emptyCell,
  type Limits,
  type Sheet,
  type SheetRow,
  type Workbook,
} from './sheet.ts';

export interface OpenOptions {
  readonly limits?: Partial<Limits>;
  /** The file's name as its sender called it; the one sheet of a CSV is named by it. */
  readonly name?: string;
}

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

const contains = async (path: string, wanted: Buffer): Promise<boolean> => {
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const joined = Buffer.concat([tail, chunk as Buffer]);
    if (joined.includes(wanted)) return true;
    tail = joined.subarray(-wanted.length);
  }
  return false;
};

// An OLE compound file names its streams in UTF-16: the package of a password, or the workbook of Excel 97-2003.
const refuseOle = async (path: string): Promise<never> => {
  if (await contains(path, Buffer.from('EncryptedPackage', 'utf16le'))) throw invalid('file.encrypted');
  const old =
    (await contains(path, Buffer.from('Workbook', 'utf16le'))) ||
    (await contains(path, Buffer.from('Book\0', 'utf16le')));
  throw invalid(old ? 'file.old-excel' : 'file.not-a-table');
};

const isMarkup = (head: string): 'html' | 'xml' | undefined => {
  const start = head.replace(/^(?:\uFEFF|ï»¿)?\s*/u, '').toLowerCase();
  if (/^<(?:!doctype html|html|head|meta|body|table|style)/u.test(start)) return 'html';
  if (!start.startsWith('<?xml') && !start.startsWith('<workbook')) return undefined;
  return /<html/u.test(start) ? 'html' : 'xml';
};

// Beginnings of files that are no lists: images, PDF (asked before), RTF, 7z, rar, gzip.
const OTHER = ['\x89PNG', '\xff\xd8\xff', 'GIF8', '{\\rtf', '7z\xbc\xaf', 'Rar!', '\x1f\x8b', 'BM\x00'];

const refuseOthers = async (path: string, head: Buffer): Promise<void> => {
  const latin = head.toString('latin1');
  if (head.subarray(0, 8).equals(OLE)) await refuseOle(path);
  if (latin.slice(0, 1024).includes('%PDF-')) throw invalid('file.pdf');
  const markup = isMarkup(latin) ?? isMarkup(head.toString('utf16le'));
  if (markup) throw invalid(markup === 'html' ? 'file.html' : 'file.xml');
  if (OTHER.some((start) => latin.startsWith(start))) throw invalid('file.not-a-table');
};

const readHead = async (path: string): Promise<Buffer> => {
  const handle = await open(path);
  try {
    const head = Buffer.alloc(2_048);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/**
 * Opens an XLSX or a CSV (told by content, never by its name) under limits, and makes text in old fonts legible.
 *
 * Refuses with an `invalid` AppError: `file.empty`, `file.too-large`, `file.zip-bomb`, `file.encrypted` (a password),
 * `file.old-excel` (.xls), `file.xlsb`, `file.ods`, `file.pdf`, `file.html` and `file.xml` (saved as .xls by other
 * programs), `file.not-a-table`, `file.damaged`, `file.encoding-unknown`, `file.open-quote` (while reading),
 * `file.too-many-rows`, `file.too-many-columns` (while reading).
 */
export const openSheets = async (path: string, options: OpenOptions = {}): Promise<Workbook> => {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const { size } = await stat(path);
  if (size === 0) throw invalid('file.empty');
  if (size > limits.fileBytes) throw invalid('file.too-large', { limit: Math.floor(limits.fileBytes / 1_048_576) });
  const head = await readHead(path);
  if (size <= head.length && head.every((byte) => byte <= 32)) throw invalid('file.empty');
  await refuseOthers(path, head);
  const zipped = head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
  const workbook = zipped ? await openXlsx(path, limits) : await openCsv(path, options.name ?? 'CSV', limits);
  // A file of 8-bit text has been read as what it is already; in Unicode files single columns may still be in old fonts.
  if (workbook.csv && !workbook.csv.encoding.startsWith('utf-')) return workbook;
  return { ...workbook, sheets: workbook.sheets.map((sheet) => ({ ...sheet, rows: () => legible(sheet.rows()) })) };
};
