import { open, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  closeMonths,
  coverageCsv,
  exportCoverage,
  type Figures,
  facets,
  figureNames,
  getCoverage,
  type LineCoverage,
  levels,
  listMarkedLines,
  listOpenMonths,
  listReached,
  markAll,
  percent,
  recomputeLine,
  sourceName,
  summarisePlan,
  valueName,
  writeCoverageXlsx,
} from '../modules/coverage/index.ts';
import { showDay } from '../shared/dates.ts';
import { invalid } from '../shared/errors.ts';
import { sayOf } from '../shared/words/units.ts';
import { dayOfCode, findPlace } from './find-place.ts';
import { choiceOption, countOption, dateOption } from './read-options.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { type OptionSpec, type OptionValues, textOf, type Verb } from './verb.ts';

const placeOptions: readonly OptionSpec[] = [
  { flags: '--place <PLACE>', help: 'coverage-place' },
  { flags: '--on <DATE>', help: 'coverage-on' },
  { flags: '--boundaries <DATE>' },
];

const shapeOptions: readonly OptionSpec[] = [
  { flags: '--by <LEVEL>', help: 'coverage-by' },
  { flags: '--facet <FACET>' },
];

/** `PLAN`, or `PLAN:3` for its third line. */
const planAsked = (text: string): { planCode: string; position?: number } => {
  const [, planCode, number] = /^([^:]+?)(?::(\d{1,4}))?$/u.exec(text.trim()) ?? [];
  if (!planCode) throw invalid('cli.plan-line', { text });
  return { planCode, ...(number ? { position: Number(number) } : {}) };
};

const placeAsked = async (session: Session, options: OptionValues) => {
  const [on, place] = [dateOption(options, 'on'), textOf(options, 'place')];
  // Who names a place by the code of another day means the map of that day.
  const boundaries = dateOption(options, 'boundaries') ?? (place === undefined ? undefined : dayOfCode(place));
  const placeId = place === undefined ? undefined : await findPlace(session, place, boundaries ?? on ?? session.today);
  return { placeId, on, boundaries };
};

const shapeAsked = (options: OptionValues) => ({
  by: choiceOption(options, 'by', levels),
  facet: choiceOption(options, 'facet', facets),
});

const showLine = (terminal: Terminal, line: LineCoverage, facet: (typeof facets)[number]): void => {
  const say = sayOf(terminal.say, line.subject);
  const column = (name: string) => say(`coverage.column.${name}`);
  const compares = line.recomputedSum !== undefined;
  const figures = (each: Figures, again: Figures | undefined) => [
    ...[each.n, each.couldHear, each.s2, each.s3, each.s4, each.s5, each.reached, percent(each.rate, say)],
    ...[percent(each.declaredShare, say), each.unknown],
    ...(compares ? [again?.reached ?? null] : []),
  ];
  terminal.gap();
  terminal.line('cli.coverage.line', {
    ...{ position: line.position, what: line.what, audience: line.audienceName, target: line.targetPercent },
    stage: say(`stage.${line.threshold}`),
  });
  terminal.line('cli.coverage.about', {
    list: line.listDate ? showDay(line.listDate) : say('coverage.no-list'),
    source: sourceName(say, line),
  });
  terminal.table(
    [
      ...[column('place'), ...(facet === 'all' ? [] : [column(facet)]), column('n')],
      say('stage.1'),
      ...[2, 3, 4, 5].map((stage) => say(`coverage.what.s${stage}`)),
      ...[column('reached'), column('rate'), column('declared-share'), column('unknown')],
      ...(compares ? [column('again-reached')] : []),
    ],
    [
      ...line.rows.map((row) => [
        row.placeId === null ? say('coverage.elsewhere') : row.place,
        ...(facet === 'all' ? [] : [valueName(say, facet, row.value)]),
        ...figures(row, row.recomputed),
      ]),
      ...(line.rows.length > 1
        ? [[say('coverage.sum'), ...(facet === 'all' ? [] : ['']), ...figures(line.sum, line.recomputedSum)]]
        : []),
    ],
  );
};

const showVerb: Verb = {
  group: 'coverage',
  name: 'show',
  words: ['<PLAN>'],
  options: [...placeOptions, ...shapeOptions, { flags: '--recomputed' }],
  run: async ({ session, words: [plan = ''], options }) => {
    const { terminal } = session;
    const coverage = await session.ask(getCoverage, {
      ...planAsked(plan),
      ...(await placeAsked(session, options)),
      ...shapeAsked(options),
      recomputed: options.recomputed === true,
    });
    terminal.result(coverage);
    terminal.line('coverage.of', { on: showDay(coverage.on), boundaries: showDay(coverage.boundaries) });
    if (coverage.lines.some(({ synthetic }) => synthetic)) terminal.line('coverage.synthetic');
    for (const line of coverage.lines) showLine(terminal, line, coverage.facet);
    return undefined;
  },
};

