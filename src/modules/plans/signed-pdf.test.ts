import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPdf } from './signed-pdf.ts';

const HEAD = '%PDF-1.5\n%\u00E2\u00E3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n';
const TABLE = 'xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 2 >>\n';
/** References kept in an object, as programs since PDF 1.5 do. */
const OBJECT = '2 0 obj\n<< /Type /XRef >>\nstream\nendstream\nendobj\n';
const end = (at: number) => `startxref\n${at}\n%%EOF`;

describe('a signed document is a whole PDF', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantoa-pdf-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each<[string, boolean, string]>([
    ['with a table of references', true, `${HEAD}${TABLE}${end(HEAD.length)}\n`],
    ['with references in an object', true, `${HEAD}${OBJECT}${end(HEAD.length)}`],
    ['with zeros behind its end', true, `${HEAD}${OBJECT}${end(HEAD.length)}\r\n\0\0\0`],
    ['a first and a last line', false, '%PDF-1.4\n%%EOF'],
    ['no references', false, `${HEAD}trailer\n<< /Root 1 0 R >>\n%%EOF`],
    ['references that are somewhere else', false, `${HEAD}${TABLE}${end(3)}`],
    ['references behind the end', false, `${HEAD}${TABLE}${end(9_999_999)}`],
    ['cut off', false, `${HEAD}${TABLE}startxref\n${HEAD.length}\n`],
    ['something before it', false, `\n${HEAD}${TABLE}${end(HEAD.length + 1)}`],
  ])('%s: %s', async (_, whole, content) => {
    const path = join(folder, 'ky.pdf');
    await writeFile(path, content, 'latin1');
    expect(await isPdf(path)).toBe(whole);
  });
});
