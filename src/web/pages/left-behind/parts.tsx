import type { PlaceSummary, Reason } from '../../../modules/coverage/index.ts';
import { reasons } from '../../../modules/coverage/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf, type Unit } from '../../../shared/words/units.ts';
import { Figure, Figures, type HowMade, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { type AskedPage, addressOf } from './asked.ts';

interface Summary {
  readonly request: PageRequest;
  readonly asked: AskedPage;
  readonly unit: Unit;
  readonly total: number;
  readonly places: readonly PlaceSummary[];
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  readonly several: boolean;
}

const howMade = (say: Say, several: boolean): HowMade => [
  ['not-reached', capital(say('page.left-behind.missing'))],
  ...(several ? ([['lines-reached', capital(say('page.left-behind.none'))]] as const) : []),
  ['reasons', say('page.left-behind.why')],
];

/** How many, and why: each figure opens the list of just those. */
export const Reasons = ({ request, asked, unit, places, reasons: counts, several }: Summary) => {
  const { language } = request;
  const say = sayOf(request.say, unit);
  const number = (value: number) => showNumber(value, language);
  const missing = places.reduce((sum, place) => sum + place.missing, 0);
  const none = places.reduce((sum, place) => sum + place.none, 0);
  return (
    <Figures say={say} how={howMade(say, several)}>
      <Figure
        value={number(missing)}
        caption={say('page.left-behind.missing')}
        href={addressOf(asked, { reason: '', owner: '' })}
      />
      {several && <Figure value={number(none)} caption={say('page.left-behind.none')} />}
      {reasons.map((reason) =>
        counts[reason] ? (
          <Figure
            value={number(counts[reason])}
            caption={say(`reason.${reason}`)}
            note={several ? say('page.left-behind.pairs') : undefined}
            href={addressOf(asked, { reason })}
          />
        ) : null,
      )}
    </Figures>
  );
};

/** By village, with the way to its list and to its sheet. */
export const Villages = ({ request, asked, unit, places, several }: Summary) => {
  const { language } = request;
  const say = sayOf(request.say, unit);
  const number = (value: number) => showNumber(value, language);
  const why = ({ reasons: counts }: PlaceSummary) =>
    reasons
      .flatMap((reason) => (counts[reason] ? [`${say(`reason.${reason}`)}: ${number(counts[reason])}`] : []))
      .join(' · ');
  return (
    <Table
      caption={say('page.left-behind.by-village')}
      rows={places}
      columns={[
        {
          label: say('page.left-behind.place'),
          cell: (row) => <a href={addressOf(asked, { place: row.placeId })}>{capital(row.place)}</a>,
        },
        { label: capital(say('page.left-behind.missing')), number: true, cell: (row) => number(row.missing) },
        ...(several
          ? [{ label: say('page.left-behind.none'), number: true, cell: (row: PlaceSummary) => number(row.none) }]
          : [{ label: say('page.left-behind.why'), cell: why }]),
        {
          label: say('page.left-behind.sheet'),
          cell: (row) => (
            <a
              href={addressOf(asked, { village: row.placeId, place: '', reason: '', owner: '' }, '/left-behind/sheet')}
            >
              {say('page.left-behind.sheet-open', { place: row.place.split(',')[0]! })}
            </a>
          ),
        },
      ]}
    />
  );
};
