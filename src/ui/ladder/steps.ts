/** What a ladder is drawn from: people at each stage or better, of all that are meant, and the stage from which one is reached. */
export interface LadderFigures {
  readonly n: number;
  /** Area evidence met them: of another kind, so it never stands in the ladder itself. */
  readonly couldHear: number;
  readonly s2: number;
  readonly s3: number;
  readonly s4: number;
  readonly s5: number;
  readonly threshold: number;
}

/** Strongest first: the one order of every bar, tile and key, so that one has to learn it once. */
export const ladderStages = [5, 4, 3, 2] as const;

export type LadderStage = (typeof ladderStages)[number];

/** A step of the bar: from and to as shares of all, between 0 and 1. */
export interface LadderStep {
  readonly stage: LadderStage;
  readonly from: number;
  readonly to: number;
}

const at = (figures: LadderFigures, stage: number): number => figures[`s${stage}` as 's2' | 's3' | 's4' | 's5'] ?? 0;

/** Those who are best at each stage, beside each other; where the last ends, nobody has proven anything. */
export const stepsOf = (figures: LadderFigures): LadderStep[] => {
  const { n } = figures;
  let from = 0;
  return ladderStages.flatMap((stage) => {
    const to = n === 0 ? 0 : at(figures, stage) / n;
    const step = { stage, from, to };
    from = to;
    return step.to > step.from ? [step] : [];
  });
};

export const reachedOf = (figures: LadderFigures): number => at(figures, figures.threshold);

export const notReachedOf = (figures: LadderFigures): number => figures.n - reachedOf(figures);

/** Share of a part in all; of nobody nothing. */
export const shareOf = (part: number, { n }: LadderFigures): number => (n === 0 ? 0 : part / n);

/** Share of those meant who are reached, between 0 and 1. */
export const reachedShare = (figures: LadderFigures): number => shareOf(reachedOf(figures), figures);