const rowsVerb: Verb = {
  group: 'coverage',
  name: 'rows',
  words: ['<PLAN>'],
  options: [
    ...placeOptions,
    { flags: '--what <FIGURE>', help: 'coverage-what' },
    { flags: '--facet <FACET>' },
    { flags: '--value <VALUE>', help: 'facet-value' },
    { flags: '--limit <COUNT>' },
  ],
  run: async ({ session, words: [plan = ''], options }) => {
    const { terminal } = session;
    const found = await session.ask(listReached, {
      ...planAsked(plan),
      ...(await placeAsked(session, options)),
      what: choiceOption(options, 'what', figureNames) ?? 'not-reached',
      facet: choiceOption(options, 'facet', facets),
      value: textOf(options, 'value'),
      limit: countOption(options, 'limit', 1_000) ?? 50,
    });
    terminal.result(found);
    const { subject, startsOn } = found.line;
    const say = sayOf(terminal.say, subject);
    terminal.line('cli.coverage.rows', { what: say(`coverage.what.${found.what}`), total: found.total });
    if (found.rows.length > 0)
      terminal.table(
        ['household', 'head', 'place', 'class', 'stage', 'since'].map((name) =>
          say(name === 'stage' ? 'page.coverage.row-stage' : `cli.column.${name}`),
        ),
        found.rows.map((row) => [
          ...[row.code, row.headName, row.place, row.class && say(`class.${row.class}`)],
          row.stage
            ? `${say(`stage.${row.stage}`)}${row.declared ? ` (${say('page.coverage.row-declared')})` : ''}`
            : row.couldHear && say('stage.1'),
          row.since && `${showDay(row.since)}${row.since < startsOn ? ` (${say('page.coverage.row-earlier')})` : ''}`,
        ]) as (string | null)[][],
      );
    if (found.rows.length < found.total) terminal.line('cli.first-only', { count: found.rows.length });
    return undefined;
  },
};

const summaryVerb: Verb = {
  group: 'coverage',
  name: 'summary',
  words: ['<PLAN>'],
  options: placeOptions,
  run: async ({ session, words: [plan = ''], options }) => {
    const { terminal } = session;
    const { planCode } = planAsked(plan);
    const summary = await session.ask(summarisePlan, { planCode, ...(await placeAsked(session, options)) });
    terminal.result(summary);
    for (const [rows, heading] of [
      [summary.households, 'page.coverage.summary-households'],
      [summary.officers, 'page.coverage.summary-people'],
    ] as const)
      if (rows.length > 0)
        terminal.table(
          [terminal.say('page.coverage.summary-lines'), terminal.say(heading)],
          rows.map(({ of, reached, subjects }) => [terminal.say('coverage.lines-of', { of, reached }), subjects]),
        );
    return undefined;
  },
};

const exportVerb: Verb = {
  group: 'coverage',
  name: 'export',
  words: ['<PLAN>', '<FILE>'],
  options: [...placeOptions, ...shapeOptions, { flags: '--recomputed' }],
  run: async ({ session, words: [plan = '', file = ''], options }) => {
    const kind = /\.(csv|xlsx)$/iu.exec(file)?.[1]?.toLowerCase();
    if (!kind) throw invalid('cli.coverage-file', { file });
    const coverage = await session.ask(exportCoverage, {
      ...planAsked(plan),
      ...(await placeAsked(session, options)),
      ...shapeAsked(options),
      recomputed: options.recomputed === true,
    });
    const path = resolve(file);
    const { say } = session.terminal;
    if (kind === 'csv') await writeFile(path, coverageCsv(say, coverage), { mode: 0o600 });
    else await writeCoverageXlsx(say, coverage, (await open(path, 'w', 0o600)).createWriteStream());
    const rows = coverage.lines.reduce((sum, line) => sum + line.rows.length, 0);
    session.terminal.result({ path, rows });
    session.terminal.line('cli.coverage.exported', { path, rows });
    return undefined;
  },
};

const closeMonthsVerb: Verb = {
  group: 'coverage',
  name: 'close-months',
  words: [],
  options: [],
  run: async ({ session }) => {
    const lines: { lineId: string; closed: readonly string[] }[] = [];
    for (const lineId of await session.ask(listOpenMonths, {}))
      lines.push({ lineId, ...(await session.ask(closeMonths, { lineId })) });
    const months = lines.reduce((sum, { closed }) => sum + closed.length, 0);
    session.terminal.result({ lines, months });
    session.terminal.line('cli.coverage.closed', { lines: lines.length, months });
    return undefined;
  },
};

const recomputeVerb: Verb = {
  group: 'coverage',
  name: 'recompute',
  words: [],
  options: [],
  run: async ({ session }) => {
    await session.ask(markAll, {});
    const lines = await session.ask(listMarkedLines, {});
    for (const lineId of lines) await session.ask(recomputeLine, { lineId });
    session.terminal.result({ lines: lines.length });
    session.terminal.line('cli.coverage.recomputed', { lines: lines.length });
    return undefined;
  },
};

export const coverageVerbs: readonly Verb[] = [
  showVerb,
  rowsVerb,
  summaryVerb,
  exportVerb,
  closeMonthsVerb,
  recomputeVerb,
];
