import { countBothWays } from '../../../shared/sms.ts';
import type { Say } from '../../../shared/words/index.ts';

/**
 * How many SMS parts a text takes, with its marks and without. The numbers are those of the text the page came with;
 * the script `sms-counter` keeps them up to date while somebody types.
 */
export const SmsCounter = ({ text, say }: { text: string; say: Say }) => {
  const counted = countBothWays(text);
  return (
    <div class="field stack" data-sms-counter="">
      <div class="figures">
        {(['marked', 'plain'] as const).map((name) => (
          <div class="figure">
            <p role="status">
              <span class="figure-value" data-count={`${name}-parts`}>
                {counted[name].parts}
              </span>{' '}
              {say(`page.messages.parts-${name}`)}
            </p>
            <p class="hint">
              {say('page.messages.room-for')} <span data-count={`${name}-left`}>{counted[name].left}</span>{' '}
              {say('page.messages.more-letters')}
            </p>
          </div>
        ))}
      </div>
      <p class="hint">{say('page.messages.parts-hint')}</p>
    </div>
  );
};
