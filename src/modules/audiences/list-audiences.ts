import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../platform/list.ts';
import { notFound } from '../../shared/errors.ts';
import { byName } from '../../shared/order.ts';
import { fold } from '../../shared/text.ts';
import { languages, sayIn } from '../../shared/words/index.ts';
import { namesThen, relatedPlaces } from '../territory/index.ts';
import { audienceCalled, nameOfAudience } from './audience.ts';
import { builtIn, builtInName } from './built-in.ts';
import { ruleSchema } from './read-rule.ts';
import { placesIn, type Rule, usesReach } from './rule.ts';
import { inSight } from './sight.ts';
import { listSaved } from './store.ts';

const subjects = ['household', 'officer'] as const satisfies readonly Rule['subject'][];
const readers = ['officer', 'leader', 'editor', 'admin'] as const;

export interface ListedAudience {
  readonly code: string;
  /** Of a built-in one in Vietnamese; `nameOfAudience` says it in another language. */
  readonly name: string;
  readonly subject: Rule['subject'];
  /** null = built in. */
  readonly placeId: string | null;
  readonly place: string | null;
  readonly usesReach: boolean;
}

const inSightOf = async (ctx: Context): Promise<ListedAudience[]> => {
  const all = await listSaved(ctx.tx);
  const ids = all.map(({ placeId }) => placeId);
  const seen = new Set(await relatedPlaces(ctx.tx, ctx.areas, ids));
  const saved = all.filter(({ placeId }) => seen.has(placeId));
  const names = await namesThen(ctx.tx, [...seen], ctx.today);
  const say = sayIn('vi');
  return [
    ...[...builtIn].map(([code, rule]) => ({ code, name: builtInName(code, say), rule, placeId: null, place: null })),
    ...saved.map(({ code, name, rule, placeId }) => ({
      code,
      name,
      rule: ruleSchema.parse(rule),
      placeId,
      place: names.get(placeId) ?? '',
    })),
  ].map(({ rule, ...audience }) => ({ ...audience, subject: rule.subject, usesReach: usesReach(rule) }));
};

/** Every audience that may be chosen: the built-in ones, and those of places above, in or below one's own. */
export const listAudiences = read({
  name: 'audiences.list-audiences',
  input: z.object({}),
  allow: readers,
  area: 'own',
  run: inSightOf,
});

const whose = ['built-in', 'own'] as const;
const audienceSorts = ['name', 'code', 'subject', 'whose'] as const;

type Sorted = Record<(typeof audienceSorts)[number], (a: ListedAudience, b: ListedAudience) => number>;

const comparing: Sorted = {
  name: (a, b) => byName(a.name, b.name),
  code: (a, b) => byName(a.code, b.code),
  subject: (a, b) => subjects.indexOf(a.subject) - subjects.indexOf(b.subject),
  whose: (a, b) => byName(a.place ?? '', b.place ?? ''),
};

/**
 * The same to be looked through: by name or code, by whom they are of; households first and built-in ones first, unless asked
 * otherwise. Names are those of the language. There are few enough to be put in order here.
 */
export const findAudiences = read({
  name: 'audiences.find-audiences',
  input: z.object({
    text: z.string().max(100).nullish(),
    subject: z.enum(subjects).nullish(),
    whose: z.enum(whose).nullish(),
    language: z.enum(languages).default('vi'),
    ...orderInput(audienceSorts),
    ...pageInput(MOST_IN_FILE),
  }),
  allow: readers,
  area: 'own',
  run: async (ctx, { text, subject, whose, language, sort, descending, limit, offset }) => {
    const say = sayIn(language);
    const wanted = text?.trim() ? fold(text) : null;
    const way = descending ? -1 : 1;
    const found = (await inSightOf(ctx))
      .map((audience) => ({ ...audience, name: nameOfAudience(audience, say) }))
      .filter((audience) => !subject || audience.subject === subject)
      .filter(({ placeId }) => !whose || (placeId === null) === (whose === 'built-in'))
      .filter(({ name, code }) => wanted === null || (wanted !== '' && fold(`${name} ${code}`).includes(wanted)))
      .sort(comparing.subject)
      .sort((a, b) => (sort ? comparing[sort](a, b) * way : 0));
    return { rows: found.slice(offset, offset + limit), total: found.length };
  },
});

/** One audience with its rule, and the names of the places it speaks of. */
export const getAudience = read({
  name: 'audiences.get-audience',
  input: z.object({ code: z.string().max(60) }),
  allow: readers,
  area: 'own',
  run: async (ctx, { code }) => {
    const audience = await audienceCalled(ctx.tx, code);
    // Somebody else's audience is not found, whether there is one or not.
    if (!(await inSight(ctx, audience.placeId))) throw notFound('audience', { code });
    const named = placesIn(audience.rule);
    const places = await namesThen(ctx.tx, audience.placeId ? [...named, audience.placeId] : named, ctx.today);
    return { ...audience, places: Object.fromEntries(places) as Readonly<Record<string, string>> };
  },
});
