import type { Context } from '../../platform/command.ts';
import { areaChannels, type Channel } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { getEditions } from '../content/index.ts';
import { announceRecorded } from './events.ts';
import type { EditionKey, NewContact, NewExposure } from './ledger.ts';
import {
  absentVillages,
  contactsOf,
  evidenceOf,
  holdPresent,
  insertContacts,
  insertContactVoids,
  insertExposures,
  insertExposureVoids,
  type Voided,
} from './store.ts';
import { addToStates, recomputeStatesOf } from './store-states.ts';

const isArea = (channel: Channel): boolean => (areaChannels as readonly Channel[]).includes(channel);

const by = ({ actor, at }: Context) => ({ at, userId: actor.userId, name: actor.name });

/** Evidence is of days that have been, and of an edition that was approved (it may have been retired since). */
const requireSayable = async (
  { tx, today }: Context,
  rows: readonly (EditionKey & { readonly happenedOn: Day })[],
): Promise<void> => {
  if (rows.some(({ happenedOn }) => happenedOn > today)) throw invalid('reach.future');
  const wanted = new Map(rows.map(({ messageId, edition }) => [`${messageId}|${edition}`, { messageId, edition }]));
  const editions = await getEditions(tx, [...wanted.values()]);
  for (const [key] of wanted) {
    const state = editions.get(key)?.state;
    if (state !== 'approved' && state !== 'retired')
      throw conflict('reach.not-approved', { code: editions.get(key)?.code ?? '?' });
  }
};

/**
 * Adds individual evidence to the ledger and computes the states of just those subjects again, in the caller's
 * transaction. Whether the caller may speak of these households is the caller's to check (area of the use case).
 *
 * Refuses `reach.future`, `reach.not-approved`, `reach.no-subject` (codes of those that were not there that day),
 * `reach.area-channel` (a loudspeaker reaches a village, no household).
 * @returns the number of contacts
 */
export const recordContacts = async (ctx: Context, rows: readonly NewContact[]): Promise<number> => {
  if (rows.length === 0) return 0;
  if (rows.some(({ channel }) => isArea(channel))) throw invalid('reach.area-channel');
  const [absent] = await Promise.all([holdPresent(ctx.tx, rows), requireSayable(ctx, rows)]);
  if (absent.length > 0)
    throw invalid('reach.no-subject', { count: absent.length, codes: absent.slice(0, 10).join(', ') });
  await insertContacts(
    ctx.tx,
    rows.map((row) => ({ ...row, contactId: newId() })),
    by(ctx),
  );
  await announceRecorded(ctx, await addToStates(ctx.tx, rows), []);
  return rows.length;
};

/**
 * Adds area evidence: nobody's state changes, for it is never copied to households.
 *
 * Refuses `reach.future`, `reach.not-approved`, `reach.no-village` (no village on that day), `reach.not-area-channel`.
 * @returns the number of exposures
 */
export const recordExposures = async (ctx: Context, rows: readonly NewExposure[]): Promise<number> => {
  if (rows.length === 0) return 0;
  if (!rows.every(({ channel }) => isArea(channel))) throw invalid('reach.not-area-channel');
  await requireSayable(ctx, rows);
  const absent = await absentVillages(ctx.tx, rows);
  if (absent > 0) throw invalid('reach.no-village', { count: absent });
  await insertExposures(
    ctx.tx,
    rows.map((row) => ({ ...row, exposureId: newId() })),
    by(ctx),
  );
  await announceRecorded(ctx, [], rows);
  return rows.length;
};

/** Voids contacts that count, each by a row of its own, and computes the states of their subjects again. */
export const voidContacts = async (ctx: Context, rows: readonly Voided[], reason: string): Promise<void> => {
  if (rows.length === 0) return;
  await insertContactVoids(
    ctx.tx,
    rows.map((row) => ({ ...row, voidId: newId() })),
    { ...by(ctx), reason },
  );
  const touched = rows.map((row) => ({ ...row, subjectId: row.of }));
  await announceRecorded(ctx, await recomputeStatesOf(ctx.tx, touched), []);
};

const voidExposures = async (ctx: Context, rows: readonly Voided[], reason: string): Promise<void> => {
  if (rows.length === 0) return;
  await insertExposureVoids(
    ctx.tx,
    rows.map((row) => ({ ...row, voidId: newId() })),
    { ...by(ctx), reason },
  );
  await announceRecorded(
    ctx,
    [],
    rows.map((row) => ({ ...row, placeId: row.of })),
  );
};

/** Voids what still counts of an activity for one subject: what was taken for proof turned out to be none. */
export const voidContactOf = async (
  ctx: Context,
  { activityId, subjectId }: { activityId: string; subjectId: string },
  reason: string,
): Promise<void> => {
  await voidContacts(ctx, await contactsOf(ctx.tx, { activityId, subjectId }), reason);
};

/**
 * Voids whatever still counts of an activity, contacts and exposures, each by a row of its own.
 * @returns how many rows were voided; 0 when nothing of it counts any more
 */
export const voidActivityEvidence = async (ctx: Context, activityId: string, reason: string): Promise<number> => {
  const { contacts, exposures } = await evidenceOf(ctx.tx, activityId);
  await voidContacts(ctx, contacts, reason);
  await voidExposures(ctx, exposures, reason);
  return contacts.length + exposures.length;
};
