import {
  checkList,
  commitList,
  decideList,
  discardList,
  duplicateAnswers,
  failList,
  getImport,
  listImports,
  mapList,
  missingAnswers,
  undoList,
} from '../modules/registry/index.ts';
import { showDay } from '../shared/dates.ts';
import { AppError, invalid } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { allQuestions, readReport, reportJson, showReport } from './import-report.ts';
import { choiceOption, countOption, readId } from './read-options.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

const idOf = (text: string | undefined): string => readId(text ?? '', 'cli.import-id');

const listVerb: Verb = {
  group: 'imports',
  name: 'list',
  words: [],
  options: [{ flags: '--limit <NUMBER>' }],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const limit = countOption(options, 'limit', 1_000) ?? 50;
    const { rows: imports } = await session.ask(listImports, { limit });
    terminal.result({ imports });
    if (imports.length === 0) terminal.line('cli.imports.none');
    else
      terminal.table(
        ['date', 'place', 'file', 'state', 'households', 'by', 'id'].map((name) => terminal.say(`cli.column.${name}`)),
        imports.map((list) => [
          showDay(list.asOf),
          list.placeName,
          list.fileName,
          terminal.say(`cli.state.${list.state}`),
          list.counts?.households ?? null,
          list.createdByName,
          list.importId,
        ]),
      );
    if (imports.length === limit) terminal.line('cli.first-only', { count: limit });
    return undefined;
  },
};

const showVerb: Verb = {
  group: 'imports',
  name: 'show',
  words: ['<ID>'],
  options: [{ flags: '--all', help: 'all-rows' }],
  run: async ({ session, words: [id], options }) => {
    const report = await readReport(session, idOf(id), options.all === true);
    session.terminal.result(reportJson(report));
    showReport(session.terminal, report);
    return undefined;
  },
};

/** A step of a list that only needs its id. */
const stepVerb = (name: string, step: (session: Session, importId: string) => Promise<object>): Verb => ({
  group: 'imports',
  name,
  words: ['<ID>'],
  options: [],
  run: async ({ session, words: [id] }) => {
    const importId = idOf(id);
    const done = await step(session, importId);
    const { fileName, state } = await session.ask(getImport, { importId });
    session.terminal.result({ importId, state, ...done });
    session.terminal.line(`cli.imports.${name}`, { file: fileName, ...done });
    return undefined;
  },
});

const undoVerb = stepVerb('undo', async (session, importId) => {
  await session.ask(undoList, { importId });
  return {};
});

const discardVerb = stepVerb('discard', async (session, importId) => {
  await session.ask(discardList, { importId });
  return {};
});

const commitVerb = stepVerb('commit', (session, importId) => session.ask(commitList, { importId }));

/** Matches anew, after another list was committed; answers are asked again. */
const checkVerb = stepVerb('check', async (session, importId) => {
  await session.ask(mapList, { importId, stepwise: true });
  try {
    // Begun is finished, also after Ctrl-C: nobody else would take this step.
    const { households, errors, missing, duplicates } = await session.tidy(checkList, { importId });
    return { households, errors, missing, duplicates };
  } catch (error) {
    if (error instanceof AppError)
      await session.tidy(failList, { importId, code: error.code, params: { ...error.params } });
    throw error;
  }
});

/** Ids of questions, or codes of the households asked about. */
const chosenQuestions = async (
  session: Session,
  importId: string,
  kind: string,
  chosen: readonly string[],
): Promise<string[]> => {
  const questions = (await allQuestions(session, importId)).filter((question) => question.kind === kind);
  return chosen.flatMap((text) => {
    const found = questions.filter(({ decisionId, code }) => (isId(text) ? decisionId === text : code === text));
    if (found.length === 0) throw invalid('cli.no-question', { value: text });
    return found.map(({ decisionId }) => decisionId);
  });
};

const answerVerb: Verb = {
  group: 'imports',
  name: 'answer',
  words: ['<ID>', '[HOUSEHOLDS...]'],
  options: [
    { flags: '--kind <KIND>', required: true, help: 'question-kind' },
    { flags: '--answer <ANSWER>', required: true },
    { flags: '--all', help: 'all-open' },
  ],
  run: async ({ session, words: [id], rest, options }) => {
    const importId = idOf(id);
    const kind = choiceOption(options, 'kind', ['missing', 'duplicate'] as const)!;
    const answer = choiceOption<string>(options, 'answer', kind === 'missing' ? missingAnswers : duplicateAnswers)!;
    const all = options.all === true;
    if (all === rest.length > 0) throw invalid('cli.all-or-some');
    const ids = all ? null : await chosenQuestions(session, importId, kind, rest);
    const { answered } = await session.ask(decideList, {
      importId,
      kind,
      ids,
      answer: answer as (typeof missingAnswers)[number],
    });
    session.terminal.result({ importId, kind, answer, answered });
    session.terminal.line('cli.imports.answered', { count: answered });
    return undefined;
  },
};

export const importsVerbs: readonly Verb[] = [
  listVerb,
  showVerb,
  answerVerb,
  checkVerb,
  commitVerb,
  undoVerb,
  discardVerb,
];
