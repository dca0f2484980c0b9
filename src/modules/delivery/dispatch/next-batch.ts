import { z } from 'zod';
import { refusalCodes } from '../../../channels/contract.ts';
import { type Context, command } from '../../../platform/command.ts';
import { byKeys } from '../../../platform/db/by-keys.ts';
import { newId } from '../../../shared/ids.ts';
import { isQuiet, KEPT, keepable, retryAt } from './dispatch.ts';
import { type ClaimedBatch, claimBatch, type Open } from './store-claim.ts';
import { type Became, endBatch, insertRefs, type PartRef, putBack, triesOf, writeOutcomes } from './store-outcomes.ts';
import { endDispatches, lockHandingOut } from './store-sending.ts';

const own = {
  ...{ subjectId: z.uuid(), deliveryId: z.uuid(), provider: z.string() },
  detail: z
    .string()
    .default('')
    .transform((text) => keepable(text, KEPT.detail)),
};

const refSchema = z.string().transform((text) => keepable(text, KEPT.ref));

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    ...own,
    kind: z.literal('accepted'),
    refs: z.array(refSchema).max(255),
    silent: z.boolean().default(false),
  }),
  z.object({ ...own, kind: z.literal('refused'), code: z.enum(refusalCodes), retry: z.boolean() }),
  z.object({ ...own, kind: z.literal('uncertain') }),
]);

type Parsed = z.output<typeof outcomeSchema>;

/** What is known of one delivery after it was handed over. */
export type Outcome = z.input<typeof outcomeSchema>;

/** A batch that was handed over, and what became of it. */
const doneSchema = z.object({ batchId: z.uuid(), dispatchId: z.uuid(), outcomes: z.array(outcomeSchema).max(100) });

export type Done = z.input<typeof doneSchema>;

const becameOf = (outcome: Parsed): Became | undefined => {
  const { subjectId, deliveryId, provider, detail } = outcome;
  const row = { subjectId, deliveryId, provider, detail };
  if (outcome.kind === 'accepted') return { ...row, state: outcome.silent ? 'no-receipt' : 'accepted', fault: null };
  if (outcome.kind === 'uncertain') return { ...row, state: 'uncertain', fault: 'no-answer' };
  return outcome.retry ? undefined : { ...row, state: 'failed', fault: outcome.code };
};

const refsOf = (outcome: Parsed): PartRef[] =>
  outcome.kind === 'accepted'
    ? outcome.refs.map((ref, at) => ({
        ...{ provider: outcome.provider, ref, part: at + 1 },
        ...{ subjectId: outcome.subjectId, deliveryId: outcome.deliveryId },
      }))
    : [];

/**
 * Writes down what became of a batch. What surely was not taken, and may be another time, waits in a batch of its own for
 * its next try; nothing else is ever sent again by itself.
 */
const writeDown = async (ctx: Context, { batchId, outcomes }: z.output<typeof doneSchema>) => {
  const became = outcomes.flatMap((outcome) => becameOf(outcome) ?? []);
  await writeOutcomes(ctx.tx, became, ctx.at);
  await insertRefs(ctx.tx, outcomes.flatMap(refsOf));
  const again = outcomes.flatMap((outcome) => (outcome.kind === 'refused' && outcome.retry ? [outcome] : []));
  if (again.length > 0) {
    const dueAt = retryAt(await triesOf(ctx.tx, batchId), ctx.at);
    // One reason stands for all that wait: it is shown while they do.
    await putBack(ctx.tx, { batchId, newBatchId: newId(), dueAt, rows: again, fault: again[0]!.code });
  }
  await endBatch(ctx.tx, batchId);
};

/** Looks once more at whatever may have changed since it was confirmed, and marks as `sending` what goes out. */
const claim = async (ctx: Context, worker: number, open: Open): Promise<ClaimedBatch | null> => {
  await lockHandingOut(ctx.tx);
  const moment = { at: ctx.at, today: ctx.today, quiet: isQuiet(ctx.at) };
  const batch = await claimBatch(ctx.tx, worker, open, moment);
  if (!batch) return null;
  if (batch.rows.length === 0) await endBatch(ctx.tx, batch.batchId);
  return batch;
};

/**
 * A worker's step: writes down what became of the batch it handed over, and takes the next. Both are committed together,
 * before anything of the next leaves the house: never more than one batch of a worker's lane is under way.
 * @returns null when nothing is due, or none was asked for (`open` null)
 */
export const nextBatch = command({
  name: 'delivery.next-batch',
  input: z.object({
    worker: z.number().int(),
    /** The provider tried first by each channel that is connected; null = nothing more is to be taken. */
    open: z.partialRecord(z.enum(['sms', 'email']), z.string()).nullable(),
    done: doneSchema.nullable(),
  }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { worker, open, done }) => {
    await byKeys(ctx.tx);
    if (done) await writeDown(ctx, done);
    const claimed = open === null ? null : await claim(ctx, worker, open);
    // Of a dispatch that goes on with this worker something is left.
    const perhaps = [...(done ? [done.dispatchId] : []), ...(claimed?.rows.length === 0 ? [claimed.dispatchId] : [])];
    const over = perhaps.filter(
      (dispatchId) => claimed === null || claimed.rows.length === 0 || claimed.dispatchId !== dispatchId,
    );
    if (over.length > 0) {
      // Of two who write down the last two batches, the second sees what the first did.
      await lockHandingOut(ctx.tx);
      await endDispatches(ctx.tx, over, ctx.at);
    }
    return claimed;
  },
  audit: ({ done }, claimed) => ({
    doneBatch: done?.batchId ?? null,
    accepted: done?.outcomes.filter(({ kind }) => kind === 'accepted').length ?? 0,
    uncertain: done?.outcomes.filter(({ kind }) => kind === 'uncertain').length ?? 0,
    batchId: claimed?.batchId ?? null,
    deliveries: claimed?.rows.length ?? 0,
  }),
});
