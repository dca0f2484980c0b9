import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages, say, sayIn } from '../../../shared/words/index.ts';
import { sayOf } from '../../../shared/words/units.ts';
import {
  type Facts,
  factNames,
  factsOf,
  isFor,
  isVisit,
  masksOf,
  nextStep,
  ownStep,
  reasonOf,
  reasons,
  reasonTable,
  steps,
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
      const reasonRows = rows.slice(0, reasons.length);
      const stepRows = rows.slice(reasons.length, reasons.length + steps.length);
      const officerRows = rows.slice(reasons.length + steps.length);
      expect(reasonRows.map((cells) => [code(cells[0]), cells[1], code(cells[3])])).toEqual(
        reasonTable.map(({ code: reason, next }) => [reason, say(language, `reason.${reason}`), next]),
      );
      expect(reasonRows.every((cells) => cells.length === 4 && cells[2] !== '')).toBe(true);
      const yes = language === 'vi' ? 'có' : 'yes';
      expect(stepRows.map((cells) => [code(cells[0]), cells[1], cells[2] === yes])).toEqual(
        steps.map((step) => [step, say(language, `step.${step}`), isVisit(step)]),
      );
      const ofOfficers = sayOf(sayIn(language), 'officer');
      expect(officerRows.map((cells) => [code(cells[0]), cells[1], code(cells[2])])).toEqual(
        reasonTable.map(({ code: reason, officer }) => [reason, ofOfficers(`reason.${reason}`), officer]),
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
      expect(isFor(nextStep(reason, 'household'), 'household')).toBe(true);
      expect(isVisit(ownStep(reason, 'household'))).toBe(true);
    }
    expect(ownStep('nothing-done', 'household')).toBe('visit-read-aloud');
    expect(ownStep('not-met', 'household')).toBe('visit-other-hour');
  });

  it('proposes for an officer what is done with officers: nobody visits them at home, no village meets', () => {
    for (const reason of reasons) {
      const step = nextStep(reason, 'officer');
      expect(isFor(step, 'officer'), reason).toBe(true);
      expect(isVisit(step), reason).toBe(false);
      expect(ownStep(reason, 'officer')).toBe(step);
    }
    expect(steps.filter((step) => isFor(step, 'household') && isFor(step, 'officer'))).toEqual(['wait-receipt']);
  });

  it('says of officers nothing about households and villages', () => {
    const spoken = { vi: /hộ(?!\p{L}|i nghị)|thôn/iu, en: /household|village/iu };
    for (const language of languages) {
      const own = sayOf(sayIn(language), 'officer');
      const said = [
        ...reasons.map((reason) => own(`reason.${reason}`)),
        ...reasons.map((reason) => own(`step.${nextStep(reason, 'officer')}`)),
      ];
      expect(said.filter((sentence) => spoken[language].test(sentence))).toEqual([]);
      expect(spoken[language].test(say(language, 'reason.nothing-done'))).toBe(true);
    }
  });
});
