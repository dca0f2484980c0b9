import type { Say } from '../../shared/words/index.ts';
import { Cross, fillOf, HEAR_FILL, Swatch } from './patterns.tsx';
import type { LadderStage } from './steps.ts';

/** A step of the ladder, what could be heard (1), or not reached. */
export type Sign = LadderStage | 1 | 'missing';

/** One sign as it stands in the bars. */
export const StageSwatch = ({ stage }: { stage: Sign }) => (
  <Swatch>
    {stage === 'missing' ? (
      <>
        <rect class="missing" x="1.5" y="1.5" width="33" height="17" />
        <svg class="ladder" aria-hidden="true" x="18" y="10">
          <Cross />
        </svg>
      </>
    ) : stage === 1 ? (
      <rect class="hear" x="1" y="6" width="34" height="8" fill={HEAR_FILL} />
    ) : (
      <rect class="edge" x="1" y="1" width="34" height="18" fill={fillOf(stage)} />
    )}
  </Swatch>
);

/** The sign of a stage as 0 to 5: below what could be heard there is nothing to show for. */
export const signOf = (stage: number): Sign => (stage >= 2 ? (stage as LadderStage) : stage === 1 ? 1 : 'missing');

/** How far one household is, with the name of the stage: the same sign as in every bar. `text` says more than the name. */
export const StageSign = ({ say, stage, text }: { say: Say; stage: Sign; text?: string }) => (
  <span class="stage-sign">
    <StageSwatch stage={stage} />
    <span>{text ?? say(stage === 'missing' ? 'ladder.not-reached-short' : `stage.${stage}`)}</span>
  </span>
);
