import { describe, expect, it } from 'vitest';
import { words } from '../../src/shared/words/index.ts';
import { isTest, type Node, readSources, walk } from './source.ts';

const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/gu)].map((found) => found[1]!).sort();

/** Keys that stand as literals in the code, with the file: `say('key')`, and codes of errors and faults. */
const used = (): [file: string, key: string][] =>
  readSources()
    .filter((file) => !isTest(file.path) && !file.path.startsWith('src/shared/words/'))
    .flatMap((file) =>
      [...walk(file.program)].flatMap((node): [string, string][] => {
        if (node.type !== 'CallExpression') return [];
        const name = String(
          (node.callee as Node).name ?? ((node.callee as Node).property as Node | undefined)?.name ?? '',
        );
        const first = (node.arguments as Node[])[0];
        if (first?.type !== 'Literal' || typeof first.value !== 'string') return [];
        if (name === 'say') return [[file.path, first.value]];
        const fails = ['invalid', 'forbidden', 'notFound', 'conflict', 'unavailable'].includes(name);
        return fails ? [[file.path, `error.${first.value}`]] : [];
      }),
    );

describe('words', () => {
  it('every sentence stands in both languages, with the same placeholders', () => {
    expect(Object.keys(words.en).sort()).toEqual(Object.keys(words.vi).sort());
    for (const [key, sentence] of Object.entries(words.vi)) {
      expect(placeholders(words.en[key] ?? ''), key).toEqual(placeholders(sentence));
      expect(sentence.normalize('NFC'), key).toBe(sentence);
      expect(sentence.trim().length, key).toBeGreaterThan(0);
    }
  });

  it('every sentence that the code asks for exists', () => {
    const asked = used();
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter(([, key]) => !(key in words.vi))).toEqual([]);
  });
});
