import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { spokenLanguages } from '../../shared/channels.ts';
import { isDay } from '../../shared/dates.ts';
import { invalid, notFound } from '../../shared/errors.ts';
import { approvedForms } from '../content/index.ts';
import { getLine } from '../plans/index.ts';
import { fieldsNoted, languagesInput, noteLanguagesOf } from '../registry/index.ts';
import { coversPlaces } from '../territory/index.ts';
import { closeVisitRow, findVisitRow, lockVisit, villagesOn } from './store.ts';
import { recordTold } from './tell.ts';
import { closeAs, type LineResult, stageOf, visitOutcomes, visitProofs } from './visit.ts';

const told = z.object({
  lineId: z.uuid({ error: 'line' }),
  language: z.enum(spokenLanguages, { error: 'visit.language' }),
  readAloud: z.boolean().default(false),
  /** Was the check question answered rightly; null = not asked. */
  right: z.boolean().nullish(),
  /** Or which answer was given to which question: then the answer decides. */
  answer: z.object({ formId: z.uuid(), chosen: z.number().int().min(1) }).nullish(),
  acted: z.boolean().default(false),
});

const input = z.object({
  visitId: z.uuid({ error: 'visit' }),
  happenedOn: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  outcome: z.enum(visitOutcomes, { error: 'visit.outcome' }),
  note: z.string().trim().max(500).default(''),
  proof: z.enum(visitProofs).default('declared'),
  results: z.array(told).max(20).default([]),
  /** What the household understands and reads, as it was learned at the door. */
  languages: languagesInput.languages.nullish(),
  languagesRead: languagesInput.languagesRead,
});

type Input = z.output<typeof input>;

const fault = (path: string, code: string, params = {}) => invalid(code, params, [{ path, code, params }]);

/** Whether the answer given is the right one of an approved question of the line's edition. */
const judge = async (ctx: Context, result: Input['results'][number]): Promise<LineResult> => {
  const { answer, right, ...rest } = result;
  if (!answer) return { ...rest, right: right ?? null };
  const { messageId, edition } = await getLine(ctx.tx, result.lineId);
  const forms = await approvedForms(ctx.tx, messageId, edition);
  const question = forms.find(({ formId, kind }) => formId === answer.formId && kind === 'question');
  if (!question || answer.chosen > question.answers.length) throw invalid('visit.no-answer');
  return { ...rest, right: answer.chosen === question.rightAnswer, formId: answer.formId };
};

/** What was learned of their languages holds from the day of the visit on: so what was told there counts by it. */
const noteLearned = async (ctx: Context, subjectId: string, asked: Input, from: string): Promise<void> => {
  const { languages, languagesRead = null } = asked;
  if (!languages && languagesRead === null) return;
  if (!languages) throw fault('languages', 'languages.none');
  await noteLanguagesOf(ctx, { subjectIds: [subjectId], languages, languagesRead, from, onlyUnknown: false });
};

/**
 * What happened at a household's door. Met: what was told of each line's message becomes evidence, and closes the visit.
 * Not met, or refused: a note, and no evidence of anything. Whoever speaks for a village has a role over it; one's own
 * visits are recorded here, one by one, never as a list.
 */
export const recordVisit = command({
  name: 'visits.record-visit',
  input,
  allow: ['officer', 'agent'],
  area: async (ctx, { visitId, happenedOn }) => {
    const visit = await findVisitRow(ctx.tx, visitId);
    if (!visit) throw notFound('visit');
    const then = (await villagesOn(ctx.tx, [visit.subjectId], happenedOn ?? ctx.today)).get(visit.subjectId);
    const village = then ?? visit.villageId;
    // Somebody else's visit is not found, whether there is one or not.
    if (!village || !(ctx.areas === null || (await coversPlaces(ctx.tx, ctx.areas, [village], ctx.today))))
      throw notFound('visit');
    return [village];
  },
  run: async (ctx, asked) => {
    const { visitId, outcome, note, proof, results } = asked;
    const happenedOn = asked.happenedOn ?? ctx.today;
    if (happenedOn > ctx.today) throw fault('happenedOn', 'visit.day-ahead');
    const visit = await lockVisit(ctx.tx, visitId);
    if (!visit) throw notFound('visit');
    const state = closeAs(visit.state, outcome);
    if (outcome === 'refused' && !note) throw fault('note', 'visit.note-missing');
    const judged: LineResult[] = [];
    if (outcome === 'met') for (const result of results) judged.push(await judge(ctx, result));
    if (judged.some(({ lineId }) => !visit.lineIds.includes(lineId))) throw invalid('visit.other-line');
    if (outcome === 'met' && judged.every((result) => stageOf(result) === null))
      throw fault('results', 'visit.nothing-told');
    const villageId = (await villagesOn(ctx.tx, [visit.subjectId], happenedOn)).get(visit.subjectId);
    if (outcome === 'met' && !villageId) throw fault('happenedOn', 'visit.not-there');
    const { subjectId } = visit;
    if (outcome !== 'not-met') await noteLearned(ctx, subjectId, asked, happenedOn);
    const evidence = await recordTold(
      ctx,
      judged.map((result) => ({ subjectId, villageId: villageId!, happenedOn, proof, result })),
    );
    const activityIds = evidence.get(subjectId) ?? [];
    await closeVisitRow(ctx.tx, { visitId, state, happenedOn, note, activityIds, by: ctx.actor, at: ctx.at });
    return { state, activityIds };
  },
  audit: ({ visitId, outcome, proof, languages, languagesRead = null }, { activityIds }) => ({
    ...{ visitId, outcome, proof, activityIds },
    ...(languages && outcome !== 'not-met' ? { fields: fieldsNoted({ languagesRead }) } : {}),
  }),
});
