import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, forbidden, notFound } from '../../shared/errors.ts';
import { builtIn } from './built-in.ts';
import { inSight, isOwn } from './sight.ts';
import { endRow, findSaved } from './store.ts';

/** Nobody may choose it any more; lines of plans that were written with it keep their rule. */
export const endAudience = command({
  name: 'audiences.end-audience',
  input: z.object({ code: z.string().max(60) }),
  allow: ['officer', 'admin'],
  area: async (ctx, { code }) => {
    if (builtIn.has(code)) throw conflict('audience.built-in', { code });
    const saved = await findSaved(ctx.tx, code);
    if (!saved || !(await inSight(ctx, saved.placeId))) throw notFound('audience', { code });
    return [saved.placeId];
  },
  run: async (ctx, { code }) => {
    if (builtIn.has(code)) throw conflict('audience.built-in', { code });
    const saved = await findSaved(ctx.tx, code, 'update');
    if (!saved) throw notFound('audience', { code });
    // Whose it is may be another now than when the area was looked at.
    if (!(await isOwn(ctx, saved.placeId))) throw forbidden('outside-area', { what: 'audiences.end-audience' });
    if (saved.endedAt !== null) throw conflict('audience.ended', { code });
    await endRow(ctx.tx, code, ctx.at);
    return { audienceId: saved.audienceId };
  },
  audit: ({ code }, { audienceId }) => ({ audienceId, code }),
});
