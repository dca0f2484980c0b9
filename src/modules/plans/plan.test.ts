import { describe, expect, it } from 'vitest';
import { byPhase, phaseOf } from './plan.ts';

const TODAY = '2026-06-15';

const plan = (code: string, periodFrom: string, periodTo: string, state: 'issued' | 'closed' | 'draft' = 'issued') => ({
  ...{ code, periodFrom, periodTo },
  phase: phaseOf({ state, periodFrom, periodTo }, TODAY),
});

describe('where a plan stands in time', () => {
  it('is under way from its first day to its last, and over once it was closed', () => {
    expect(plan('a', TODAY, '2026-12-31').phase).toBe('now');
    expect(plan('a', '2026-01-01', TODAY).phase).toBe('now');
    expect(plan('a', '2026-06-16', '2026-12-31').phase).toBe('coming');
    expect(plan('a', '2026-01-01', '2026-06-14').phase).toBe('over');
    expect(plan('a', '2026-01-01', '2026-12-31', 'closed').phase).toBe('over');
    expect(plan('a', '2027-01-01', '2027-12-31', 'closed').phase).toBe('over');
    expect(plan('a', '2026-01-01', '2026-12-31', 'draft').phase).toBe('now');
  });

  it('puts those under way first, then what comes, then what is over, the newest of these first', () => {
    const plans = [
      plan('cu', '2016-01-01', '2020-12-31'),
      plan('moi-het', '2021-01-01', '2025-12-31'),
      plan('sang-nam', '2027-01-01', '2027-12-31'),
      plan('b-nam-nay', '2026-01-01', '2026-12-31'),
      plan('a-nam-nay', '2026-01-01', '2026-12-31'),
      plan('giai-doan', '2026-03-01', '2030-12-31'),
      plan('quy-3', '2026-07-01', '2026-09-30'),
    ];
    expect(plans.toSorted(byPhase).map(({ code }) => code)).toEqual([
      ...['a-nam-nay', 'b-nam-nay', 'giai-doan', 'quy-3', 'sang-nam', 'moi-het', 'cu'],
    ]);
  });
});
