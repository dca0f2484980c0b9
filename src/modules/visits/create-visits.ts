import type { Context } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { invalid, notFound } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { sendableIn, userName } from '../identity/index.ts';
import { getLine } from '../plans/index.ts';
import { coversPlaces } from '../territory/index.ts';
import { insertVisits, knownHouseholds, lockOpenVisits, updateOpenVisits, villagesOn } from './store.ts';

export interface Sending {
  readonly subjectIds: readonly string[];
  readonly lineIds: readonly string[];
  /** A user of the program who goes; else only a name, on a sheet of paper. */
  readonly agentId?: string | null;
  /** Taken from the user when there is one. */
  readonly agentName: string;
  readonly dueOn: Day;
  readonly note: string;
}

/** Who goes must be allowed to write down what happened there: a user needs a role over every one of the villages. */
const agentOf = async (ctx: Context, { agentId, agentName, subjectIds }: Sending) => {
  if (!agentId) {
    if (!agentName.trim()) throw invalid('visit.no-agent', {}, [{ path: 'ownerName', code: 'visit.no-agent' }]);
    return { agentId: null, agentName: agentName.trim() };
  }
  const areas = await sendableIn(ctx.tx, agentId, ctx.at);
  const villages = [...new Set((await villagesOn(ctx.tx, subjectIds, ctx.today)).values())];
  const inside = areas.length > 0 && (await coversPlaces(ctx.tx, areas, villages, ctx.today));
  if (!inside) throw invalid('visit.agent-area', {}, [{ path: 'ownerId', code: 'visit.agent-area' }]);
  return { agentId, agentName: (await userName(ctx.tx, agentId)) ?? agentName };
};

/**
 * Sends somebody to households for some lines' messages: one visit each. Where a visit is open already, the lines are
 * added to it and who goes, by when and the note become those said last; asked twice, it stays one. Who calls this has
 * checked that the actor may speak for these households.
 *
 * Refuses `visit.no-agent`, `visit.agent-area`, `visit.due-past`, `visit.plan` (a plan that is not in force), and
 * not-found `household` (one that is not there today) or `line`.
 * @returns the visits' ids, one for each household in the order given
 */
export const createVisits = async (ctx: Context, sending: Sending): Promise<string[]> => {
  const subjectIds = [...new Set(sending.subjectIds)];
  if (subjectIds.length === 0) return [];
  if (sending.dueOn < ctx.today) throw invalid('visit.due-past', {}, [{ path: 'dueOn', code: 'visit.due-past' }]);
  for (const lineId of sending.lineIds) {
    const { planState, planCode } = await getLine(ctx.tx, lineId);
    if (planState !== 'issued') throw invalid('visit.plan', { plan: planCode });
  }
  if ((await knownHouseholds(ctx.tx, subjectIds)).length < subjectIds.length) throw notFound('household');
  const { agentId, agentName } = await agentOf(ctx, sending);
  const to = {
    agentId,
    agentName,
    dueOn: sending.dueOn,
    note: sending.note,
    by: ctx.actor,
    at: ctx.at,
  };
  const open = new Map((await lockOpenVisits(ctx.tx, subjectIds)).map((visit) => [visit.subjectId, visit.visitId]));
  const fresh = subjectIds.filter((subjectId) => !open.has(subjectId));
  const added = fresh.map((subjectId) => ({ visitId: newId(), subjectId }));
  await updateOpenVisits(ctx.tx, [...open.values()], sending.lineIds, to);
  const ids = new Map([...open, ...(await insertVisits(ctx.tx, added, sending.lineIds, to))]);
  return subjectIds.map((subjectId) => ids.get(subjectId)!);
};
