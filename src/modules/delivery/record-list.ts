import { z } from 'zod';
import type { Context } from '../../platform/command.ts';
import { type ActivityKind, type Proof, type Stage, spokenLanguages } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { approvedForms, getEditions } from '../content/index.ts';
import { getLine, type Line, recordActivity } from '../plans/index.ts';
import {
  contactsRecorded,
  type FoundHousehold,
  householdsById,
  householdsCalled,
  householdsIn,
  type ListFault,
  matchHouseholds,
  type NewContact,
  outcomeOf,
  readHouseholdList,
  recordContacts,
  type TextRow,
  takenBack,
  withinAreas,
} from '../reach/index.ts';
import { namesOn, placesUnder } from '../territory/index.ts';
import { evidenceFields, listProofs, momentOf, sameActivities } from './evidence.ts';

/** A list of households of one village: ticked on a form, or the rows of a file. */
export const listFields = {
  ...evidenceFields,
  villageId: z.uuid({ error: 'evidence.village' }),
  proof: z.enum(listProofs, { error: 'evidence.proof' }),
  /** Other languages in which it was said as well: each household is counted in the first of all that it understands. */
  alsoIn: z.array(z.enum(spokenLanguages)).max(5).default([]),
  households: z
    .array(z.object({ subjectId: z.uuid({ error: 'household' }), answered: z.boolean(), acted: z.boolean() }))
    .max(2_000)
    .nullish(),
  rows: z
    .array(z.object({ row: z.number().int(), cells: z.array(z.string().max(2_000)).max(60) }))
    .max(5_000)
    .nullish(),
};

export interface ListInput {
  readonly lineId: string;
  readonly villageId: string;
  readonly happenedOn: Day;
  readonly language: string;
  readonly alsoIn: readonly string[];
  readonly proof: Proof;
  readonly note: string;
  readonly commit: boolean;
  readonly households?: readonly Omit<FoundHousehold, 'code' | 'languages'>[] | null | undefined;
  readonly rows?: readonly TextRow[] | null | undefined;
}

/** What a list of this kind proves of everybody on it. */
export interface ListKind {
  readonly kind: Extract<ActivityKind, 'meeting' | 'leaflet'>;
  readonly stage: Stage;
  readonly details: Readonly<Record<string, string | number>>;
}

interface Resolved {
  readonly found: readonly FoundHousehold[];
  readonly faults: readonly ListFault[];
  readonly unmarked: number;
}

/** Ticked households live in the village that day, all of them: the form showed nobody else. */
const resolveTicked = async (ctx: Context, input: ListInput): Promise<Resolved> => {
  const ticked = input.households ?? [];
  const ids = ticked.map(({ subjectId }) => subjectId);
  const known = await householdsById(ctx.tx, ids, input.happenedOn);
  const here = new Map(
    known.filter(({ villageId }) => villageId === input.villageId).map((each) => [each.subjectId, each]),
  );
  const strangers = ids.filter((id) => !here.has(id));
  if (strangers.length > 0)
    throw invalid('evidence.not-here', { count: strangers.length }, [
      { path: 'households', code: 'evidence.not-here', params: { count: strangers.length } },
    ]);
  const found = new Map(ticked.map((each) => [each.subjectId, each]));
  return {
    found: [...found.values()].map((each) => {
      const { code, languages } = here.get(each.subjectId)!;
      return { ...each, code, languages };
    }),
    faults: [],
    unmarked: 0,
  };
};

const resolveRows = async (ctx: Context, input: ListInput, line: Line): Promise<Resolved> => {
  const read = readHouseholdList(input.rows ?? []);
  if (!read) throw invalid('evidence.no-heading', {}, [{ path: 'file', code: 'evidence.no-heading' }]);
  const { happenedOn: on, villageId } = input;
  const codes = read.households.flatMap(({ code }) => [code, code.toUpperCase()]).filter(Boolean);
  const here = await householdsIn(ctx.tx, villageId, on);
  const called = await householdsCalled(ctx.tx, [...new Set(codes)], on);
  const elsewhere = called.filter((each) => each.villageId !== villageId);
  const inLine = new Set(await placesUnder(ctx.tx, line.placeIds, on));
  const own = await withinAreas(
    ctx,
    elsewhere.map((each) => each.villageId),
  );
  const names = await namesOn(ctx.tx, [...own], on);
  const { found, faults } = matchHouseholds(read.households, {
    here,
    elsewhere,
    guestsFrom: new Set([...own].filter((placeId) => inLine.has(placeId))),
    nameOf: (placeId) => names.get(placeId) ?? '',
    headings: read.headings,
  });
  const all = [...read.faults, ...faults].sort((a, b) => a.row - b.row);
  return { found, faults: all, unmarked: read.unmarked };
};

