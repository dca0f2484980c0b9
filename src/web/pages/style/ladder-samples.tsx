import type { Say } from '../../../shared/words/index.ts';
import {
  LadderChart,
  type LadderFigures,
  LadderKey,
  type LadderRow,
  LadderStrip,
  Lines,
  MonthColumns,
  SmallMonths,
  StageSign,
  VillageGrid,
} from '../../../ui/index.ts';

const figures = (n: number, s2: number, s3: number, s4: number, s5: number, couldHear: number): LadderFigures => ({
  ...{ n, couldHear, s2, s3, s4, s5, threshold: 2 },
});

const SEVERAL = [
  figures(120, 96, 70, 40, 12, 110),
  figures(60, 20, 20, 6, 0, 44),
  figures(30, 30, 30, 30, 30, 0),
  figures(14, 0, 0, 0, 0, 14),
  figures(0, 0, 0, 0, 0, 0),
];

const rowsOf = (say: Say): LadderRow[] =>
  SEVERAL.map((each, at) => ({
    name: say('style.village', { number: at + 1 }),
    href: each.n > 0 ? '#ladder' : undefined,
    figures: each,
    target: 0.8,
  }));

const months = ['01', '02', '03', '04'].map((month, at) => ({
  ...SEVERAL[0]!,
  ...{ label: `${month}/2026`, s2: 30 + at * 20, s3: 20 + at * 15, s4: at * 10, s5: at * 3 },
}));

/** The evidence ladder in each of its shapes. */
export const LadderSamples = ({ say }: { say: Say }) => (
  <>
    <LadderKey say={say} />
    <LadderChart say={say} label={say('style.bars')} rows={rowsOf(say)} />
    <h3>{say('style.strip')}</h3>
    <LadderKey say={say} brief />
    <LadderStrip say={say} figures={SEVERAL[1]!} target={0.8} />
    <h3>{say('style.signs')}</h3>
    <Lines plain>
      {([5, 4, 3, 2, 1, 'missing'] as const).map((stage) => (
        <li>
          <StageSign say={say} stage={stage} />
        </li>
      ))}
    </Lines>
    <h3>{say('style.tiles')}</h3>
    <VillageGrid say={say} label={say('style.tiles')} rows={rowsOf(say)} />
    <h3>{say('style.months')}</h3>
    <MonthColumns say={say} name={say('style.months')} months={months} />
    <SmallMonths say={say} of={[1, 2].map((number) => ({ name: say('style.village', { number }), months }))} />
  </>
);
