import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { planResults, writePlanResultsDocx, writePlanResultsXlsx } from '../modules/reports/index.ts';
import { showDay } from '../shared/dates.ts';
import { invalid } from '../shared/errors.ts';
import { findPlace } from './find-place.ts';
import { dateOption } from './read-options.ts';
import { textOf, type Verb } from './verb.ts';

const writers = { docx: writePlanResultsDocx, xlsx: writePlanResultsXlsx } as const;

/** The results of a plan as a paper, or as a spreadsheet. */
export const reportVerb: Verb = {
  group: 'report',
  name: 'plan-results',
  words: ['<CODE>'],
  options: [
    { flags: '--on <DATE>', help: 'report-on' },
    { flags: '--place <PLACE>', help: 'report-place' },
    { flags: '--out <FILE>', required: true },
  ],
  run: async ({ session, words: [planCode = ''], options }) => {
    const { terminal } = session;
    const file = textOf(options, 'out') ?? '';
    const kind = /\.(docx|xlsx)$/iu.exec(file)?.[1]?.toLowerCase() as keyof typeof writers | undefined;
    if (!kind) throw invalid('cli.report-file', { file });
    const [on, place] = [dateOption(options, 'on'), textOf(options, 'place')];
    const placeId = place === undefined ? undefined : await findPlace(session, place, on ?? session.today);
    const report = await session.ask(planResults, { planCode, placeId, on });
    const path = resolve(file);
    await writeFile(path, await writers[kind](terminal.say, report), { mode: 0o600 });
    const lines = report.lines.length;
    terminal.result({ path, plan: report.plan.code, on: report.on, lines });
    terminal.line('cli.report.written', { lines, on: showDay(report.on), path });
    return undefined;
  },
};
