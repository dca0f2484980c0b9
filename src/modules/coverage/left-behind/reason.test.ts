import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages, say } from '../../../shared/words/index.ts';
import {
  type Facts,
  factNames,
  factsOf,
  isVisit,
  masksOf,
  nextStep,
  reasonOf,
  reasons,
  reasonTable,
  steps,
  visitStep,
} from './reason.ts';

const facts = (...so: (keyof Facts)[]): Facts =>
  Object.fromEntries(factNames.map((name) => [name, so.includes(name)])) as Facts;

/** The rows of a document's tables that begin with a code. */
const rowsOf = (language: string): string[][] =>
  readFileSync(new URL(`../../../../docs/how-figures-are-made.${language}.md`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const code = (cell: string | undefined): string => cell?.replaceAll('`', '') ?? '';

describe('the table of reasons', () => {
  for (const language of languages) {
    it(`stands in the document as it stands in the code (${language})`, () => {
      const rows = rowsOf(language);
      const [reasonRows, stepRows] = [rows.slice(0, reasons.length), rows.slice(reasons.length)];
      expect(reasonRows.map((cells) => [code(cells[0]), cells[1], code(cells[3])])).toEqual(
        reasonTable.map(({ code: reason, next }) => [reason, say(language, `reason.${reason}`), next]),
      );
      expect(reasonRows.every((cells) => cells.length === 4 && cells[2] !== '')).toBe(true);
      const yes = language === 'vi' ? 'có' : 'yes';
      expect(stepRows.map((cells) => [code(cells[0]), cells[1], cells[2] === yes])).toEqual(
        steps.map((step) => [step, say(language, `step.${step}`), isVisit(step)]),
      );
    });
  }

  it('gives the first that fits, and always one', () => {
    expect(reasonOf(facts())).toBe('not-yet');
    for (const [at, { code: reason, when }] of reasonTable.entries()) {
      if (when === null) continue;
      expect(reasonOf(facts(when))).toBe(reason);
      // Whatever stands further down changes nothing.
      const below = reasonTable.slice(at).flatMap((row) => row.when ?? []);
      expect(reasonOf(facts(...below))).toBe(reason);
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** factNames.length - 1 }), (mask) => {
        const reason = reasonOf(factsOf(mask));
        const row = reasonTable.find((each) => each.code === reason)!;
        const before = reasonTable.slice(0, reasonTable.indexOf(row));
        const so = factsOf(mask);
        expect(row.when === null || so[row.when]).toBe(true);
        expect(before.some(({ when }) => when !== null && so[when])).toBe(false);
      }),
    );
  });

  it('comes to the same by number as by name, each number to one reason', () => {
    const all = reasons.flatMap(masksOf);
    expect(all.length).toBe(2 ** factNames.length);
    expect(new Set(all).size).toBe(all.length);
    expect(masksOf('not-yet')).toEqual([0]);
    for (const reason of reasons) for (const mask of masksOf(reason)) expect(reasonOf(factsOf(mask))).toBe(reason);
  });

  it('proposes a known step, and for one household one that goes there', () => {
    for (const reason of reasons) {
      expect(steps).toContain(nextStep(reason));
      expect(isVisit(visitStep(reason))).toBe(true);
    }
    expect(visitStep('nothing-done')).toBe('visit-read-aloud');
    expect(visitStep('not-met')).toBe('visit-other-hour');
  });
});