/** The form of the check question: "answered rightly" means nothing where no question was ever approved. */
const questionFor = async (ctx: Context, { messageId, edition }: Line, language: string): Promise<string | null> => {
  const questions = (await approvedForms(ctx.tx, messageId, edition)).filter(({ kind }) => kind === 'question');
  const state = (await getEditions(ctx.tx, [{ messageId, edition }])).get(`${messageId}|${edition}`)?.state;
  // Of a retired edition no form may leave the house any more, but what was asked then was asked.
  if (questions.length === 0 && state === 'approved')
    throw invalid('evidence.no-question', {}, [{ path: 'households', code: 'evidence.no-question' }]);
  return (questions.find((form) => form.language === language) ?? questions[0])?.formId ?? null;
};

const contactsFor = async (
  ctx: Context,
  line: Line,
  input: ListInput,
  { kind, stage }: ListKind,
  activityId: string,
  found: readonly FoundHousehold[],
): Promise<NewContact[]> => {
  const question = found.some(({ answered }) => answered) ? await questionFor(ctx, line, input.language) : null;
  const { messageId, edition } = line;
  const { proof, happenedOn } = input;
  const told = [input.language, ...input.alsoIn];
  return found.flatMap(({ subjectId, languages, answered, acted }) => {
    const language = told.find((each) => languages?.includes(each)) ?? input.language;
    const row = { subjectId, messageId, edition, language, channel: kind, proof, happenedOn, activityId } as const;
    return [
      { ...row, stage },
      ...(answered ? [{ ...row, stage: 4 as const, formId: question }] : []),
      ...(acted ? [{ ...row, stage: 5 as const }] : []),
    ];
  });
};

const refuseRecorded = async (
  ctx: Context,
  input: ListInput,
  kind: ListKind['kind'],
  found: readonly FoundHousehold[],
) => {
  const same = await sameActivities(ctx, { ...input, kind });
  const before = await contactsRecorded(
    ctx.tx,
    same.map(({ activityId }) => activityId),
    found.map(({ subjectId }) => subjectId),
  );
  if (!before) return;
  const { count, name, at } = before;
  throw conflict('evidence.already', { count, of: found.length, name, at: momentOf(at) });
};

/**
 * Writes down a list of households as an activity of a plan's line, with a contact for each (and one more for who answered
 * rightly, or acted). Nothing is written as long as one row is wrong, or when one of them is recorded already for the same
 * line, kind and day.
 */
export const recordByList = async (ctx: Context, input: ListInput, listKind: ListKind) => {
  const line = await getLine(ctx.tx, input.lineId);
  const resolved = input.rows ? await resolveRows(ctx, input, line) : await resolveTicked(ctx, input);
  const { found, faults, unmarked } = resolved;
  const report = { rows: found.length, unmarked, faults };
  if (faults.some(({ severity }) => severity === 'error'))
    return { ...report, committed: false, activityId: null, outcome: null };
  if (found.length === 0) throw invalid('evidence.nobody', {}, [{ path: 'households', code: 'evidence.nobody' }]);
  const work = async () => {
    await refuseRecorded(ctx, input, listKind.kind, found);
    const activityId = await recordActivity(ctx, {
      ...input,
      kind: listKind.kind,
      placeIds: [input.villageId],
      details: { ...listKind.details, ...(input.alsoIn.length > 0 ? { alsoIn: input.alsoIn.join(', ') } : {}) },
    });
    // The plan is held now: the contacts carry the edition that the activity does.
    const held = await getLine(ctx.tx, input.lineId);
    await recordContacts(ctx, await contactsFor(ctx, held, input, listKind, activityId, found));
    return { activityId, outcome: await outcomeOf(ctx, activityId) };
  };
  const { activityId, outcome } = input.commit ? await work() : await takenBack(ctx.tx, work);
  return { ...report, committed: input.commit, activityId: input.commit ? activityId : null, outcome };
};

export type ListReport = Awaited<ReturnType<typeof recordByList>>;
