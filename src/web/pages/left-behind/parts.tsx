import type { LeftBehind, PlaceSummary, Reason } from '../../../modules/coverage/index.ts';
import { reasons } from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { showPhone } from '../../../shared/phone.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf, type Unit } from '../../../shared/words/units.ts';
import { Figure, Figures, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textsOf } from '../../typed.ts';
import { type AskedPage, addressOf } from './asked.ts';

/** Which languages a household understands; an officer's are not asked for. */
export const languagesText = (say: Say, { kind, languages }: Pick<LeftBehind, 'kind' | 'languages'>): string => {
  if (languages?.length) return languages.map((each) => say(`language.${each}`)).join(', ');
  return kind === 'officer' ? '' : say('ui.unknown');
};

interface Summary {
  readonly request: PageRequest;
  readonly asked: AskedPage;
  readonly unit: Unit;
  readonly total: number;
  readonly places: readonly PlaceSummary[];
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  readonly several: boolean;
}

/** How many, and why: each figure opens the list of just those. */
export const Reasons = ({ request, asked, unit, places, reasons: counts, several }: Summary) => {
  const { language } = request;
  const say = sayOf(request.say, unit);
  const number = (value: number) => showNumber(value, language);
  const missing = places.reduce((sum, place) => sum + place.missing, 0);
  const none = places.reduce((sum, place) => sum + place.none, 0);
  return (
    <Figures>
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

const reasonCell = (plain: Say, row: LeftBehind, several: boolean) => {
  const say = sayOf(plain, row.kind);
  return several ? (
    <ul class="groups">
      {row.missing.map(({ position, reason }) => (
        <li>{say('page.left-behind.line-reason', { position, reason: say(`reason.${reason}`) })}</li>
      ))}
    </ul>
  ) : (
    say(`reason.${row.missing[0].reason}`)
  );
};

const followUpCell = (say: Say, { followUp }: LeftBehind) => {
  if (!followUp) return say('page.left-behind.nobody-yet');
  const { ownerName, dueOn, overdue, step, visitState, visitId } = followUp;
  const state = visitState ? say(`visit-state.${visitState}`) : say(`step.${step}`);
  return (
    <>
      <p>
        {ownerName}, {say('page.left-behind.due-on', { day: showDay(dueOn) })}
        {overdue && visitState === 'open' && <strong> {say('page.left-behind.overdue')}</strong>}
      </p>
      <p>{visitId ? <a href={`/visits/${visitId}`}>{state}</a> : state}</p>
    </>
  );
};

/** A number is never broken in two. */
const phonesCell = ({ phones }: LeftBehind) =>
  phones.length === 0
    ? '—'
    : phones.map((phone, at) => (
        <>
          {at > 0 && ', '}
          <span class="unbroken">{showPhone(phone)}</span>
        </>
      ));

interface RowsProps {
  readonly request: PageRequest;
  readonly rows: readonly LeftBehind[];
  readonly unit: Unit;
  readonly several: boolean;
  /** Boxes to tick stand before the names. */
  readonly tick: boolean;
}

/** The list itself; on a narrow screen each household is a card. */
export const Rows = ({ request, rows, unit, several, tick }: RowsProps) => {
  const { typed } = request;
  const say = sayOf(request.say, unit);
  const ticked = new Set(textsOf(typed.values, 'subject'));
  // Officers have no page of their own.
  const head = (row: LeftBehind) =>
    row.kind === 'household' ? (
      <a href={`/households/${row.subjectId}`}>{row.head ?? row.code}</a>
    ) : (
      (row.head ?? row.code)
    );
  return (
    <Table
      caption={say('page.left-behind.households')}
      captionHidden
      rows={rows}
      columns={[
        {
          label: say('page.left-behind.column.head'),
          cell: (row) => (
            <div class={tick ? 'choice tick' : 'tick'}>
              {tick && (
                <input
                  type="checkbox"
                  name="subject"
                  value={row.subjectId}
                  checked={ticked.has(row.subjectId)}
                  aria-label={say('page.left-behind.tick', { head: row.head ?? row.code })}
                />
              )}
              <p>
                {head(row)}
                <br />
                {row.code}
              </p>
            </div>
          ),
        },
        { label: say('page.left-behind.place'), cell: (row) => capital(row.place) },
        // Officers have no class, and read Vietnamese.
        ...(unit === 'officer'
          ? []
          : [
              {
                label: say('page.households.class'),
                cell: (row: LeftBehind) => (row.class ? say(`class.${row.class}`) : '—'),
              },
              { label: say('page.left-behind.languages'), cell: (row: LeftBehind) => languagesText(say, row) || '—' },
            ]),
        ...(several
          ? [
              {
                label: say('page.left-behind.reached'),
                cell: ({ reached, lines }: LeftBehind) => say('page.left-behind.reached-of', { reached, lines }),
              },
            ]
          : [
              {
                label: say('page.left-behind.could-hear'),
                cell: (row: LeftBehind) => say(row.missing[0].couldHear ? 'ui.yes' : 'ui.no'),
              },
            ]),
        { label: say('page.left-behind.phones'), cell: phonesCell },
        { label: say('page.left-behind.why'), cell: (row) => reasonCell(request.say, row, several) },
        { label: say('page.left-behind.next'), cell: (row) => say(`step.${row.missing[0].next}`) },
        { label: say('page.left-behind.follow-up'), cell: (row) => followUpCell(say, row) },
      ]}
    />
  );
};
