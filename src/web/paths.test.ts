import fc from 'fast-check';
import { expect, it } from 'vitest';
import { disposition } from './download.ts';
import { localPath, withoutParameter, withParameter } from './local-path.ts';

it('whatever is asked for, the way leads nowhere else', () => {
  const pieces = fc.constantFrom(
    '/',
    '\\',
    '//',
    'evil.example',
    'https:',
    '@',
    '?',
    '#',
    '%2f',
    '\t',
    '\n',
    '..',
    '.',
    'a',
    ' ',
    'đ',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      for (const base of ['http://own.test/sign-in', 'https://own.test:8443/']) {
        const to = new URL(localPath(parts.join('')), base);
        expect(to.origin).toBe(new URL(base).origin);
      }
    }),
    { numRuns: 2000 },
  );
  expect(localPath('/imports?state=read&page=2')).toBe('/imports?state=read&page=2');
  expect(localPath('')).toBe('/');
});

it('parameters come and go', () => {
  const kept = withParameter('/notes?page=2', 'draft', 'a&b');
  expect(kept).toBe('/notes?page=2&draft=a%26b');
  expect(withoutParameter(kept, 'draft')).toBe('/notes?page=2');
  expect(withoutParameter('/notes', 'draft')).toBe('/notes');
});

it('a file name arrives whole, and breaks out of no header', () => {
  expect(disposition("Hộ 'nghèo' (2026).xlsx")).toBe(
    `attachment; filename="ho-ngheo-2026.xlsx"; filename*=UTF-8''H%E1%BB%99%20%27ngh%C3%A8o%27%20%282026%29.xlsx`,
  );
  expect(disposition('a"\r\nx: y')).not.toMatch(/[\r\n]|""/u);
  expect(disposition('…')).toContain('filename="file"');
});
