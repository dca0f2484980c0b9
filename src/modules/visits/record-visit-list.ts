import { z } from 'zod';
import { type Actor, type Context, command } from '../../platform/command.ts';
import { readTexts } from '../../platform/sheets/texts.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { fold } from '../../shared/text.ts';
import { takenBack } from '../reach/index.ts';
import { coveredPlaces } from '../territory/index.ts';
import { closeVisitRow, lockOpenVisits, openVisitsByCode, type VisitRow } from './store.ts';
import { recordTold, type Told } from './tell.ts';
import { closeAs, visitProofs } from './visit.ts';
import { readVisitList, type TextRow, type VisitFault, type VisitListRow } from './visit-list.ts';

/** One transaction, one audit row. */
const MOST = 500;

const input = z.object({
  /** Rows of a file as texts, the heading among them … */
  rows: z
    .array(z.object({ row: z.number().int(), cells: z.array(z.string().max(5_000)) }))
    .max(5_000)
    .nullish(),
  /** … or a file that lies in the store. */
  file: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .nullish(),
  /** What proves the whole list: a photographed sheet, a second person; else it is declared. */
  proof: z.enum(visitProofs).default('declared'),
  commit: z.boolean(),
});

type Found = VisitRow & { readonly villageThen: string | null };

/** Whether a visit is, or was before it was given to another, that of who uploads: by account, or by the name on the sheet. */
const isOwn = (visit: VisitRow, { userId, name }: Actor): boolean =>
  (userId !== null && [visit.agentId, ...visit.agentsBefore].includes(userId)) ||
  (visit.agentId === null && fold(visit.agentName) === fold(name));

/**
 * Whether the mere word of who uploads is not enough: a name on paper may be anybody's, and who sends somebody somewhere is
 * the one to ask whether they went.
 */
const needsProof = (visit: VisitRow, { userId }: Actor): boolean =>
  visit.agentId === null || (userId !== null && visit.assignedBy === userId);

interface Matched {
  readonly row: VisitListRow;
  readonly visit: Found;
}

/** Each row with the open visit it closes; what cannot be closed so is told row by row. */
const match = async (
  ctx: Context,
  rows: readonly VisitListRow[],
  proof: Told['proof'],
  faults: VisitFault[],
): Promise<Matched[]> => {
  const found = await openVisitsByCode(
    ctx.tx,
    rows.map(({ code, day }) => ({ code, on: day })),
  );
  const villages = found.flatMap(({ villageThen, villageId }) => villageThen ?? villageId ?? []);
  const inside = ctx.areas === null ? new Set(villages) : await coveredPlaces(ctx.tx, ctx.areas, villages, ctx.today);
  const matched: Matched[] = [];
  for (const row of rows) {
    const fault = (code: string, column: VisitFault['column'] = 'code', value = row.code): void => {
      faults.push({ row: row.row, column, value, code, params: {} });
    };
    const [visit, ...others] = found.filter(
      (each) => each.code === row.code && inside.has(each.villageThen ?? each.villageId ?? ''),
    );
    if (!visit) fault('visit.none-open');
    else if (others.length > 0) fault('visit-list.several');
    else if (isOwn(visit, ctx.actor)) fault('visit.own-in-bulk');
    else if (row.outcome === 'met' && proof === 'declared' && needsProof(visit, ctx.actor))
      fault('visit-list.needs-proof');
    else if (row.outcome === 'met' && !visit.villageThen) fault('visit.not-there');
    else if (visit.lineIds.length > 1 && row.right === true) fault('visit-list.several-lines', 'right', 'có');
    else if (visit.lineIds.length > 1 && row.acted) fault('visit-list.several-lines', 'acted', 'có');
    else matched.push({ row, visit });
  }
  return matched;
};

const toldOf = ({ row, visit }: Matched, proof: Told['proof']): Told[] =>
  row.outcome !== 'met' || row.language === null
    ? []
    : visit.lineIds.map((lineId) => ({
        subjectId: visit.subjectId,
        villageId: visit.villageThen!,
        happenedOn: row.day,
        proof,
        result: { lineId, language: row.language!, readAloud: true, right: row.right, acted: row.acted },
      }));

