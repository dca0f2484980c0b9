import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { clean } from '../../shared/text.ts';
import { coversPlaces } from '../territory/index.ts';
import { builtIn } from './built-in.ts';
import { checkRule } from './check-rule.ts';
import { ruleSchema } from './read-rule.ts';
import { findSaved, knownPlaces, saveRow } from './store.ts';

/** Words of small letters and digits, parted by hyphens: `ho-ngheo-ban-cao`. */
const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/**
 * Saves a rule under a code: a new audience of a place, or a change of one that is there. Lines of plans keep the rule they
 * were written with; whoever names the audience from now on gets this one.
 */
export const saveAudience = command({
  name: 'audiences.save-audience',
  input: z.object({
    code: z
      .string()
      .transform(clean)
      .pipe(z.string().max(60, { error: 'audience.code' }).regex(CODE, { error: 'audience.code' }))
      // The address of the form that makes a new one.
      .refine((code) => code !== 'new', { error: 'audience.code' }),
    name: z.string().transform(clean).pipe(z.string().min(1).max(200)),
    placeId: z.uuid({ error: 'place' }),
    rule: ruleSchema,
  }),
  allow: ['officer', 'admin'],
  area: async (ctx, { code, placeId }) => {
    const saved = await findSaved(ctx.tx, code);
    // Codes are one list for everybody, and say nothing of people: that one is taken may be told.
    if (saved && ctx.areas !== null && !(await coversPlaces(ctx.tx, ctx.areas, [saved.placeId], ctx.today)))
      throw conflict('audience.code-taken', { code });
    return [placeId];
  },
  run: async (ctx, { code, name, placeId, rule }) => {
    if (builtIn.has(code)) throw conflict('audience.built-in', { code });
    if (!(await knownPlaces(ctx.tx, [placeId])).has(placeId))
      throw invalid('place', {}, [{ path: 'placeId', code: 'place' }]);
    await checkRule(ctx.tx, rule);
    const before = await findSaved(ctx.tx, code);
    const audienceId = await saveRow(ctx.tx, {
      audienceId: newId(),
      code,
      placeId,
      name,
      rule,
      by: ctx.actor.userId,
      at: ctx.at,
    });
    return { audienceId, code, changed: before !== undefined };
  },
  audit: ({ code, placeId }, { audienceId, changed }) => ({ audienceId, code, placeId, changed }),
});
