import { type ZipEntry, zip } from '../../src/example/zip-file.ts';

/** Workbooks part by part, well made and badly made: what no program that writes spreadsheets would make by itself. */

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface Parts {
  /** The rows, `<row><c><v>1</v></c></row>`. */
  readonly rows?: string;
  /** What stands behind the rows. */
  readonly after?: string;
  /** Shared strings, as they are. */
  readonly strings?: readonly string[];
  readonly styles?: string;
  /** What stands before the root of the sheet: a document type has its place there. */
  readonly prolog?: string;
  readonly more?: readonly ZipEntry[];
}

const relation = (no: number, type: string, target: string): string =>
  `<Relationship Id="r${no}" Type="${OFFICE}/${type}" Target="${target}"/>`;

/** The parts of a workbook of one sheet. */
export const partsOf = ({ rows = '', after = '', strings, styles, prolog = '', more = [] }: Parts): ZipEntry[] => {
  const relations = [
    relation(1, 'worksheet', 'worksheets/sheet1.xml'),
    ...(strings ? [relation(2, 'sharedStrings', 'sharedStrings.xml')] : []),
    ...(styles ? [relation(3, 'styles', 'styles.xml')] : []),
  ];
  const texts: [name: string, text: string][] = [
    ['_rels/.rels', `<Relationships xmlns="${PACKAGE}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`],
    ['xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Danh sách" sheetId="1" r:id="r1"/></sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}">${relations.join('')}</Relationships>`],
    ['xl/worksheets/sheet1.xml', `${prolog}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${after}</worksheet>`],
    ...(strings ? [['xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`] as [string, string]] : []),
    ...(styles ? [['xl/styles.xml', `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`] as [string, string]] : []),
  ]; // biome-ignore format: a table of parts
  return [...texts.map(([name, text]) => ({ name, data: Buffer.from(text) })), ...more];
};

/** A workbook of one sheet. */
export const workbook = (parts: Parts): Buffer => zip(partsOf(parts));

/** A cell with a text in it. */
export const textCell = (address: string, text: string): string =>
  `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** As Excel keeps a workbook with a password: a compound file with the stream `EncryptedPackage` (MS-OFFCRYPTO). */
export const withPassword = (): Buffer => compoundFile('EncryptedPackage');

/** The beginning of a compound file (MS-CFB), and a directory with a stream of this name. */
export const compoundFile = (stream: string): Buffer => {
  const file = Buffer.alloc(2_048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  Buffer.from(`${stream}\0`, 'utf16le').copy(file, 1_024);
  return file;
};

/** An archive whose parts say that they are encrypted (APPNOTE, general purpose bit 0). */
export const encryptedParts = (archive: Buffer): Buffer => {
  const file = Buffer.from(archive);
  for (const [signature, flags] of [
    ['504b0304', 6],
    ['504b0102', 8],
  ] as const)
    for (let at = file.indexOf(signature, 0, 'hex'); at >= 0; at = file.indexOf(signature, at + 4, 'hex'))
      file[at + flags]! |= 1;
  return file;
};

/** A part of two million equal letters, which packs to a thousandth of its size. */
export const zipBomb = (): Buffer =>
  workbook({ rows: `<row><c t="inlineStr"><is><t>${'a'.repeat(2_000_000)}</t></is></c></row>` });
