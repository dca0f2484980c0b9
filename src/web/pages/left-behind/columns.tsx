import type { LeftBehind, leftBehindSorts } from '../../../modules/coverage/index.ts';
import { visitStates } from '../../../modules/visits/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { showPhone } from '../../../shared/phone.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf, type Unit } from '../../../shared/words/units.ts';
import { Badge, Lines, Tick, Whole } from '../../../ui/index.ts';
import type { ListColumn } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { capital } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { textsOf } from '../../typed.ts';
import { ASSIGN } from './assign-form.tsx';

type Column = ListColumn<LeftBehind, (typeof leftBehindSorts)[number]>;

/** Which languages a household understands; an officer's are not asked for. */
const languagesText = (say: Say, { kind, languages }: Pick<LeftBehind, 'kind' | 'languages'>): string => {
  if (languages?.length) return languages.map((each) => say(`language.${each}`)).join(', ');
  return kind === 'officer' ? '' : say('ui.unknown');
};

const whyOf = (plain: Say, { kind, missing }: LeftBehind, several: boolean): string[] => {
  const say = sayOf(plain, kind);
  return missing.map(({ position, reason: code }) => {
    const reason = say(`reason.${code}`);
    return several ? say('page.left-behind.line-reason', { position, reason }) : reason;
  });
};

const whyCell = (say: Say, row: LeftBehind, several: boolean) => {
  const texts = whyOf(say, row, several);
  return several ? (
    <Lines>
      {texts.map((text) => (
        <li>{text}</li>
      ))}
    </Lines>
  ) : (
    texts[0]
  );
};

/** How it stands with who sees to it: the visit, or else what is to be done. */
const stateOf = (say: Say, { followUp }: LeftBehind): string =>
  !followUp ? '' : followUp.visitState ? say(`visit-state.${followUp.visitState}`) : say(`step.${followUp.step}`);

const followUpCell = (say: Say, row: LeftBehind) => {
  const { followUp } = row;
  if (!followUp) return say('page.left-behind.nobody-yet');
  const { ownerName, visitId } = followUp;
  const state = stateOf(say, row);
  const visitState = visitStates.find((each) => each === followUp.visitState);
  return (
    <>
      <p>{ownerName}</p>
      <p>
        {visitId && visitState ? (
          <a href={`/visits/${visitId}`}>
            <StateBadge say={say} kind="visit" state={visitState} />
          </a>
        ) : (
          state
        )}
      </p>
    </>
  );
};

const dueCell = (say: Say, { followUp }: LeftBehind) => {
  if (!followUp) return '—';
  const { dueOn, overdue, visitState } = followUp;
  return (
    <>
      <Whole>{showDay(dueOn)}</Whole>
      {overdue && visitState === 'open' && (
        <>
          {' '}
          <Badge tone="danger">{say('page.left-behind.overdue')}</Badge>
        </>
      )}
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
          <Whole>{showPhone(phone)}</Whole>
        </>
      ));

interface About {
  readonly unit: Unit;
  /** Lines of a plan, not one. */
  readonly several: boolean;
  /** Boxes to tick stand before the names. */
  readonly tick: boolean;
  /** Places of all rows, all pages of them. */
  readonly places: readonly { readonly place: string }[];
}

/** Who a row is: officers have no page of their own. */
const headColumn = (request: PageRequest, say: Say, tick: boolean): Column => {
  const ticked = new Set(textsOf(request.typed.values, 'subject'));
  const named = (row: LeftBehind) =>
    row.kind === 'household' ? (
      <a href={`/households/${row.subjectId}`}>{row.head ?? row.code}</a>
    ) : (
      (row.head ?? row.code)
    );
  return {
    ...{ name: 'head', label: say('page.left-behind.column.head'), sort: 'head', always: true },
    cell: (row) =>
      tick ? (
        <Tick
          form={ASSIGN}
          name="subject"
          value={row.subjectId}
          checked={ticked.has(row.subjectId)}
          label={say('page.left-behind.tick', { head: row.head ?? row.code })}
        >
          {named(row)}
        </Tick>
      ) : (
        named(row)
      ),
    text: (row) => row.head ?? '',
  };
};

/** What is known of those whom a list of officers does not ask it of: they have no class, and read Vietnamese. */
const householdColumns = (say: Say): Column[] => [
  {
    ...{ name: 'class', label: say('page.households.class'), sort: 'class', extra: true },
    cell: (row) => (row.class ? say(`class.${row.class}`) : '—'),
    text: (row) => (row.class ? say(`class.${row.class}`) : ''),
  },
  {
    ...{ name: 'languages', label: say('page.left-behind.languages') },
    cell: (row) => languagesText(say, row) || '—',
    text: (row) => languagesText(say, row),
  },
];

const followUpColumns = (say: Say): Column[] => [
  {
    ...{ name: 'owner', label: say('page.left-behind.follow-up'), sort: 'owner' },
    cell: (row) => followUpCell(say, row),
    text: ({ followUp }) => followUp?.ownerName ?? '',
  },
  {
    ...{ name: 'due', label: say('page.left-behind.column.due'), sort: 'due' },
    cell: (row) => dueCell(say, row),
    text: ({ followUp }) => (followUp ? showDay(followUp.dueOn) : ''),
  },
  {
    ...{ name: 'state', label: say('page.left-behind.column.state'), extra: true },
    cell: (row) => stateOf(say, row) || '—',
    text: (row) => stateOf(say, row),
  },
];

export const columnsOf = (request: PageRequest, { unit, several, tick, places }: About): Column[] => {
  const short = shortPlaces(places.map(({ place }) => place));
  const say = sayOf(request.say, unit);
  const reached = ({ reached: count, lines }: LeftBehind) =>
    say('page.left-behind.reached-of', { reached: count, lines });
  const heard = (row: LeftBehind) => say(row.missing[0].couldHear ? 'ui.yes' : 'ui.no');
  return [
    headColumn(request, say, tick),
    {
      ...{ name: 'code', label: say('page.left-behind.column.code'), sort: 'code' },
      cell: (row) => row.code,
      text: (row) => row.code,
    },
    {
      ...{ name: 'place', label: say('page.left-behind.place'), sort: 'place' },
      cell: (row) => short(row.place),
      text: (row) => capital(row.place),
    },
    ...(unit === 'officer' ? [] : householdColumns(say)),
    several
      ? {
          ...{ name: 'reached', label: say('page.left-behind.reached'), sort: 'reached' },
          cell: reached,
          text: reached,
        }
      : { ...{ name: 'heard', label: say('page.left-behind.could-hear'), extra: true }, cell: heard, text: heard },
    {
      ...{ name: 'phones', label: say('page.left-behind.phones') },
      cell: phonesCell,
      text: (row) => row.phones.map(showPhone).join(', '),
    },
    {
      ...{ name: 'why', label: say('page.left-behind.why'), sort: 'why' },
      cell: (row) => whyCell(request.say, row, several),
      text: (row) => whyOf(request.say, row, several).join('; '),
    },
    {
      ...{ name: 'next', label: say('page.left-behind.next') },
      cell: (row) => say(`step.${row.missing[0].next}`),
      text: (row) => say(`step.${row.missing[0].next}`),
    },
    ...followUpColumns(say),
  ];
};
