import type { Say } from '../../shared/words/index.ts';
import { How } from '../how.tsx';
import { Swatch } from './patterns.tsx';
import { StageSwatch } from './stage-sign.tsx';
import { ladderStages } from './steps.ts';

/**
 * What each sign means, in the order of the bars, and how they are made. Stands once on a page, above the
 * first of them; `brief` where the bars are not what the page is about.
 */
export const LadderKey = ({ say, brief = false }: { say: Say; brief?: boolean }) => (
  <div class={brief ? 'ladder-key brief' : 'ladder-key'}>
    {!brief && <p>{say('ladder.key')}</p>}
    <ul>
      {ladderStages.map((stage) => (
        <li>
          <StageSwatch stage={stage} />
          {say(`stage.${stage}`)}
        </li>
      ))}
      <li>
        <StageSwatch stage="missing" />
        {say(brief ? 'ladder.not-reached-short' : 'ladder.not-reached')}
      </li>
      <li>
        <StageSwatch stage={1} />
        {say(brief ? 'stage.1' : 'ladder.could-hear')}
      </li>
      <li>
        <Swatch>
          <path class="target" d="M12 2H24L18 10Z" />
          <path class="target-line" d="M18 10V20" />
        </Swatch>
        {say('ladder.target')}
      </li>
    </ul>
    <How say={say} id="chart" of={say('help.charts')} />
  </div>
);
