import type { Context } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { invalid, notFound } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { sendableIn, userName } from '../identity/index.ts';
import { getLine } from '../plans/index.ts';
import { coversPlaces } from '../territory/index.ts';
import { insertVisits, knownHouseholds, lockOpenVisits, updateOpenVisits, villagesOn } from './store.ts';
import { openVisits } from './store-many.ts';

export interface Sending {
  readonly subjectIds: readonly string[];
  readonly lineIds: readonly string[];
  /** A user of the program who goes; else only a name, on a sheet of paper. */
  readonly agentId?: string | null;
  /** Taken from the user when there is one. */
  readonly agentName: string;
  readonly dueOn: Day;
  readonly note: string;
  /** Visits that are open already: given to who was said last, the lines added (`replace`), or left as they are (`keep`). */
  readonly existing?: 'replace' | 'keep';
}

/** What became of a sending. */
export interface Sent {
  /** The visit that is open now, by household. */
  readonly visits: ReadonlyMap<string, string>;
  /** Visits that were not there before, the first made first. */
  readonly made: readonly string[];
}

/** Who goes must be allowed to write down what happened there: a user needs a role over every one of the villages. */
const agentOf = async (ctx: Context, { agentId, agentName }: Sending, subjectIds: readonly string[]) => {
  if (!agentId) {
    if (!agentName.trim()) throw invalid('visit.no-agent', {}, [{ path: 'ownerName', code: 'visit.no-agent' }]);
    return { agentId: null, agentName: agentName.trim() };
  }
  const areas = await sendableIn(ctx.tx, agentId, ctx.at);
  const villages = [...new Set((await villagesOn(ctx.tx, subjectIds, ctx.today)).values())];
  const all = villages.length === 0 || (await coversPlaces(ctx.tx, areas, villages, ctx.today));
  const inside = areas.length > 0 && all;
  if (!inside) throw invalid('visit.agent-area', {}, [{ path: 'ownerId', code: 'visit.agent-area' }]);
  return { agentId, agentName: (await userName(ctx.tx, agentId)) ?? agentName };
};

/** Checks a sending, with the visits open there now (by household): what is to be made, and who goes. */
const workOut = async (ctx: Context, sending: Sending, open: ReadonlyMap<string, string>) => {
  const subjectIds = [...new Set(sending.subjectIds)];
  if (sending.dueOn < ctx.today) throw invalid('visit.due-past', {}, [{ path: 'dueOn', code: 'visit.due-past' }]);
  for (const lineId of sending.lineIds) {
    const { planState, planCode } = await getLine(ctx.tx, lineId);
    if (planState !== 'issued') throw invalid('visit.plan', { plan: planCode });
  }
  if ((await knownHouseholds(ctx.tx, subjectIds)).length < subjectIds.length) throw notFound('household');
  const fresh = subjectIds.filter((subjectId) => !open.has(subjectId));
  const agent = await agentOf(ctx, sending, sending.existing === 'keep' ? fresh : subjectIds);
  return { fresh, to: { ...agent, dueOn: sending.dueOn, note: sending.note, by: ctx.actor, at: ctx.at } };
};

/** Which of the households have a visit that is open; refuses what `createVisits` would refuse. */
export const lookAtSending = async (ctx: Context, sending: Sending): Promise<ReadonlySet<string>> => {
  if (sending.subjectIds.length === 0) return new Set();
  const open = new Map((await openVisits(ctx.tx, sending.subjectIds)).map((each) => [each.subjectId, each.visitId]));
  await workOut(ctx, sending, open);
  return new Set(open.keys());
};

/**
 * Sends somebody to households for some lines' messages: one visit each. Where a visit is open already, the lines are
 * added to it and who goes, by when and the note become those said last; asked twice, it stays one. With `keep` such a
 * household is passed over. Who calls this has checked that the actor may speak for these households.
 *
 * Refuses `visit.no-agent`, `visit.agent-area`, `visit.due-past`, `visit.plan` (a plan that is not in force), and
 * not-found `household` (one that is not there today) or `line`.
 */
export const createVisits = async (ctx: Context, sending: Sending): Promise<Sent> => {
  if (sending.subjectIds.length === 0) return { visits: new Map(), made: [] };
  const locked = await lockOpenVisits(ctx.tx, [...new Set(sending.subjectIds)]);
  const open = new Map(locked.map((visit) => [visit.subjectId, visit.visitId]));
  const { fresh, to } = await workOut(ctx, sending, open);
  const added = fresh.map((subjectId) => ({ visitId: newId(), subjectId }));
  if (sending.existing !== 'keep') await updateOpenVisits(ctx.tx, [...open.values()], sending.lineIds, to);
  const inserted = new Map(await insertVisits(ctx.tx, added, sending.lineIds, to));
  const made = added.filter(({ visitId, subjectId }) => inserted.get(subjectId) === visitId);
  return { visits: new Map([...open, ...inserted]), made: made.map(({ visitId }) => visitId) };
};
