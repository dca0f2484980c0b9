import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { clean } from '../../shared/text.ts';
import { builtIn } from './built-in.ts';
import { checkRule } from './check-rule.ts';
import { ruleSchema } from './read-rule.ts';
import { isOwn } from './sight.ts';
import { addRow, changeRow, findSaved, knownPlaces, type SavedAudience } from './store.ts';

/** Words of small letters and digits, parted by hyphens: `ho-ngheo-ban-cao`. */
const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** Codes are one list for everybody, and say nothing of people: that one is taken may be told. */
const requireOwn = async (ctx: Context, { code, placeId }: SavedAudience): Promise<void> => {
  if (!(await isOwn(ctx, placeId))) throw conflict('audience.code-taken', { code });
};

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
    if (saved) await requireOwn(ctx, saved);
    return [placeId];
  },
  run: async (ctx, { code, name, placeId, rule }) => {
    if (builtIn.has(code)) throw conflict('audience.built-in', { code });
    if (!(await knownPlaces(ctx.tx, [placeId])).has(placeId))
      throw invalid('place', {}, [{ path: 'placeId', code: 'place' }]);
    await checkRule(ctx.tx, rule);
    const saving = { code, placeId, name, rule, at: ctx.at };
    const audienceId = newId();
    if (await addRow(ctx.tx, { ...saving, audienceId, by: ctx.actor.userId }))
      return { audienceId, code, changed: false };
    // Whose it is may be another now than when the area was looked at: it is judged by the row that is held.
    const before = (await findSaved(ctx.tx, code, 'update'))!;
    await requireOwn(ctx, before);
    await changeRow(ctx.tx, saving);
    return { audienceId: before.audienceId, code, changed: true };
  },
  audit: ({ code, placeId }, { audienceId, changed }) => ({ audienceId, code, placeId, changed }),
});
