import type { Context } from '../../platform/command.ts';
import type { Proof, Stage } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { invalid } from '../../shared/errors.ts';
import { approvedForms } from '../content/index.ts';
import { getLine, type Line, recordActivity } from '../plans/index.ts';
import { recordContacts } from '../reach/index.ts';
import { type LineResult, stageOf } from './visit.ts';

/** What a household was told at its door of one line's message. */
export interface Told {
  readonly subjectId: string;
  /** Where it lived on the day. */
  readonly villageId: string;
  readonly happenedOn: Day;
  readonly proof: Proof;
  readonly result: LineResult;
}

/** Only a question that was approved for this edition can have been answered rightly. */
const requireQuestion = async (ctx: Context, line: Line, told: readonly Told[]): Promise<void> => {
  if (!told.some(({ result }) => result.right === true)) return;
  const forms = await approvedForms(ctx.tx, line.messageId, line.edition);
  if (!forms.some(({ kind }) => kind === 'question')) throw invalid('visit.no-question', { line: line.what });
};

/**
 * Writes the evidence of visits: an activity for each line, day, language and proof, and a contact for each household in
 * it. Of a line of which nothing was told nothing is written. @returns the activities by household
 */
export const recordTold = async (ctx: Context, all: readonly Told[]): Promise<Map<string, string[]>> => {
  const activities = new Map<string, string[]>(all.map(({ subjectId }) => [subjectId, []]));
  const told = all.filter(({ result }) => stageOf(result) !== null);
  const groups = Map.groupBy(told, ({ happenedOn, proof, result }) =>
    [result.lineId, happenedOn, result.language, proof].join('|'),
  );
  for (const group of groups.values()) {
    const [{ result, happenedOn, proof }] = group as [Told, ...Told[]];
    const activityId = await recordActivity(ctx, {
      lineId: result.lineId,
      kind: 'visit',
      placeIds: [...new Set(group.map(({ villageId }) => villageId))],
      happenedOn,
      language: result.language,
      proof,
      details: { households: group.length },
      // What was said at a door stays with the visit: an activity is read by everybody who sees the plan.
      note: '',
    });
    // The plan is held now: the contacts carry the edition that the activity does.
    const line = await getLine(ctx.tx, result.lineId);
    await requireQuestion(ctx, line, group);
    await recordContacts(
      ctx,
      group.map(({ subjectId, result: each }) => ({
        subjectId,
        messageId: line.messageId,
        edition: line.edition,
        stage: stageOf(each) as Stage,
        language: each.language,
        channel: 'visit' as const,
        proof,
        happenedOn,
        activityId,
        formId: each.formId ?? null,
      })),
    );
    for (const { subjectId } of group) activities.get(subjectId)!.push(activityId);
  }
  return activities;
};
