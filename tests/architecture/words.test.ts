import { describe, expect, it } from 'vitest';
import { useCases } from '../../src/app.ts';
import { languages, words } from '../../src/shared/words/index.ts';
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
        const [one, two] = node.arguments as Node[];
        // `say(language, key)` of the words themselves, or `say(key)` once the language is chosen.
        const first =
          name === 'say' &&
          (one?.type !== 'Literal' || languages.some((it) => it === one.value)) &&
          two?.type === 'Literal'
            ? two
            : one;
        if (first?.type !== 'Literal' || typeof first.value !== 'string') return [];
        if (name === 'say') return [[file.path, first.value]];
        const fails = ['invalid', 'forbidden', 'notFound', 'conflict', 'unavailable'].includes(name);
        return fails ? [[file.path, `error.${first.value}`]] : [];
      }),
    );

/** Every text that stands as a literal in the code. */
const literals = (): [file: string, text: string][] =>
  readSources()
    .filter((file) => !isTest(file.path) && !file.path.startsWith('src/shared/words/'))
    .flatMap((file) =>
      [...walk(file.program)].flatMap((node): [string, string][] =>
        node.type === 'Literal' && typeof node.value === 'string' ? [[file.path, node.value]] : [],
      ),
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

  it('a word in two forms goes with a number that the sentence has; Vietnamese has one form', () => {
    const forms = (sentence: string) =>
      [...sentence.matchAll(/\{(\w+)\|[^{}|]+\|[^{}|]+\}/gu)].map((found) => found[1]!);
    const english = Object.entries(words.en).filter(([, sentence]) => sentence.includes('|'));
    expect(english.length).toBeGreaterThan(100);
    for (const [key, sentence] of english) {
      expect(forms(sentence).length, key).toBe(
        sentence.split('{').filter((part) => part.split('}')[0]!.includes('|')).length,
      );
      // Below a figure stands its name alone; anywhere else the number is in the sentence.
      if (/^page\.(?:imports\.count|audience\.total)/u.test(key)) continue;
      for (const name of forms(sentence)) expect(placeholders(sentence), key).toContain(name);
    }
    expect(Object.values(words.vi).flatMap(forms)).toEqual([]);
  });

  it('every sentence that the code asks for exists', () => {
    const asked = used();
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter(([, key]) => !(key in words.vi))).toEqual([]);
  });

  it('every fault of a list has its sentence and its heading in the report', () => {
    const codes = literals().filter(
      ([file, text]) => file.startsWith('src/modules/registry/') && /^list\.[a-z0-9-]+$/u.test(text),
    );
    expect(codes.length).toBeGreaterThan(30);
    const keys = codes.flatMap(([, code]) => [`fault.${code}`, `fault-group.${code}`]);
    expect([...new Set(keys)].filter((key) => !(key in words.vi))).toEqual([]);
  });

  it('every use case that leaves a row in the audit has its sentence there', () => {
    const audited = useCases.filter((useCase) => useCase.kind === 'command' || useCase.sensitive);
    expect(audited.length).toBeGreaterThan(15);
    expect(audited.map(({ name }) => `audit.${name}`).filter((key) => !(key in words.vi))).toEqual([]);
  });
});
