import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { conflict } from '../../../shared/errors.ts';
import { steeredDispatch } from './known-dispatch.ts';
import { giveUpRest, resumeRow, stopRow } from './store.ts';
import { cutShort, endDispatches, lockHandingOut } from './store-sending.ts';

const which = z.object({ dispatchId: z.string() });

/** From the moment this is answered nothing more is handed out; what was handed over before ends as it ends. */
export const stopDispatch = command({
  name: 'delivery.stop-dispatch',
  input: which,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { dispatchId }) => {
    await steeredDispatch(ctx, dispatchId);
    await lockHandingOut(ctx.tx);
    if (!(await stopRow(ctx.tx, dispatchId, ctx.actor.name, ctx.at))) throw conflict('dispatch.not-open');
    return {};
  },
  audit: ({ dispatchId }) => ({ dispatchId }),
});

/** Goes on with what a stop left. */
export const resumeDispatch = command({
  name: 'delivery.resume-dispatch',
  input: which,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { dispatchId }) => {
    await steeredDispatch(ctx, dispatchId);
    if (!(await resumeRow(ctx.tx, dispatchId))) throw conflict('dispatch.not-stopped');
    return {};
  },
  audit: ({ dispatchId }) => ({ dispatchId }),
});

/** What is left is not sent any more. Another run may send it later. */
export const giveUpDispatch = command({
  name: 'delivery.give-up-dispatch',
  input: which,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { dispatchId }) => {
    const { state } = await steeredDispatch(ctx, dispatchId);
    if (state === 'done') throw conflict('dispatch.done');
    await lockHandingOut(ctx.tx);
    const left = await giveUpRest(ctx.tx, dispatchId, 'given-up', ctx.at);
    await endDispatches(ctx.tx, [dispatchId], ctx.at);
    await cutShort(ctx.tx, dispatchId, ctx.at);
    return { left };
  },
  audit: ({ dispatchId }, { left }) => ({ dispatchId, left }),
});
