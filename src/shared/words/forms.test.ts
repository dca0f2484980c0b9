import { describe, expect, it } from 'vitest';
import { say } from './index.ts';

describe('a word that goes with a number', () => {
  it.each([
    [0, 'The list still has 0 errors. Correct them in the file and bring it in again.'],
    [1, 'The list still has 1 error. Correct it in the file and bring it in again.'],
    [1_001, 'The list still has 1,001 errors. Correct them in the file and bring it in again.'],
  ])('has the form of %i', (count, sentence) => {
    expect(say('en', 'error.import.has-errors', { count })).toBe(sentence);
  });

  it('has the form of a number that was written already', () => {
    expect(say('en', 'next.import.checked', { added: '1', changed: '2' })).toMatch(/adds 1 household /u);
    expect(say('en', 'next.import.checked', { added: '1,001', changed: '1' })).toMatch(/adds 1,001 households /u);
  });

  it('stays one word in Vietnamese', () => {
    expect(say('vi', 'page.household.people-count', { count: 1 })).toBe('1 nhân khẩu');
    expect(say('vi', 'page.household.people-count', { count: 7_430 })).toBe('7.430 nhân khẩu');
  });
});
