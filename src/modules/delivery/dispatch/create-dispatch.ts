import { z } from 'zod';
import { type Context, command } from '../../../platform/command.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { recordActivity } from '../../plans/index.ts';
import { momentOf } from '../evidence.ts';
import { BATCH, channelOf, deadlineOf, priorityOf, type SentKind } from './dispatch.ts';
import {
  countLeftOut,
  type Prepared,
  prepareSending,
  requireOwnLine,
  type Sending,
  sendingFields,
  type Written,
} from './prepare.ts';
import { findRun, insertBatches, insertDeliveries, insertDispatch, type NewBatch, nextRun } from './store.ts';
import { lockCreating } from './store-sending.ts';

/** The second who submits the same sending is told who was first: a double click, another officer, another process. */
const claimRun = async (ctx: Context, { lineId }: Sending, run: number): Promise<void> => {
  await lockCreating(ctx.tx);
  const before = await findRun(ctx.tx, lineId, run);
  if (before)
    throw conflict('dispatch.already', {
      name: before.createdByName,
      at: momentOf(before.createdAt),
      count: before.recipients,
    });
  if ((await nextRun(ctx.tx, lineId)) !== run) throw conflict('dispatch.changed');
};

/** What the confirmation showed must still be so: else it is shown again, and nothing is sent. */
const refuseUnready = ({ written, asks, parts }: Prepared, seen: { recipients: number; parts: number }): void => {
  if (asks.length > 0)
    throw invalid(
      'dispatch.asks',
      {},
      asks.map((path) => ({ path, code: `dispatch.asks.${path}` })),
    );
  if (written.length === 0) throw conflict('dispatch.nobody');
  if (written.length !== seen.recipients || parts !== seen.parts) throw conflict('dispatch.changed');
};

/** Batches of one commune each, so that communes can take turns. */
const batchesOf = (written: readonly Written[], dueAt: Date) => {
  const batches: NewBatch[] = [];
  const batchIdOf = new Map<Written, string>();
  for (const [communeId, rows] of Map.groupBy(written, (each) => each.communeId))
    for (let from = 0; from < rows.length; from += BATCH) {
      const batchId = newId();
      batches.push({ batchId, communeId, dueAt });
      for (const row of rows.slice(from, from + BATCH)) batchIdOf.set(row, batchId);
    }
  return { batches, batchIdOf };
};

const languageOf = (written: readonly Written[]): string => {
  const groups = [...Map.groupBy(written, ({ form }) => form.language)];
  return groups.sort(([, a], [, b]) => b.length - a.length)[0]![0];
};

const activityFor = (
  ctx: Context,
  { line, written, retryOf, parts }: Prepared,
  formKind: SentKind,
): Promise<string> | string =>
  retryOf?.activityId ??
  recordActivity(ctx, {
    lineId: line.lineId,
    kind: channelOf(formKind),
    placeIds: [...new Set(written.map(({ candidate }) => candidate.placeId))],
    happenedOn: ctx.today,
    language: languageOf(written),
    proof: 'network',
    details: { recipients: written.length, parts },
    note: '',
  });

/**
 * The button: writes down every delivery as `created`, in batches that a worker hands out once this is committed. `run` and
 * `seen` are what the confirmation showed. Refuses `dispatch.already` (who sent it and when), `dispatch.changed`,
 * `dispatch.nobody`, `dispatch.asks`, and what `prepareSending` refuses.
 */
export const createDispatch = command({
  name: 'delivery.create-dispatch',
  input: z.object({
    ...sendingFields,
    run: z.number().int().min(1),
    seen: z.object({ recipients: z.number().int(), parts: z.number().int() }),
    /** VND for one part, as the provider's contract says; null = not known. */
    pricePerPart: z.number().min(0).nullable().default(null),
  }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { run, seen, pricePerPart, ...sending }) => {
    // Before anybody is told who sent what.
    await requireOwnLine(ctx, sending.lineId);
    await claimRun(ctx, sending, run);
    const prepared = await prepareSending(ctx, sending);
    refuseUnready(prepared, seen);
    const { line, written, parts, urgent, retryOf, leftOut } = prepared;
    const activityId = await activityFor(ctx, prepared, sending.formKind);
    const dispatchId = newId();
    const priority = priorityOf(urgent, written.length);
    await insertDispatch(ctx.tx, {
      ...{
        dispatchId,
        activityId,
        run,
        priority,
        parts,
        channel: channelOf(sending.formKind),
        formKind: sending.formKind,
      },
      ...{ lineId: line.lineId, messageId: line.messageId, edition: line.edition, synthetic: line.synthetic },
      retryOf: retryOf?.dispatchId ?? null,
      urgentReason: sending.urgentReason || null,
      placeIds: [...new Set(written.map(({ candidate }) => candidate.placeId))],
      recipients: written.length,
      cost: sending.formKind === 'email' ? 0 : pricePerPart === null ? null : Math.round(pricePerPart * parts),
      leftOut: countLeftOut(leftOut).why,
      deadline: deadlineOf(ctx.at),
      createdBy: ctx.actor.userId,
      createdByName: ctx.actor.name,
      createdAt: ctx.at,
    });
    const { batches, batchIdOf } = batchesOf(written, ctx.at);
    await insertBatches(ctx.tx, { dispatchId, priority }, batches);
    await insertDeliveries(
      ctx.tx,
      dispatchId,
      written.map((each) => ({
        subjectId: each.candidate.subjectId,
        deliveryId: newId(),
        batchId: batchIdOf.get(each)!,
        placeId: each.candidate.placeId,
        contactPointId: each.phone.contactPointId,
        address: each.phone.value,
        formId: each.form.formId,
        language: each.form.language,
        body: each.body,
        parts: each.parts,
      })),
    );
    return { dispatchId, run, recipients: written.length, parts };
  },
  audit: ({ lineId }, { dispatchId, run, recipients, parts }) => ({ lineId, dispatchId, run, recipients, parts }),
});
