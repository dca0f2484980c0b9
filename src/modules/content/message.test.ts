import { describe, expect, it } from 'vitest';
import { type Act, actsOf, approvalFault, lacking, type Move, type State, stateAfter, states } from './message.ts';

describe('the states of an edition', () => {
  it('draft → submitted → approved → retired, back only from submitted; nothing else', () => {
    const allowed: Record<string, State> = {
      'draft submit': 'submitted',
      'submitted return': 'draft',
      'submitted approve': 'approved',
      'approved retire': 'retired',
    };
    for (const state of states)
      for (const move of ['submit', 'return', 'approve', 'retire'] as Move[])
        expect(stateAfter(state, move), `${state} ${move}`).toBe(allowed[`${state} ${move}`]);
  });
});

describe('approved by somebody else', () => {
  const history = [
    { what: 'written', userId: 'a' },
    { what: 'submitted', userId: 'b' },
    { what: 'returned', userId: 'c' },
    { what: 'written', userId: null },
  ] as const;
  it('neither who wrote nor who submitted, nor anybody without a name', () => {
    expect(approvalFault(history, 'a')).toBe('own-work');
    expect(approvalFault(history, 'b')).toBe('own-work');
    expect(approvalFault(history, null)).toBe('nobody');
    expect(approvalFault([], null)).toBe('nobody');
    // Sending something back is no part in writing it.
    expect(approvalFault(history, 'c')).toBeUndefined();
    expect(approvalFault(history, 'd')).toBeUndefined();
  });
});

describe('what is offered', () => {
  const acts = (state: State, rights: { writes?: boolean; decides?: boolean }, newest = true, wrote = 'x') =>
    actsOf(
      { state, newest, history: [{ what: 'written', userId: wrote }] },
      { userId: 'me', writes: false, decides: false, ...rights },
    );
  it('is what works in this state for this role', () => {
    const writer = { writes: true };
    const leader = { decides: true };
    const expected: [State, typeof writer | typeof leader, Act[]][] = [
      ['draft', writer, ['write', 'submit']],
      ['submitted', writer, []],
      ['approved', writer, ['revise', 'new-edition']],
      ['retired', writer, ['new-edition']],
      ['draft', leader, []],
      ['submitted', leader, ['approve', 'return']],
      ['approved', leader, ['retire']],
      ['retired', leader, []],
    ];
    for (const [state, rights, offered] of expected) expect(acts(state, rights), state).toEqual(offered);
    expect(acts('approved', writer, false)).toEqual(['revise']);
    expect(acts('submitted', leader, true, 'me')).toEqual(['return']);
    for (const state of states) expect(acts(state, {})).toEqual([]);
  });
});

describe('what is lacking before it is submitted', () => {
  it('core, a basis, and something to send or to read out', () => {
    expect(lacking({ core: ' ', bases: [], forms: [{ kind: 'question' }] })).toEqual(['core', 'bases', 'forms']);
    expect(lacking({ core: 'x', bases: [{}], forms: [{ kind: 'script' }] })).toEqual([]);
    expect(lacking({ core: 'x', bases: [{}], forms: [{ kind: 'sms' }] })).toEqual([]);
  });
});
