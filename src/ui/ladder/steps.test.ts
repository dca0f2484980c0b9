import { describe, expect, it } from 'vitest';
import { type LadderFigures, notReachedOf, reachedOf, stepsOf } from './steps.ts';

const figures = (more: Partial<LadderFigures> = {}): LadderFigures => ({
  ...{ n: 10, couldHear: 9, s2: 8, s3: 5, s4: 5, s5: 1, threshold: 2, ...more },
});

describe('the steps of a ladder', () => {
  it('stand beside each other from the strongest on, each to where it is met or bettered', () => {
    expect(stepsOf(figures())).toEqual([
      { stage: 5, from: 0, to: 0.1 },
      { stage: 4, from: 0.1, to: 0.5 },
      { stage: 2, from: 0.5, to: 0.8 },
    ]);
  });

  it('what could be heard changes nothing in them', () => {
    expect(stepsOf(figures({ couldHear: 0 }))).toEqual(stepsOf(figures()));
    expect(stepsOf(figures({ s2: 0, s3: 0, s4: 0, s5: 0 }))).toEqual([]);
  });

  it('who is below the stage of the line is not reached, whatever else there is', () => {
    expect([reachedOf(figures()), notReachedOf(figures())]).toEqual([8, 2]);
    expect([reachedOf(figures({ threshold: 3 })), notReachedOf(figures({ threshold: 3 }))]).toEqual([5, 5]);
  });

  it('of nobody there is none', () => {
    expect(stepsOf(figures({ n: 0, couldHear: 0, s2: 0, s3: 0, s4: 0, s5: 0 }))).toEqual([]);
  });
});
