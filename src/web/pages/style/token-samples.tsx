import type { Say } from '../../../shared/words/index.ts';
import {
  Aside,
  Card,
  Hint,
  Lead,
  Lines,
  Mark,
  ReadAloud,
  Said,
  SummaryList,
  Swatches,
  Whole,
} from '../../../ui/index.ts';

/** Colours, type, the mark. */
export const TokenSamples = ({ say }: { say: Say }) => (
  <>
    <Swatches />
    <Card title={say('style.type')}>
      <Mark />
      <h3>{say('style.heading')}</h3>
      <p>
        {say('style.text')} <a href="#tokens">{say('style.link')}</a> <Aside>{say('style.aside')}</Aside>{' '}
        <Whole>0912 345 678</Whole>
      </p>
      <Lead>{say('style.lead-text')}</Lead>
      <Hint>{say('style.hint')}</Hint>
      <Said quoted>{say('style.said')}</Said>
      {/* "Tai Dam" in Tai Viet script: its font is sent where the script stands. */}
      <ReadAloud lang="blt">ꪼꪕꪒꪾ</ReadAloud>
      <Lines>
        <li>{say('style.line')}</li>
        <li>{say('style.line')}</li>
      </Lines>
      <SummaryList
        items={[
          { label: say('page.plans.place'), value: say('style.place') },
          { label: say('page.plans.period'), value: '01/01/2026 – 31/12/2026' },
        ]}
      />
    </Card>
  </>
);
