import { readFileSync } from 'node:fs';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { languages } from '../shared/words/index.ts';
import { howIds } from './how.tsx';

const documentOf = (language: string): string =>
  readFileSync(new URL(`../../docs/how-figures-are-made.${language}.md`, import.meta.url), 'utf8');

const anchorsIn = (text: string): string[] => [...text.matchAll(/<a id="([^"]*)"><\/a>/gu)].map(([, id]) => id!);

/** How deep each heading is, and the anchors and tables below it: what both languages must have alike. */
const shapeOf = (text: string): string[] =>
  marked.lexer(text).flatMap((token) => {
    if (token.type === 'heading') return [`${'#'.repeat(token.depth)} ${anchorsIn(token.raw).join()}`];
    if (token.type === 'table') return [`table of ${token.header.length} columns, ${token.rows.length} rows`];
    if (token.type === 'list') return [`list of ${token.items.length}: ${anchorsIn(token.raw).join()}`];
    return token.type === 'paragraph' ? [`paragraph ${anchorsIn(token.raw).join()}`] : [];
  });

describe('the document about figures', () => {
  for (const language of languages)
    it(`has the paragraph of every figure once, in the order of the list, and no other (${language})`, () => {
      expect(anchorsIn(documentOf(language))).toEqual([...howIds]);
      // An anchor that is written in another way would be none.
      expect(documentOf(language).split('<').length - 1).toBe(howIds.length * 2);
    });

  it('has the same headings, paragraphs and tables in both languages, every heading with an anchor', () => {
    const [vi, en] = [shapeOf(documentOf('vi')), shapeOf(documentOf('en'))];
    expect(en).toEqual(vi);
    expect(vi.filter((part) => part.startsWith('## ')).length).toBeGreaterThan(5);
    expect(vi.filter((part) => part === '## ')).toEqual([]);
  });
});