const write = async (ctx: Context, matched: readonly Matched[], proof: Told['proof']): Promise<void> => {
  const locked = await lockOpenVisits(
    ctx.tx,
    matched.map(({ visit }) => visit.subjectId),
  );
  const open = new Set(locked.map(({ visitId }) => visitId));
  const activities = await recordTold(
    ctx,
    matched.flatMap((each) => toldOf(each, proof)),
  );
  for (const { row, visit } of matched)
    await closeVisitRow(ctx.tx, {
      visitId: visit.visitId,
      state: closeAs(open.has(visit.visitId) ? 'open' : 'cancelled', row.outcome),
      happenedOn: row.day,
      note: row.note,
      activityIds: activities.get(visit.subjectId) ?? [],
      by: ctx.actor,
      at: ctx.at,
    });
};

/**
 * Writes it all and takes it back, so that a dry run knows what the write would refuse; and when it does, of which rows.
 */
const tryWrite = async (
  ctx: Context,
  matched: readonly Matched[],
  proof: Told['proof'],
  faults: VisitFault[],
): Promise<void> => {
  const refusal = async (part: readonly Matched[]): Promise<AppError | undefined> => {
    try {
      await takenBack(ctx.tx, () => write(ctx, part, proof));
      return undefined;
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  };
  const whole = matched.length > 0 ? await refusal(matched) : undefined;
  if (!whole) return;
  const before = faults.length;
  for (const each of matched) {
    const refused = await refusal([each]);
    if (!refused) continue;
    const [field] = refused.fields;
    const { row, code: value } = each.row;
    faults.push({ row, column: 'code', value, code: field?.code ?? refused.code, params: refused.params });
  }
  if (faults.length === before) throw whole;
};

/** The file is read once: whatever comes of it, the list of people does not stay in the store. */
const rowsOf = async (ctx: Context, { rows, file }: z.output<typeof input>): Promise<readonly TextRow[]> =>
  rows ?? (file ? readTexts(await ctx.files.path(file)) : []);

/**
 * The results of many visits from one sheet: a row a household, closing the one visit that is open there, for all its lines.
 * One column of answers cannot tell which of several lines was understood: such visits are recorded one by one, or as heard.
 * A dry run with every fault by row, or the same and then written; with a fault nothing is. Nobody closes their own visits
 * in bulk: those are recorded one by one.
 */
export const recordVisitList = command({
  name: 'visits.record-visit-list',
  input,
  allow: ['officer', 'agent'],
  // Row by row: only visits to households within the areas are found.
  area: 'own',
  run: async (ctx, asked) => {
    const read = readVisitList(await rowsOf(ctx, asked), ctx.today);
    if (!read) throw invalid('visit-list.no-heading', {}, [{ path: 'file', code: 'visit-list.no-heading' }]);
    if (read.rows.length + read.faults.length === 0)
      throw invalid('visit-list.empty', {}, [{ path: 'file', code: 'visit-list.empty' }]);
    if (read.rows.length > MOST)
      throw invalid('visit-list.too-long', { most: MOST }, [
        { path: 'file', code: 'visit-list.too-long', params: { most: MOST } },
      ]);
    const faults = [...read.faults];
    const matched = await match(ctx, read.rows, asked.proof, faults);
    if (!asked.commit) await tryWrite(ctx, matched, asked.proof, faults);
    faults.sort((a, b) => a.row - b.row);
    if (asked.commit && faults.length > 0) throw invalid('visit-list.has-faults', { count: faults.length });
    if (asked.commit) await write(ctx, matched, asked.proof);
    const count = (outcome: VisitListRow['outcome']) => matched.filter(({ row }) => row.outcome === outcome).length;
    return {
      rows: read.rows.length + new Set(read.faults.map(({ row }) => row)).size,
      met: count('met'),
      notMet: count('not-met'),
      refused: count('refused'),
      faults,
      committed: asked.commit,
    };
  },
  audit: ({ proof }, { rows, met, notMet, refused, faults, committed }) => ({
    ...{ proof, rows, met, notMet, refused, committed },
    faults: faults.length,
  }),
});
