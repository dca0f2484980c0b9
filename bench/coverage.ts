import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Coverage, getCoverage, listLeftBehind, type Numbers } from '../src/modules/coverage/index.ts';
import { recordContacts } from '../src/modules/reach/index.ts';
import { noteLanguages } from '../src/modules/registry/index.ts';
import { command, systemActor } from '../src/platform/command.ts';
import type { Day } from '../src/shared/dates.ts';
import { addEvidence, computeCells, type Evidence, PLAN } from './evidence.ts';
import { openProvince, type Province } from './province.ts';
import { type Bench, medianMs, type Row, rounded, timed } from './row.ts';

type Counts = Omit<Numbers, 'unknown'>;
type BareCell = Counts & { readonly lineId: string; readonly placeId: string; readonly value: string };

const NAMES = ['n', 'couldHear', 's2', 's3', 's4', 's5', 'd2', 'd3', 'd4', 'd5'] as const;

/** One line of text a cell, in order: what two answers are compared by. */
const textOf = (cells: readonly BareCell[]): string =>
  cells
    .map((cell) => [cell.lineId, cell.placeId, cell.value, ...NAMES.map((name) => cell[name])].join(' '))
    .sort()
    .join('\n');

const cellsOf = ({ lines }: Coverage): BareCell[] =>
  lines.flatMap(({ lineId, rows }) => rows.map((row) => ({ ...row, lineId, placeId: row.placeId ?? 'elsewhere' })));

const bareCells = async ({ app }: Province, on: Day): Promise<BareCell[]> => {
  const statement = await readFile(join(import.meta.dirname, 'coverage', 'cells.sql'), 'utf8');
  return (await app.database.pool.query<BareCell>(statement, [on, PLAN])).rows;
};

const ask = ({ app }: Province, on: Day) =>
  app.execute(getCoverage, systemActor, { planCode: PLAN, by: 'commune', facet: 'class', on });

interface Question {
  readonly name: string;
  readonly on: Day;
  readonly source: 'cells' | 'closed';
}

const measureAnswer = async (province: Province, evidence: Evidence, { name, on, source }: Question): Promise<Row> => {
  const answer = await ask(province, on);
  const bare = await bareCells(province, on);
  const kept = answer.lines.every((line) => line.source === source);
  const equal = textOf(cellsOf(answer)) === textOf(bare);
  const ms = await medianMs(15, () => ask(province, on));
  const baseline = await medianMs(2, () => bareCells(province, on));
  return {
    name,
    value: rounded(ms),
    unit: 'ms for all lines',
    baseline: rounded(baseline),
    ratio: rounded(baseline / ms),
    threshold: '>= 50 x as quick as SQL over contacts, facts and exposures, and < 100 ms, the same cells',
    holds: kept && equal && answer.lines.length === evidence.lines && baseline / ms >= 50 && ms < 100,
    sizes: {
      ...province.sizes,
      lines: answer.lines.length,
      contacts: evidence.contacts,
      exposures: evidence.exposures,
      cells: bare.length,
      sameCells: equal ? 'yes' : 'NO',
      fromKeptCells: kept ? 'yes' : 'NO',
    },
  };
};

/** The first page of one commune, of one line and of the whole plan, as the page asks for it. */
const measureLeftBehind = async (province: Province, { today }: Evidence): Promise<Row[]> => {
  const { app, communes, sizes } = province;
  const { placeId } = communes[Math.floor(communes.length / 2)]!;
  const { rows: lines } = await app.database.pool.query<{ id: string }>(
    'select line_id as id from plans.plan_line where position = 1',
  );
  const covered = await app.execute(getCoverage, systemActor, { planCode: PLAN, placeId, by: 'total', on: today });
  const rows: Row[] = [];
  for (const [name, of, most] of [
    ['left-behind', { lineId: lines[0]!.id }, 100],
    // Twenty lines in one list: told, so that it is seen; nobody asks for a time.
    ['left-behind-of-plan', { planCode: PLAN }, null],
  ] as const) {
    const page = () => app.execute(listLeftBehind, systemActor, { ...of, placeId, limit: 50 });
    const found = await page();
    const pairs = Object.values(found.reasons).reduce((sum, count) => sum + count, 0);
    const asked = covered.lines.filter(({ lineId }) => !('lineId' in of) || lineId === of.lineId);
    // Whom the list names is whom the figures leave.
    const left = asked.reduce((sum, line) => sum + line.sum.n - line.sum.reached, 0);
    const ms = await medianMs(9, page);
    rows.push({
      name,
      value: rounded(ms),
      unit: 'ms',
      baseline: null,
      ratio: null,
      threshold: `${most === null ? '' : `< ${most} ms, `}as many as the figures leave`,
      holds: ms < (most ?? Number.POSITIVE_INFINITY) && found.rows.length > 0 && pairs === left,
      sizes: { households: sizes.households, lines: asked.length, subjects: found.total, pairs, leftByFigures: left },
    });
  }
  return rows;
};

