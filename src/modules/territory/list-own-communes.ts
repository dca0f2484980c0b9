import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { communesFor } from './store.ts';

/**
 * The communes whose lists somebody may bring in: those of the own areas today, and those they came from (a list of
 * before the merger speaks of a commune that is no more). Newest first, by name.
 */
export const listOwnCommunes = read({
  name: 'territory.list-own-communes',
  input: z.object({}),
  allow: ['officer', 'leader', 'agent', 'admin'],
  area: 'own',
  run: (ctx) => communesFor(ctx.tx, ctx.areas, ctx.today),
});
