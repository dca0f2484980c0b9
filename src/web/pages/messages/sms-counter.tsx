import { countBothWays } from '../../../shared/sms.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Hint, LiveFigures } from '../../../ui/index.ts';

/**
 * How many SMS parts a text takes, with its marks and without. The numbers are those of the text the page came with;
 * the script `sms-counter` keeps them up to date while somebody types.
 */
export const SmsCounter = ({ text, say }: { text: string; say: Say }) => {
  const counted = countBothWays(text);
  return (
    <LiveFigures
      say={say}
      how="parts"
      figures={(['marked', 'plain'] as const).map((name) => ({
        ...{ name, value: counted[name].parts, caption: say(`page.messages.parts-${name}`) },
        left: {
          before: say('page.messages.room-for'),
          value: counted[name].left,
          after: say('page.messages.more-letters'),
        },
      }))}
    >
      <Hint>{say('page.messages.parts-hint')}</Hint>
    </LiveFigures>
  );
};
