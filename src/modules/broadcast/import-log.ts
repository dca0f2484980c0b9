import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { AppError, conflict, invalid } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { type AreaKind, recordForVillages } from '../delivery/index.ts';
import { type Line, linesInForce } from '../plans/index.ts';
import { type ListFault, takenBack, withinAreas } from '../reach/index.ts';
import { placesCalled, placesUnder } from '../territory/index.ts';
import { type LogRow, readLog } from './read-log.ts';

/** What the number of a row counts. */
const COUNTED: Readonly<Record<AreaKind, string>> = {
  loudspeaker: 'times',
  zalo: 'members',
  poster: 'copies',
  bulletin: 'copies',
  'leaflet-left': 'copies',
};

type Told = 'line' | 'village' | 'day';

type Fail = (at: Told, code: string, params?: Record<string, string | number>) => undefined;

/** Which cell of its row a refusal is about; any other is about the village. */
const ABOUT: Readonly<Record<string, Told>> = {
  line: 'line',
  'plan.closed': 'line',
  'plan.not-issued': 'line',
  'reach.not-approved': 'line',
  'reach.future': 'day',
};

/** A line as people name it: the plan's code and the line's number, `ke-hoach-2026:3`. */
const findLine = (lines: readonly Line[], text: string): Line | undefined => {
  const [code = '', position = ''] = text.split(':').map(clean);
  return lines.find((line) => line.planCode === code && String(line.position) === position);
};

/** The village that a row means, of the line's places and of the own areas. */
const findVillage = async (ctx: Context, row: LogRow, line: Line, fail: Fail): Promise<string | undefined> => {
  const called = await placesCalled(ctx, row.village, row.happenedOn);
  const inLine = new Set(await placesUnder(ctx.tx, [...line.placeIds], row.happenedOn));
  const meant = called.filter((placeId) => inLine.has(placeId));
  if (meant.length === 0) return fail('village', called.length > 0 ? 'evidence.village-outside' : 'evidence.village');
  const own = await withinAreas(ctx, meant);
  if (own.size === 0) return fail('village', 'outside-area');
  return own.size === 1 ? [...own][0] : fail('village', 'evidence.village-several', { count: own.size });
};

/** Writes one row down; whatever speaks against it becomes a fault of the row. */
const recordRow = async (
  ctx: Context,
  row: LogRow,
  lines: readonly Line[],
  fail: Fail,
): Promise<string | null | undefined> => {
  const line = findLine(lines, row.line);
  if (!line) return fail('line', 'evidence.log-line');
  const villageId = await findVillage(ctx, row, line, fail);
  if (!villageId) return undefined;
  const { happenedOn, language, proof, note, kind, count } = row;
  const input = { lineId: line.lineId, villageIds: [villageId], happenedOn, language, proof, note, commit: true };
  try {
    return (await recordForVillages(ctx, input, kind, count ? { [COUNTED[kind]]: count } : {})).activityId;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [field] = error.fields;
    const at = field?.path === 'happenedOn' ? 'day' : (ABOUT[error.code] ?? 'village');
    return fail(at, field?.code ?? error.code, { ...error.params });
  }
};

/**
 * A log of many days and villages: loudspeaker, Zalo posts, posters, bulletin boards, leaflets left. Each row is an activity
 * of its own; nothing is written as long as one row is wrong or recorded already.
 */
export const importLog = command({
  name: 'broadcast.import-log',
  input: z.object({
    rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string().max(2_000)).max(60) })).max(5_000),
    commit: z.boolean().default(true),
  }),
  allow: ['officer', 'agent'],
  // Each row's village is held against the own areas as it is read.
  area: 'own',
  run: async (ctx, { rows, commit }) => {
    const log = readLog(rows);
    if (!log) throw invalid('evidence.log-heading', {}, [{ path: 'file', code: 'evidence.log-heading' }]);
    if (log.rows.length + log.faults.length === 0) throw invalid('evidence.log-empty');
    const lines = await linesInForce(ctx.tx);
    const faults: ListFault[] = [...log.faults];
    const activityIds: string[] = [];
    const work = async () => {
      for (const row of log.rows) {
        const fail: Fail = (at, code, params = {}) => {
          faults.push({ row: row.row, column: log.headings[at], value: row[at], severity: 'error', code, params });
          return undefined;
        };
        const activityId = await recordRow(ctx, row, lines, fail);
        if (activityId) activityIds.push(activityId);
      }
    };
    // All rows are tried, so that every fault is told at once; what was tried is kept only when nothing is wrong.
    await takenBack(ctx.tx, work);
    const tried = activityIds.splice(0).length;
    const committed = commit && faults.length === 0;
    if (committed) await work();
    // Somebody recorded one of the rows between the two: all of it is taken back.
    if (committed && faults.length > 0) throw conflict('somebody-else');
    return { rows: tried, committed, activityIds, faults: faults.sort((a, b) => a.row - b.row) };
  },
  audit: (_, { rows, committed, activityIds }) => ({ rows, committed, activityIds: activityIds.slice(0, 100) }),
});
