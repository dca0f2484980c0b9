import { type VisitState, visitSorts, visitStates } from '../../../modules/visits/index.ts';
import { addDays } from '../../../shared/dates.ts';
import { isId } from '../../../shared/ids.ts';
import type { Form, PageRequest } from '../../page.ts';
import { textOf } from '../../typed.ts';

export const LIST = {
  name: 'visits',
  path: '/visits',
  filters: ['text', 'place', 'state', 'whose'],
  sorts: visitSorts,
} as const;

/** Every end that a visit may have came to, and those open whose day has passed; of the page's address only. */
export const ENDED = 'ended';
export const LATE = 'late';

export const ended = visitStates.filter((state) => state !== 'open');

export interface AskedVisits {
  /** Empty = all. */
  readonly state: string;
  /** What was asked for and is no state: those still to be made are shown then. */
  readonly unknown: string | null;
  readonly mine: boolean;
  /** The address, or the form, as it came. */
  readonly values: Form;
}

/** From the address, or from the form that was sent from it. */
export const askedOf = ({ typed, query }: Pick<PageRequest, 'typed' | 'query'>): AskedVisits => {
  const values = Object.keys(typed.values).length > 0 ? typed.values : query;
  const mine = textOf(values, 'whose') === 'mine';
  if (values.state === undefined) return { state: 'open', unknown: null, mine, values };
  const state = textOf(values, 'state').trim();
  const known = ['', ENDED, LATE, ...visitStates].includes(state);
  return known
    ? { state, unknown: null, mine, values }
    : { state: 'open', unknown: state.slice(0, 40), mine, values: { ...values, state: 'open' } };
};

const statesOf = (state: string): VisitState[] => {
  if (state === ENDED) return [...ended];
  return visitStates.filter((each) => each === (state === LATE ? 'open' : state));
};

/** The same as the read takes it. */
export const filtersOf = ({ state, mine, values }: AskedVisits, today: string) => {
  const place = textOf(values, 'place');
  return {
    ...{ placeId: isId(place) ? place : null, states: statesOf(state), mine, text: textOf(values, 'text') },
    dueBefore: state === LATE ? addDays(today, -1) : null,
  };
};

/** What the list shows goes with a form, its page too. */
export const shownFields = ({ state, values }: AskedVisits): Readonly<Record<string, string>> => ({
  ...{ text: textOf(values, 'text'), place: textOf(values, 'place'), state, whose: textOf(values, 'whose') },
  ...{ sort: textOf(values, 'sort'), page: textOf(values, 'page') || '1' },
});

/** The list as it was, with something to say above it. */
export const addressOf = (asked: AskedVisits, more: Readonly<Record<string, string>>): string => {
  const { page: _, ...fields } = shownFields(asked);
  const values = Object.entries({ ...fields, ...more }).filter(([name, value]) => value !== '' || name === 'state');
  return `${LIST.path}?${new URLSearchParams(values)}`;
};
