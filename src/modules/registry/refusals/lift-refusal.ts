import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { notFound } from '../../../shared/errors.ts';
import { isOfficer, ownHolders } from './own-holders.ts';
import { noteInput, phoneInput, readNumber } from './refusal.ts';
import { announceHolders } from './refuse-numbers.ts';
import { endRefusal, holdersOf, openRefusal } from './store.ts';

/**
 * Whoever refused wants to hear from us again: says who asked for it, and how. Of a number in one's own areas, or one that
 * the officer noted; any other is answered like one that nobody refused.
 */
export const liftRefusal = command({
  name: 'registry.lift-refusal',
  input: z.object({ phone: phoneInput, note: noteInput.pipe(z.string().min(1, { error: 'refusal.note' })) }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { phone, note }) => {
    const value = readNumber(phone);
    const open = await openRefusal(ctx.tx, value);
    const holders = await holdersOf(ctx.tx, [value]);
    const own = await ownHolders(ctx, holders);
    const noted = isOfficer(ctx) && (ctx.actor.userId === null || open?.recordedBy === ctx.actor.userId);
    if (!open || (own.length === 0 && !noted)) throw notFound('refusal');
    const { actor, at, today } = ctx;
    await endRefusal(ctx.tx, value, { note, by: actor, at, today });
    await announceHolders(ctx, holders);
    return { refusalId: open.refusalId, phone: value, subjectIds: own.map(({ subjectId }) => subjectId) };
  },
  audit: (_, { refusalId, subjectIds }) => ({ refusalId, subjectIds }),
});