const tellCommand = command({
  name: 'bench.tell',
  input: z.object({ subjectId: z.string(), messageId: z.string(), happenedOn: z.string() }),
  allow: 'system',
  area: 'none',
  run: (ctx, input) =>
    recordContacts(ctx, [
      { ...input, edition: 1, stage: 3, language: 'vi', channel: 'visit', proof: 'second-person', activityId: null },
    ]),
  audit: () => ({}),
});

interface Household {
  readonly id: string;
  readonly village: string;
  readonly message: string;
}

/** Poor households whose languages nobody knows, with a contact that counts as soon as somebody says that they speak Vietnamese. */
const changeable = async ({ app }: Province): Promise<Household[]> =>
  (
    await app.database.pool.query<Household>(`
      select distinct on (n.village_id) n.subject_id as id, n.village_id as village, c.message_id as message
      from registry.subject_now n join reach.contact_in_force c on c.subject_id = n.subject_id and c.language = 'vi' and c.channel = 'visit' and c.edition = 1
      where n.class = 'poor' and n.languages is null order by n.village_id, n.subject_id limit 5`)
  ).rows;

/** Seconds from the change until every line's cells of the village are there again, and whether they changed at all. */
const until = async (province: Province, household: Household, change: () => Promise<unknown>) => {
  const look = () =>
    province.app.execute(getCoverage, systemActor, { planCode: PLAN, placeId: household.village, by: 'total' });
  const before = await look();
  const { seconds } = await timed(async () => {
    await change();
    while (!(await look()).lines.every(({ source }) => source === 'cells')) await sleep(50);
  });
  const sums = ({ lines }: Coverage) => JSON.stringify(lines.map(({ sum }) => sum));
  return { seconds, changed: sums(before) !== sums(await look()) };
};

/** What one household's change needs until the cells are right again, with a running worker. */
const measureChange = async (province: Province, evidence: Evidence): Promise<Row[]> => {
  const { execute } = province.app;
  await province.app.work();
  const households = await changeable(province);
  const { today } = evidence;
  const changes = {
    'change-languages': ({ id }: Household) =>
      execute(noteLanguages, systemActor, {
        subjectIds: [id],
        languages: ['vi'],
        languagesRead: ['vi'],
        from: '2025-12-01',
      }),
    'change-contact': ({ id, message }: Household) =>
      execute(tellCommand, systemActor, { subjectId: id, messageId: message, happenedOn: today }),
  };
  const rows: Row[] = [];
  for (const [name, change] of Object.entries(changes)) {
    const took: { seconds: number; changed: boolean }[] = [];
    for (const household of households) took.push(await until(province, household, () => change(household)));
    const answer = await ask(province, today);
    const equal = textOf(cellsOf(answer)) === textOf(await bareCells(province, today));
    const kept = answer.lines.every(({ source }) => source === 'cells');
    const slowest = Math.max(...took.map(({ seconds }) => seconds));
    rows.push({
      name,
      value: rounded(slowest),
      unit: 's, the slowest',
      baseline: null,
      ratio: null,
      threshold: '<= 5 s until the cells are those of SQL over contacts, facts and exposures',
      holds: took.length > 0 && slowest <= 5 && equal && kept,
      sizes: {
        households: province.sizes.households,
        changes: took.length,
        changedCells: took.filter(({ changed }) => changed).length,
        sameCells: equal ? 'yes' : 'NO',
      },
    });
  }
  return rows;
};

/** A plan of twenty lines over the province: its figures, who was not reached, and how soon a change is seen. */
export const coverage: Bench = async (options) => {
  const province = await openProvince(options);
  const evidence = await addEvidence(province, options);
  await computeCells(province, options);
  return [
    await measureAnswer(province, evidence, { name: 'coverage-today', on: evidence.today, source: 'cells' }),
    await measureAnswer(province, evidence, { name: 'coverage-closed', on: evidence.closed, source: 'closed' }),
    ...(await measureLeftBehind(province, evidence)),
    ...(await measureChange(province, evidence)),
  ];
};
