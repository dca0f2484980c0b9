import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { sayIn } from '../../shared/words/index.ts';
import { namesThen, relatedPlaces } from '../territory/index.ts';
import { audienceCalled } from './audience.ts';
import { builtIn, builtInName } from './built-in.ts';
import { ruleSchema } from './read-rule.ts';
import { placesIn, type Rule, usesReach } from './rule.ts';
import { inSight } from './sight.ts';
import { listSaved } from './store.ts';

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

/** Every audience that may be chosen: the built-in ones, and those of places above, in or below one's own. */
export const listAudiences = read({
  name: 'audiences.list-audiences',
  input: z.object({}),
  allow: readers,
  area: 'own',
  run: async (ctx): Promise<ListedAudience[]> => {
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
