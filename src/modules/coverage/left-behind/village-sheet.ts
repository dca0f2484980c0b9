import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { installationKind } from '../../../platform/installation.ts';
import { type Day, isDay } from '../../../shared/dates.ts';
import { type Unit, unitOf } from '../../../shared/words/units.ts';
import { approvedForms, type Basis, getEditions } from '../../content/index.ts';
import type { Line } from '../../plans/index.ts';
import { namesThen } from '../../territory/index.ts';
import { findMissing, type LeftBehind } from './missing.ts';

/** What is read out and asked for one line; texts still with their gaps. */
export interface SheetLine {
  readonly lineId: string;
  readonly position: number;
  readonly what: string;
  readonly headName: string;
  readonly title: string;
  readonly core: string;
  readonly bases: readonly Basis[];
  readonly scripts: readonly { readonly language: string; readonly text: string }[];
  readonly questions: readonly {
    readonly language: string;
    readonly text: string;
    readonly answers: readonly string[];
    readonly rightAnswer: number | null;
  }[];
}

export interface VillageSheet {
  readonly on: Day;
  readonly synthetic: boolean;
  /** "Thôn Ví Dụ, xã Bản Mù" */
  readonly place: string;
  readonly planCode: string;
  readonly planTitle: string;
  /** Whom the sheet names. */
  readonly unit: Unit;
  readonly lines: readonly SheetLine[];
  readonly households: readonly LeftBehind[];
}

/** More households than a village has. */
const MOST = 2_000;

/** Vietnamese, and whatever somebody on the sheet understands. */
const spokenIn = (households: readonly LeftBehind[]): ReadonlySet<string> =>
  new Set(['vi', ...households.flatMap(({ languages }) => languages ?? [])]);

const toRead = async (ctx: Context, line: Line, languages: ReadonlySet<string>): Promise<SheetLine> => {
  const { lineId, position, what, headName, messageId, edition } = line;
  const found = (await getEditions(ctx.tx, [{ messageId, edition }])).get(`${messageId}|${edition}`);
  const forms = (await approvedForms(ctx.tx, messageId, edition))
    .filter(({ language }) => languages.has(language))
    .sort((a, b) => Number(b.language === 'vi') - Number(a.language === 'vi'));
  return {
    ...{ lineId, position, what, headName },
    title: found?.title ?? '',
    core: found?.core ?? '',
    bases: found?.bases ?? [],
    scripts: forms.filter(({ kind }) => kind === 'script').map(({ language, text }) => ({ language, text })),
    questions: forms
      .filter(({ kind }) => kind === 'question')
      .map(({ language, text, answers, rightAnswer }) => ({ language, text, answers, rightAnswer })),
  };
};

/**
 * Everything for one sheet of paper: what to read aloud in a village, and every household there that was not reached, with
 * boxes to tick. A list of people on paper is a right of its own, and written to the audit with its number of rows.
 */
export const villageSheet = read({
  name: 'coverage.village-sheet',
  input: z.object({
    lineId: z.uuid({ error: 'line' }).nullish(),
    planCode: z.string().max(100).nullish(),
    villageId: z.uuid({ error: 'place' }),
    on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  }),
  allow: ['officer', 'leader', 'agent'],
  area: async (_, { villageId }) => [villageId],
  run: async (ctx, { lineId, planCode, villageId, on }): Promise<VillageSheet> => {
    const found = await findMissing(ctx, { lineId, planCode, placeId: villageId, on, limit: MOST, offset: 0 });
    const missed = new Set(found.rows.flatMap(({ missing }) => missing.map((each) => each.lineId)));
    const languages = spokenIn(found.rows);
    const lines: SheetLine[] = [];
    // Of a plan, only what somebody on the sheet still has to be told.
    for (const line of found.lines)
      if (lineId || missed.has(line.lineId)) lines.push(await toRead(ctx, line, languages));
    return {
      on: found.on,
      synthetic: (await installationKind(ctx.tx)) === 'example',
      place: (await namesThen(ctx.tx, [villageId], found.on)).get(villageId) ?? '',
      planCode: found.lines[0]!.planCode,
      planTitle: found.lines[0]!.planTitle,
      unit: found.rows.length > 0 ? unitOf(found.rows.map(({ kind }) => kind)) : found.unit,
      lines,
      households: found.rows,
    };
  },
  sensitive: ({ lineId, planCode, villageId }, { households }) => ({
    lineId: lineId ?? null,
    plan: planCode ?? null,
    placeId: villageId,
    rows: households.length,
  }),
});
