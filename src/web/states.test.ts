import { describe, expect, it } from 'vitest';
import { listedStates } from '../modules/content/index.ts';
import { deliveryStates, dispatchStates, replyStates } from '../modules/delivery/index.ts';
import { planStates, standings } from '../modules/plans/index.ts';
import { severities, shownStates } from '../modules/registry/index.ts';
import { visitStates } from '../modules/visits/index.ts';
import { words } from '../shared/words/index.ts';
import { looks, nextText, type StateKind } from './states.ts';

/** The states as the modules name them. */
const known: Readonly<Partial<Record<StateKind, readonly string[]>>> = {
  plan: planStates,
  line: standings,
  import: shownStates,
  fault: severities,
  edition: listedStates,
  dispatch: dispatchStates,
  delivery: deliveryStates,
  reply: replyStates,
  visit: visitStates,
};

const every = Object.entries(looks).flatMap(([kind, { word, states }]) =>
  Object.entries(states).map(([state, look]) => ({ kind: kind as StateKind, state, word, ...look })),
);

const sentencesOf = (kind: string, state: string): string[] =>
  Object.keys(words.vi).filter((key) => key === `next.${kind}.${state}` || key.startsWith(`next.${kind}.${state}.`));

describe('states', () => {
  it('every state has a tone and a next step or none on purpose', () => {
    for (const [kind, states] of Object.entries(known))
      expect(Object.keys(looks[kind as StateKind].states), kind).toEqual(expect.arrayContaining([...states]));
    for (const { kind, state, word, tone, asks } of every) {
      expect(tone, `${kind} ${state}`).toMatch(/^(?:plain|info|good|warning|danger)$/u);
      expect(`${word}.${state}` in words.vi, `${word}.${state}`).toBe(true);
      expect(sentencesOf(kind, state).length > 0, `next.${kind}.${state}`).toBe(asks);
    }
  });

  it('every next step belongs to a state, and is said to who may do it before it is said to others', () => {
    const steps = Object.keys(words.vi).filter((key) => key.startsWith('next.'));
    expect(steps.length).toBeGreaterThan(50);
    const owners = every.map(({ kind, state }) => `next.${kind}.${state}`);
    expect(steps.filter((key) => !owners.some((owner) => key === owner || key.startsWith(`${owner}.`)))).toEqual([]);
    expect(steps.filter((key) => key.endsWith('.others') && !(key.replace(/\.others$/u, '') in words.vi))).toEqual([]);
  });

  it('who may not do it is told who does', () => {
    const say = (key: string) => key;
    const draft = { kind: 'plan', state: 'draft' } as const;
    expect(nextText(say, draft)).toBe('next.plan.draft');
    expect(nextText(say, draft, { may: false })).toBe('next.plan.draft.others');
    expect(nextText(say, { kind: 'import', state: 'checked' }, { how: 'faulty', may: false })).toBe(
      'next.import.checked.faulty.others',
    );
    // The same for everybody.
    expect(nextText(say, { kind: 'dispatch', state: 'open' }, { may: false })).toBe('next.dispatch.open');
    expect(nextText(say, { kind: 'plan', state: 'issued' })).toBeUndefined();
  });
});
