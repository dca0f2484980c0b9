import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { parse } from 'csv-parse';
import { AppError, invalid } from '../../shared/errors.ts';
import { detectEncoding, type TextEncoding } from './encoding.ts';
import { decodeOld } from './old-encodings.ts';
import { type Cell, emptyCell, type Limits, type SheetRow, type Workbook } from './sheet.ts';

const DELIMITERS = [';', ',', '\t'] as const;

const HEAD = 128 * 1024;

const decodeHead = async (path: string, encoding: TextEncoding): Promise<string> => {
  const handle = await open(path);
  const bytes = Buffer.alloc(HEAD);
  const { bytesRead } = await handle.read(bytes, 0, HEAD, 0).finally(() => handle.close());
  const head = bytes.subarray(0, bytesRead);
  return encoding.decoder ? new TextDecoder(encoding.decoder).decode(head, { stream: true }) : head.toString('latin1');
};

/** How often each delimiter stands outside quotes, record by record. */
const countDelimiters = (text: string): Map<string, number[]> => {
  const counts = new Map<string, number[]>(DELIMITERS.map((delimiter) => [delimiter, []]));
  let quoted = false;
  let current = DELIMITERS.map(() => 0);
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '\n') {
      for (const [at, delimiter] of DELIMITERS.entries()) counts.get(delimiter)!.push(current[at]!);
      current = DELIMITERS.map(() => 0);
    } else {
      const at = (DELIMITERS as readonly string[]).indexOf(char);
      if (at >= 0) current[at]! += 1;
    }
  }
  for (const [at, delimiter] of DELIMITERS.entries()) counts.get(delimiter)!.push(current[at]!);
  return counts;
};

/** The delimiter that most records share in the same number; `sep=;` in the first line is Excel's own way to say it. */
const guessDelimiter = (text: string): string => {
  const said = /^\uFEFF?"?sep=(.)"?\r?\n/iu.exec(text)?.[1];
  if (said) return said;
  let best: string = ',';
  let most = 0;
  for (const [delimiter, counts] of countDelimiters(text)) {
    const frequency = new Map<number, number>();
    for (const count of counts) if (count > 0) frequency.set(count, (frequency.get(count) ?? 0) + 1);
    const score = Math.max(0, ...[...frequency].map(([count, records]) => records * Math.min(count, 40)));
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
};

const toCell = (typed: string, encoding: TextEncoding): Cell => {
  // Excel and its users write ="000123" to keep leading zeros in a CSV.
  const kept = typed.charCodeAt(0) === 61 ? (/^="(.*)"$/su.exec(typed)?.[1] ?? typed) : typed;
  const text = encoding.old ? decodeOld(encoding.old, kept) : kept.normalize('NFC');
  return text.trim() === '' ? emptyCell : { value: text, text, kind: 'text' };
};

const decoding = (encoding: TextEncoding): Transform => {
  const decoder = encoding.decoder ? new TextDecoder(encoding.decoder) : undefined;
  return new Transform({
    decodeStrings: false,
    encoding: 'utf8',
    transform(chunk: Buffer, _, done) {
      done(null, decoder ? decoder.decode(chunk, { stream: true }) : chunk.toString('latin1'));
    },
    flush(done) {
      done(null, decoder ? decoder.decode() : '');
    },
  });
};

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

const lineBreaks = (record: readonly string[]): number => {
  let breaks = 0;
  for (const field of record) if (field.includes('\n')) breaks += field.split('\n').length - 1;
  return breaks;
};

async function* readRecords(
  path: string,
  encoding: TextEncoding,
  delimiter: string,
  limits: Limits,
): AsyncGenerator<SheetRow> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: limits.recordChars,
  });
  const source = createReadStream(path);
  const text = decoding(encoding);
  // pipe, not pipeline: whoever stops iterating ends all three below, without an error for it.
  source.on('error', (error) => parser.destroy(error));
  text.on('error', (error) => parser.destroy(error));
  source.pipe(text).pipe(parser);
  let count = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (info.lines === 1 && /^sep=.?$/iu.test(record[0] ?? '')) continue;
      const cells = record.map((field) => toCell(field, encoding));
      while (cells.at(-1)?.kind === 'empty') cells.pop();
      if (cells.length === 0) continue;
      if (cells.length > limits.columns) throw invalid('file.too-many-columns', { limit: limits.columns });
      count += 1;
      if (count > limits.rows) throw invalid('file.too-many-rows', { limit: limits.rows });
      yield { number: info.lines - lineBreaks(record), hidden: false, cells };
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = String((error as { code?: unknown }).code);
    if (code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_QUOTE_NOT_CLOSED') throw invalid('file.open-quote');
    if (code.startsWith('CSV_')) throw invalid('file.damaged');
    throw error;
  } finally {
    source.destroy();
    text.destroy();
    parser.destroy();
  }
}

/** Opens a CSV as a workbook of one sheet. Memory does not grow with the file: records stream. */
export const openCsv = async (path: string, name: string, limits: Limits): Promise<Workbook> => {
  const encoding = await detectEncoding(path);
  const delimiter = guessDelimiter(await decodeHead(path, encoding));
  return {
    format: 'csv',
    csv: { encoding: encoding.name, delimiter },
    sheets: [{ name, hidden: false, rows: () => readRecords(path, encoding, delimiter, limits) }],
  };
};
