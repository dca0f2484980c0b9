import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compoundFile,
  encryptedParts,
  partsOf,
  textCell,
  withPassword,
  workbook,
  zipBomb,
} from '../../../tests/support/workbooks.ts';
import { zip } from '../../example/zip-file.ts';
import { type Limits, openSheets, type SheetRow } from './index.ts';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-sheets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every row of every sheet of a file with this content. */
const read = async (content: Buffer | string, limits: Partial<Limits> = {}): Promise<SheetRow[]> => {
  files += 1;
  const path = join(folder, String(files));
  await writeFile(path, content);
  const rows: SheetRow[] = [];
  const { sheets } = await openSheets(path, { limits });
  for (const sheet of sheets) for await (const row of sheet.rows()) rows.push(row);
  return rows;
};

const entry = (name: string, text: string) => ({ name, data: Buffer.from(text) });
const numbered = (count: number): string =>
  Array.from({ length: count }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`).join('');
const merged = (...ranges: string[]): string =>
  `<mergeCells>${ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`;

const ONE = '<row r="1"><c r="A1"><v>1</v></c></row>';
const ENTITIES = `<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>`;

/** A part that says it is of ten bytes and holds thousands of rows. */
const lying = (): Buffer => {
  const whole = workbook({ rows: numbered(5_000) });
  const part = Buffer.from('xl/worksheets/sheet1.xml');
  for (const [signature, size] of [['504b0304', 22], ['504b0102', 24]] as const) // biome-ignore format: a table
    for (let at = whole.indexOf(signature, 0, 'hex'); at >= 0; at = whole.indexOf(signature, at + 4, 'hex'))
      if (whole.subarray(at, at + 80).includes(part)) whole.writeUInt32LE(10, at + size);
  return whole;
};

const REFUSED: readonly (readonly [what: string, content: () => Buffer | string, code: string, limits?: Partial<Limits>])[] = [
  ['a workbook with a password', withPassword, 'file.encrypted'],
  ['an archive whose parts are encrypted', () => encryptedParts(workbook({ rows: ONE })), 'file.encrypted'],
  ['one part that packs a thousandfold', zipBomb, 'file.zip-bomb'],
  ['parts too large together', () => workbook({ rows: numbered(3) }), 'file.zip-bomb', { unpackedBytes: 600 }],
  ['too many parts', () => workbook({ rows: ONE }), 'file.zip-bomb', { entries: 3 }],
  ['a part larger than it says', lying, 'file.damaged'],
  ['two parts of one name', () => zip([...partsOf({ rows: ONE }), entry('xl/Workbook.xml', '<workbook/>')]), 'file.damaged'],
  ['a document type with entities that grow', () => workbook({ prolog: ENTITIES, rows: '<row><c><v>&j;</v></c></row>' }), 'file.damaged'],
  ['a document type that fetches a file', () => workbook({ prolog: '<!DOCTYPE w SYSTEM "file:///etc/passwd">', rows: ONE }), 'file.damaged'],
  ['ranges merged over one another', () => workbook({ rows: numbered(5), after: merged('A1:C3', 'B2:D5') }), 'file.damaged'],
  ['a range merged twice', () => workbook({ rows: numbered(5), after: merged('A1:A3', 'A1:A3') }), 'file.damaged'],
  ['ranges merged by their lower right corner', () => workbook({ rows: numbered(5), after: merged('C3:A1', 'D5:B2') }), 'file.damaged'],
  ['a hundred thousand ranges over the same cells', () => workbook({ rows: numbered(3_000), after: merged(...Array<string>(100_000).fill('A1:OJ3000')) }), 'file.damaged'],
  ['more merged ranges than any list has', () => workbook({ rows: ONE, after: merged(...Array.from({ length: 100_001 }, (_, at) => `A${at + 1}:B${at + 1}`)) }), 'file.too-many-rows'],
  ['a text no cell holds', () => workbook({ rows: `<row><c r="A1" t="inlineStr"><is>${`<t>${'chữ '.repeat(300)}</t><t/>`.repeat(900)}</is></c></row>` }), 'file.damaged', { ratio: 100_000 }],
  ['more styles than a workbook has', () => workbook({ rows: ONE, styles: `<cellXfs>${'<xf/>'.repeat(200_002)}</cellXfs>` }), 'file.damaged', { ratio: 100_000 }],
  ['a sheet cut off', () => zip(partsOf({ rows: ONE }).map((part) => part.name.includes('sheet1') ? { ...part, data: part.data.subarray(0, -20) } : part)), 'file.damaged'],
  ['a workbook whose sheet is not there', () => zip(partsOf({ rows: ONE }).filter(({ name }) => !name.includes('sheet1'))), 'file.damaged'],
  ['a text that the table of texts has not', () => workbook({ strings: ['một'], rows: '<row><c r="A1" t="s"><v>7</v></c></row>' }), 'file.damaged'],
  ['an archive cut off', () => workbook({ rows: numbered(2_000) }).subarray(0, 3_000), 'file.damaged'],
  ['too many rows', () => workbook({ rows: numbered(4) }), 'file.too-many-rows', { rows: 3 }],
  ['too many columns', () => workbook({ rows: '<row><c r="D1"><v>1</v></c></row>' }), 'file.too-many-columns', { columns: 3 }],
  ['too many texts', () => workbook({ strings: ['một', 'hai', 'ba'], rows: '<row><c r="A1" t="s"><v>0</v></c></row>' }), 'file.too-large', { stringBytes: 150 }],
  ['a CSV with too many rows', () => 'a;b\nc;d\ne;f\n', 'file.too-many-rows', { rows: 2 }],
  ['a CSV with too many columns', () => 'a;b;c;d\n', 'file.too-many-columns', { columns: 3 }],
  ['a CSV with a quote that never ends', () => 'a;"b\nc;d\n', 'file.open-quote'],
  ['a CSV with a record longer than a page', () => `a;"${'b\n'.repeat(100)}"\n`, 'file.open-quote', { recordChars: 100 }],
  ['a text in no encoding that is known', () => Buffer.from([0x81, 0x8d, 0x20, 0x8f, 0x90, 0x0a, 0x9d, 0x81]), 'file.encoding-unknown'],
  ['Excel 97-2003 (.xls)', () => compoundFile('Workbook'), 'file.old-excel'],
  ['Excel 5 (.xls)', () => compoundFile('Book'), 'file.old-excel'],
  ['a Word document (.doc)', () => compoundFile('WordDocument'), 'file.not-a-table'],
  ['a binary workbook (.xlsb)', () => zip([entry('xl/workbook.bin', 'a')]), 'file.xlsb'],
  ['a sheet of LibreOffice (.ods)', () => zip([entry('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'), entry('content.xml', '<a/>')]), 'file.ods'],
  ['a Word document (.docx)', () => zip([entry('word/document.xml', '<a/>')]), 'file.not-a-table'],
  ['a PDF', () => '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'file.pdf'],
  ['a web page named as Excel', () => '<html><body><table><tr><td>1</td></tr></table></body></html>', 'file.html'],
  ['a web page with a declaration', () => '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', 'file.html'],
  ['a workbook of 2003 (XML)', () => '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', 'file.xml'],
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file.not-a-table'],
  ['a program', () => Buffer.from('7f454c46020101000000000000000000', 'hex'), 'file.not-a-table'],
  ['nothing at all', () => '', 'file.empty'],
  ['nothing but blanks', () => ' \r\n\t\r\n', 'file.empty'],
  ['more bytes than are taken', () => 'a;b\n'.repeat(100), 'file.too-large', { fileBytes: 399 }],
]; // biome-ignore format: a table of files

describe('a file that is no list is refused with its reason', () => {
  for (const [what, content, code, limits] of REFUSED)
    it(what, async () => {
      await expect(read(content(), limits)).rejects.toMatchObject({ kind: 'invalid', code });
    });

  it('as large as is allowed, and not one byte more', async () => {
    const content = 'a;b\n'.repeat(100);
    expect(await read(content, { fileBytes: 400 })).toHaveLength(100);
  });
});

const shown = async (content: Buffer): Promise<(readonly string[])[]> =>
  (await read(content)).map(({ cells }) => cells.map(({ text }) => text));

describe('merged ranges', () => {
  const row = (no: number, ...cells: [column: string, text: string][]): string =>
    `<row r="${no}">${cells.map(([column, text]) => textCell(`${column}${no}`, text)).join('')}</row>`;

  it('show their first cell in every row and column they cover', async () => {
    const rows = row(1, ['A', 'Thôn Một'], ['C', 'x']) + row(2, ['C', 'y']) + row(3, ['B', 'z']);
    expect(await shown(workbook({ rows, after: merged('A1:B2', 'C2:D2', 'B3:C3') }))).toEqual([
      ['Thôn Một', 'Thôn Một', 'x'],
      ['Thôn Một', 'Thôn Một', 'y', 'y'],
      ['', 'z', 'z'],
    ]);
  });

  it('that begin behind the last column, or name no cell, are none', async () => {
    const rows = row(1, ['A', 'a']) + row(2, ['A', 'b']);
    const ranges = merged('XFA1:XFD9', 'XFA1:XFD9', '1:2', 'A:B', 'chữ', '');
    expect(await shown(workbook({ rows, after: ranges }))).toEqual([['a'], ['b']]);
  });

  it('do not pile up over rows that stand in no order, and are not laid over those of others', async () => {
    const rows = row(900, ['A', 'cuối']) + row(1, ['A', 'đầu']).repeat(3);
    const ranges = Array.from({ length: 900 }, (_, at) => `A${at + 1}:B${at + 1}`);
    expect(await shown(workbook({ rows, after: merged(...ranges) }))).toEqual([['cuối', 'cuối'], ['đầu'], ['đầu'], ['đầu']]); // biome-ignore format: rows
  });
});

describe('a formula is never worked out', () => {
  it('the cell takes the value kept beside it, and nothing is asked for anywhere', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end('đã gọi');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const rows = `<row r="1"><c r="A1" t="str"><f>WEBSERVICE("${address}")</f><v>Thôn Một</v></c>
        <c r="B1" t="str"><f>WEBSERVICE("http://127.0.0.1:1")</f><v>Hộ nghèo</v></c>
        <c r="C1"><f>cmd|'/c calc'!A1</f><v>7</v></c>
        <c r="D1"><f>HYPERLINK("${address}","x")</f></c>
        <c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`;
      const more = [
        entry(
          'xl/externalLinks/_rels/externalLink1.xml.rels',
          `<Relationships><Relationship Id="r1" Type="externalLinkPath" Target="${address}/a.xlsx" TargetMode="External"/></Relationships>`,
        ),
      ];
      const [row] = await read(workbook({ rows, more }));
      expect(row!.cells.map(({ value, kind, formula }) => [value, kind, formula])).toEqual([
        ['Thôn Một', 'text', true],
        ['Hộ nghèo', 'text', true],
        [7, 'number', true],
        [null, 'formula', undefined],
        ['#DIV/0!', 'error', true],
      ]);
      expect(asked).toBe(0);
    } finally {
      server.close();
    }
  });

  it('in a CSV it is a text like any other', async () => {
    const [row] = await read('=WEBSERVICE("http://127.0.0.1:1");@SUM(1+1)\n');
    expect(row!.cells.map(({ value, kind }) => [value, kind])).toEqual([
      ['=WEBSERVICE("http://127.0.0.1:1")', 'text'],
      ['@SUM(1+1)', 'text'],
    ]);
  });

  it('a format of a million places is none', async () => {
    const styles = `<numFmts><numFmt numFmtId="200" formatCode="${'0'.repeat(1_000_000)}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>`;
    const [row] = await read(workbook({ styles, rows: '<row r="1"><c r="A1" s="0"><v>12</v></c></row>' }));
    expect(row!.cells[0]!.text).toBe('12');
  });
});
