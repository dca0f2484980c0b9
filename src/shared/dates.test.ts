import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, isDay, readDay, showDay } from './dates.ts';

describe('days as people type them', () => {
  it('are days, months or years', () => {
    expect([
      readDay('1/5/1960'),
      readDay('5.1960'),
      readDay('1960'),
      readDay('00/00/1960'),
      readDay(' 1960-05-01 '),
    ]).toEqual([
      { date: '1960-05-01', precision: 'day' },
      { date: '1960-05-01', precision: 'month' },
      { date: '1960-01-01', precision: 'year' },
      { date: '1960-01-01', precision: 'year' },
      { date: '1960-05-01', precision: 'day' },
    ]);
    for (const text of [
      '',
      '01/05/60',
      '31/04/2000',
      '29/02/1900',
      '1/13/2000',
      '15/00/2000',
      '0000',
      '1/2/3/2000',
      '12345',
      'x',
      '1960-5',
      '1/5/19600',
    ])
      expect(readDay(text), text).toBeUndefined();
  });

  it('come back as they are shown', () => {
    const days = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1900-01-01', days));
    fc.assert(
      fc.property(days, (date) => {
        expect(isDay(date)).toBe(true);
        expect(readDay(showDay(date))).toEqual({ date, precision: 'day' });
        expect(readDay(date)).toEqual({ date, precision: 'day' });
        const [year, month] = date.split('-').map(Number);
        expect(readDay(showDay(date, 'month'))).toEqual({ date: day(year!, month!, 1), precision: 'month' });
        expect(readDay(showDay(date, 'year'))).toEqual({ date: day(year!, 1, 1), precision: 'year' });
      }),
    );
  });
});
