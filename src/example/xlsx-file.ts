import type { Day } from '../shared/dates.ts';
import { zip } from './zip-file.ts';

/** A cell: text, a number, a true Excel date, or nothing. */
export type Cell = string | number | { readonly day: Day } | null;

type RowStyle = 'plain' | 'heading' | 'header' | 'body' | 'strong';

export interface SheetRow {
  readonly cells: readonly Cell[];
  readonly style: RowStyle;
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  /** Ranges such as `A1:F1`. */
  readonly merges: readonly string[];
  /** Column widths in characters. */
  readonly widths: readonly number[];
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/gu, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** `A`, `B` ... `Z`, `AA` for column 0, 1 ... */
export const columnName = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);

// Excel counts days from 30 December 1899 (with its leap day of 1900), so this holds from 1 March 1900 on.
const serialDay = (day: Day): number => Math.round((Date.parse(day) - Date.parse('1899-12-30')) / 86_400_000);

const STYLE: Readonly<Record<RowStyle, number>> = { plain: 0, heading: 1, header: 2, body: 3, strong: 5 };
const BODY_DATE = 4;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const font = (bold: boolean): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="11"/><name val="Times New Roman"/><family val="1"/></font>`;
const side = (name: string): string => `<${name} style="thin"><color auto="1"/></${name}>`;
const centred = '<alignment horizontal="center" vertical="center" wrapText="1"/>';

const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>` +
  `<fonts count="2">${font(false)}${font(true)}</fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>' +
  `<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border></borders>` +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  `<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">${centred}</xf>` +
  `<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1">${centred}</xf>` +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>' +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

const sheetXml = (sheet: Sheet, indexOf: (text: string) => number): string => {
  const parts = [`${HEAD}<worksheet xmlns="${MAIN}"><cols>`];
  sheet.widths.forEach((width, at) => {
    parts.push(`<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  });
  parts.push('</cols><sheetData>');
  const names = sheet.widths.map((_, at) => columnName(at));
  sheet.rows.forEach(({ cells, style }, at) => {
    const number = at + 1;
    parts.push(`<row r="${number}">`);
    cells.forEach((cell, column) => {
      const ref = `${names[column]!}${number}`;
      const s = STYLE[style];
      if (cell === null || cell === '') {
        if (style === 'header' || style === 'body') parts.push(`<c r="${ref}" s="${s}"/>`);
      } else if (typeof cell === 'string') parts.push(`<c r="${ref}" s="${s}" t="s"><v>${indexOf(cell)}</v></c>`);
      else if (typeof cell === 'number') parts.push(`<c r="${ref}" s="${s}"><v>${cell}</v></c>`);
      else parts.push(`<c r="${ref}" s="${BODY_DATE}"><v>${serialDay(cell.day)}</v></c>`);
    });
    parts.push('</row>');
  });
  parts.push('</sheetData>');
  if (sheet.merges.length > 0) {
    const merged = sheet.merges.map((range) => `<mergeCell ref="${range}"/>`).join('');
    parts.push(`<mergeCells count="${sheet.merges.length}">${merged}</mergeCells>`);
  }
  parts.push('</worksheet>');
  return parts.join('');
};

/**
 * A workbook as Excel saves it (ECMA-376, shared strings, one style sheet). Written here and not by a library because the
 * example is written at the first start, while somebody waits, and because equal content must give equal bytes.
 */
export const xlsxFile = (title: string, sheets: readonly Sheet[]): Buffer => {
  const strings = new Map<string, number>();
  let uses = 0;
  const indexOf = (text: string): number => {
    uses += 1;
    const known = strings.get(text);
    if (known !== undefined) return known;
    strings.set(text, strings.size);
    return strings.size - 1;
  };
  const pages = sheets.map((sheet, at) => ({
    name: `xl/worksheets/sheet${at + 1}.xml`,
    data: Buffer.from(sheetXml(sheet, indexOf)),
  }));
  const shared = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('');
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (part: string, kind: string): string => `<Override PartName="${part}" ContentType="${kind}"/>`;
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${kind}" Target="${target}"/>`;
  const text = (name: string, xml: string) => ({ name, data: Buffer.from(HEAD + xml) });
  const core = 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties';
  return zip([
    text(
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
        override('/xl/workbook.xml', `${type}.sheet.main+xml`) +
        sheets.map((_, at) => override(`/xl/worksheets/sheet${at + 1}.xml`, `${type}.worksheet+xml`)).join('') +
        override('/xl/styles.xml', `${type}.styles+xml`) +
        override('/xl/sharedStrings.xml', `${type}.sharedStrings+xml`) +
        override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml') +
        '</Types>',
    ),
    text(
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', `${RELS}/officeDocument`, 'xl/workbook.xml')}${relation('rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml')}</Relationships>`,
    ),
    text(
      'docProps/core.xml',
      `<cp:coreProperties xmlns:cp="${core}" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:creator>Dữ liệu mô phỏng</dc:creator></cp:coreProperties>`,
    ),
    text(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets>${sheets.map((sheet, at) => `<sheet name="${escaped(sheet.name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    text(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, at) => relation(`rId${at + 1}`, `${RELS}/worksheet`, `worksheets/sheet${at + 1}.xml`)).join('')}${relation(`rId${sheets.length + 1}`, `${RELS}/styles`, 'styles.xml')}${relation(`rId${sheets.length + 2}`, `${RELS}/sharedStrings`, 'sharedStrings.xml')}</Relationships>`,
    ),
    ...pages,
    { name: 'xl/styles.xml', data: Buffer.from(STYLES) },
    text('xl/sharedStrings.xml', `<sst xmlns="${MAIN}" count="${uses}" uniqueCount="${strings.size}">${shared}</sst>`),
  ]);
};
