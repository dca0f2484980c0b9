import ExcelJS from 'exceljs';
import yauzl from 'yauzl';

/** Every file of an archive, by its path. */
const unzip = (file: Buffer): Promise<Map<string, string>> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(file, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const texts = new Map<string, string>();
      zip.on('error', reject).on('end', () => resolve(texts));
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, async (broken, stream) => {
          if (broken) return reject(broken);
          const parts: Buffer[] = [];
          for await (const part of stream) parts.push(part as Buffer);
          texts.set(entry.fileName, Buffer.concat(parts).toString('utf8'));
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });

const plain = (xml: string): string =>
  xml
    .replace(/<\/w:p>/gu, '\n')
    .replace(/<[^>]+>/gu, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();

/** What somebody reads in a Word file: its text, a line a paragraph, and what stands above and below every page. */
export const textOfDocx = async (file: Buffer) => {
  const parts = await unzip(file);
  const named = (pattern: RegExp) => [...parts].filter(([path]) => pattern.test(path)).map(([, xml]) => plain(xml));
  return {
    document: named(/^word\/document\.xml$/u)[0]!,
    headers: named(/^word\/header\d*\.xml$/u),
    footers: named(/^word\/footer\d*\.xml$/u),
  };
};

/** The table of the first sheet that begins with `first`, and what else its file holds. */
export const sheetOf = async (file: Buffer, first: string) => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(file as never);
  const values = book.worksheets[0]!.getSheetValues().slice(1) as (unknown[] | undefined)[];
  const heading = values.findIndex((row) => row?.[1] === first);
  let formulas = 0;
  for (const sheet of book.worksheets)
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.type === ExcelJS.ValueType.Formula) formulas++;
      }),
    );
  return {
    head: values[heading]!.slice(1) as string[],
    rows: values.slice(heading + 1).flatMap((row) => (row ? [row.slice(1)] : [])),
    formulas,
    footers: book.worksheets.map(({ headerFooter }) => headerFooter?.oddFooter ?? ''),
  };
};
