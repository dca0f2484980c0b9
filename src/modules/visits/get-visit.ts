import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { showDay } from '../../shared/dates.ts';
import { notFound } from '../../shared/errors.ts';
import { approvedForms, fillText, getEditions } from '../content/index.ts';
import { getLine } from '../plans/index.ts';
import { placesOfVisit } from './cancel-visit.ts';
import { describeVisits, type ListedVisit } from './list-visits.ts';
import { findVisitRow, householdConditions } from './store.ts';

/** What only who holds the activity knows stays a line to fill in. */
const BLANK = '………………';

export interface LineToTell {
  readonly lineId: string;
  readonly planTitle: string;
  readonly position: number;
  readonly title: string;
  readonly core: string;
  /** To be read aloud, by language, filled for this household. */
  readonly scripts: readonly { readonly formId: string; readonly language: string; readonly text: string }[];
  readonly questions: readonly {
    readonly formId: string;
    readonly language: string;
    readonly text: string;
    readonly answers: readonly string[];
    readonly rightAnswer: number | null;
  }[];
}

/** The languages of the household come first. */
const bySpoken = (languages: readonly string[]) => (a: { language: string }, b: { language: string }) => {
  const rank = (language: string) => (languages.includes(language) ? languages.indexOf(language) : languages.length);
  return rank(a.language) - rank(b.language);
};

const lineToTell = async (ctx: Context, visit: ListedVisit, lineId: string): Promise<LineToTell> => {
  const { messageId, edition, planTitle, position, what } = await getLine(ctx.tx, lineId);
  const found = (await getEditions(ctx.tx, [{ messageId, edition }])).get(`${messageId}|${edition}`);
  const forms = [...(await approvedForms(ctx.tx, messageId, edition))].sort(bySpoken(visit.languages ?? ['vi']));
  const [village = '', commune = ''] = visit.village.split(', ');
  const values = {
    tên: visit.head ?? BLANK,
    thôn: village,
    xã: commune,
    ngày: showDay(visit.happenedOn ?? ctx.today),
    giờ: BLANK,
    nơi: BLANK,
  };
  const { phone, children, elderly } = await householdConditions(ctx.tx, visit.subjectId, ctx.today);
  const filled = (language: string, text: string): string =>
    fillText(text, values, {
      đọc_được: visit.languagesRead?.includes(language) ?? false,
      có_điện_thoại: phone,
      có_trẻ_em: children,
      có_người_cao_tuổi: elderly,
    });
  return {
    ...{ lineId, planTitle, position },
    title: found?.title ?? what,
    core: found?.core ?? '',
    scripts: forms
      .filter(({ kind }) => kind === 'script')
      .map(({ formId, language, text }) => ({ formId, language, text: filled(language, text) })),
    questions: forms
      .filter(({ kind }) => kind === 'question')
      .map(({ formId, language, text, answers, rightAnswer }) => ({
        ...{ formId, language, answers, rightAnswer },
        text: filled(language, text),
      })),
  };
};

/** One visit with all that is needed at the door: who lives there, what to read aloud, what to ask. */
export const getVisit = read({
  name: 'visits.get-visit',
  input: z.object({ visitId: z.uuid({ error: 'visit' }) }),
  allow: ['officer', 'leader', 'agent'],
  area: placesOfVisit,
  run: async (ctx, { visitId }) => {
    const row = await findVisitRow(ctx.tx, visitId);
    if (!row) throw notFound('visit');
    const visit = (await describeVisits(ctx, [row]))[0]!;
    const toTell: LineToTell[] = [];
    for (const lineId of visit.lineIds) toTell.push(await lineToTell(ctx, visit, lineId));
    return { ...visit, today: ctx.today, toTell };
  },
  sensitive: ({ visitId }, { subjectId }) => ({ visitId, subjectId }),
});
