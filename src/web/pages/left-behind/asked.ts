import { leftBehindSorts, type Reason, reasons } from '../../../modules/coverage/index.ts';
import { getPlan, listPlans } from '../../../modules/plans/index.ts';
import { isId } from '../../../shared/ids.ts';
import type { Option } from '../../../ui/index.ts';
import type { Form, PageRequest } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { groupOf } from '../plan-group.ts';

/** The list as its address and its files have it. `line` and `plan` are what other pages point here with. */
export const LIST = {
  name: 'left-behind',
  path: '/left-behind',
  filters: ['what', 'line', 'plan', 'place', 'reason', 'owner', 'text'],
  sorts: leftBehindSorts,
} as const;

/** What the page looks at: from the address, or from the form that was sent from it. */
export interface AskedPage {
  /** `line:<id>` or `plan:<code>`; empty = nothing chosen yet. */
  readonly what: string;
  readonly lineId: string | null;
  readonly planCode: string | null;
  readonly placeId: string | null;
  readonly reason: Reason | null;
  /** `none` = nobody's yet. */
  readonly owner: string | null;
  readonly text: string;
  /** The address, or the form, as it came. */
  readonly values: Form;
}

const whatOf = (values: Form): string => {
  const [what, line, plan] = [textOf(values, 'what'), textOf(values, 'line'), textOf(values, 'plan')];
  return what || (line ? `line:${line}` : plan ? `plan:${plan}` : '');
};

export const askedOf = ({ typed, query }: Pick<PageRequest, 'typed' | 'query'>): AskedPage => {
  const values = Object.keys(typed.values).length > 0 ? typed.values : query;
  const what = whatOf(values);
  const [kind, key = ''] = [what.slice(0, 4), what.slice(5)];
  const place = textOf(values, 'place');
  return {
    what,
    lineId: kind === 'line' && isId(key) ? key : null,
    planCode: kind === 'plan' && key ? key : null,
    placeId: isId(place) ? place : null,
    reason: reasons.find((each) => each === textOf(values, 'reason')) ?? null,
    owner: textOf(values, 'owner') || null,
    text: textOf(values, 'text').slice(0, 100),
    values,
  };
};

/** The page's address with something else in it. */
export const addressOf = (
  asked: AskedPage,
  more: Readonly<Record<string, string>> = {},
  path = '/left-behind',
): string => {
  const { what, placeId, reason, owner, text } = asked;
  const sort = textOf(asked.values, 'sort');
  const values = { what, place: placeId ?? '', reason: reason ?? '', owner: owner ?? '', text, sort, ...more };
  const filled = Object.entries(values).filter(([, value]) => value !== '');
  return filled.length === 0 ? path : `${path}?${new URLSearchParams(filled)}`;
};

/** What the list shows goes with a form, its page too: else the boxes that were ticked are not there the next time. */
export const shownFields = (asked: AskedPage): Readonly<Record<string, string>> => ({
  ...{ what: asked.what, place: asked.placeId ?? '', reason: asked.reason ?? '', owner: asked.owner ?? '' },
  ...{ text: asked.text, sort: textOf(asked.values, 'sort'), page: textOf(asked.values, 'page') || '1' },
});

/** The same as the read takes it. */
export const filtersOf = ({ lineId, planCode, placeId, reason, owner, text }: AskedPage) => ({
  ...{ lineId, planCode, placeId, reason, owner, text },
});

/** Plans that are in force or were, each with its lines. */
export const whatOptions = async ({ execute, say }: PageRequest): Promise<Option[]> => {
  const options: Option[] = [];
  for (const { code, state, phase } of await execute(listPlans, {})) {
    if (state === 'draft') continue;
    const { title, lines } = await execute(getPlan, { code });
    const group = groupOf(say, phase);
    options.push({ value: `plan:${code}`, label: say('page.left-behind.whole-plan', { plan: title }), group });
    for (const { lineId, position, what } of lines)
      options.push({ value: `line:${lineId}`, label: say('page.left-behind.line', { position, what }), group });
  }
  return options;
};
