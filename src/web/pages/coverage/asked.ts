import { type Facet, facets, type Level, levels } from '../../../modules/coverage/index.ts';
import { getPlan, listPlans } from '../../../modules/plans/index.ts';
import { isId } from '../../../shared/ids.ts';
import type { Option } from '../../../ui/index.ts';
import type { Form, PageRequest } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { groupOf } from '../plan-group.ts';
import { typedDay } from '../typed-day.ts';

/** What the address asks for, as the use cases take it. */
export interface AskedFor {
  readonly planCode: string;
  readonly position: number | null;
  readonly placeId: string | null;
  readonly on: string | null;
  readonly boundaries: string | null;
  readonly by: Level;
  readonly facet: Facet;
  readonly recomputed: boolean;
}

export interface Choices {
  readonly plans: readonly Option[];
  /** Lines of the chosen plan; their value is `plan:number`, so that one of another plan is known as such. */
  readonly lines: readonly Option[];
  readonly places: readonly Option[];
}

const dayOf = (query: Form, name: string): string | null => {
  const text = textOf(query, name);
  return text ? typedDay(text) : null;
};

/** Plan, line, place, day, map and level as asked for in the address; the first plan under way and the first own place by default. */
export const askedFor = async (request: PageRequest): Promise<{ asked: AskedFor | undefined; choices: Choices }> => {
  const { query, execute, say } = request;
  const plans = await execute(listPlans, {});
  const places = await ownPlaces(request);
  const wanted = textOf(query, 'plan');
  const plan = plans.find(({ code }) => code === wanted) ?? (wanted ? undefined : plans[0]);
  const options = plans.map(({ code, title, phase }) => ({ value: code, label: title, group: groupOf(say, phase) }));
  if (!plan) return { asked: undefined, choices: { plans: options, lines: [], places } };
  const { lines } = await execute(getPlan, { code: plan.code });
  const lineOptions = lines.map(({ position, what }) => ({
    value: `${plan.code}:${position}`,
    label: say('page.coverage.line-option', { position, what }),
  }));
  const line = lineOptions.find(({ value }) => value === textOf(query, 'line'));
  const place = textOf(query, 'place');
  const position = line ? Number(line.value.slice(line.value.lastIndexOf(':') + 1)) : null;
  const asked: AskedFor = {
    planCode: plan.code,
    position,
    placeId: isId(place) ? place : (places[0]?.value ?? null),
    on: dayOf(query, 'on'),
    boundaries: dayOf(query, 'boundaries'),
    by: levels.find((level) => level === textOf(query, 'by')) ?? (position ? 'village' : 'total'),
    facet: facets.find((facet) => facet === textOf(query, 'facet')) ?? 'all',
    recomputed: textOf(query, 'again') === '1',
  };
  return { asked, choices: { plans: options, lines: lineOptions, places } };
};

/** Where one line's coverage is shown. */
export const coverageAddress = (planCode: string, position: number): string =>
  `/coverage?${new URLSearchParams({ plan: planCode, line: `${planCode}:${position}` })}`;

/** The same question as an address. */
export const addressOf = (
  path: string,
  asked: AskedFor,
  more: Readonly<Record<string, string | null>> = {},
): string => {
  const params = new URLSearchParams({ plan: asked.planCode, by: asked.by, facet: asked.facet });
  if (asked.position) params.set('line', `${asked.planCode}:${asked.position}`);
  if (asked.placeId) params.set('place', asked.placeId);
  if (asked.on) params.set('on', asked.on);
  if (asked.boundaries) params.set('boundaries', asked.boundaries);
  if (asked.recomputed) params.set('again', '1');
  for (const [name, value] of Object.entries(more)) if (value !== null) params.set(name, value);
  return `${path}?${params}`;
};
