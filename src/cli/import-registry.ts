import {
  checkList,
  commitList,
  decideList,
  discardList,
  listedClasses,
  mapList,
  missingAnswers,
  openList,
  receiveList,
  standards,
} from '../modules/registry/index.ts';
import { uploadLimit } from '../platform/files.ts';
import { AppError, invalid } from '../shared/errors.ts';
import { findPlace } from './find-place.ts';
import { type ImportReport, readWholeReport, reportJson, showReport } from './import-report.ts';
import { choiceOption, choicesOption, dateOption, readableFile } from './read-options.ts';
import type { Session } from './session.ts';
import { describeFailure, exitCodeOf } from './terminal.ts';
import { type OptionValues, textOf, type Verb, type VerbInput } from './verb.ts';

interface Wanted {
  readonly asOf: string;
  readonly placeId: string;
  readonly completeClasses: (typeof listedClasses)[number][] | undefined;
  readonly standard: (typeof standards)[number] | undefined;
  readonly missing: (typeof missingAnswers)[number] | undefined;
  readonly dryRun: boolean;
  readonly all: boolean;
}

const readWanted = async (session: Session, options: OptionValues): Promise<Wanted> => {
  const asOf = dateOption(options, 'date')!;
  const standard = choiceOption(options, 'standard', standards);
  const missing = choiceOption(options, 'missing', missingAnswers);
  const classes = choicesOption(options, 'classes', listedClasses);
  const complete = textOf(options, 'completeFor');
  const place = textOf(options, 'place');
  if ((complete === undefined) === (place === undefined)) throw invalid('cli.place-or-complete');
  if (complete === undefined && (classes || missing))
    throw invalid('cli.needs-complete', { option: classes ? '--classes' : '--missing' });
  return {
    asOf,
    placeId: await findPlace(session, (complete ?? place)!, asOf),
    completeClasses: complete === undefined ? undefined : (classes ?? ['poor', 'near_poor', 'newly_escaped']),
    standard,
    missing,
    dryRun: options.dryRun === true,
    all: options.all === true,
  };
};

/** Takes the files in, opens the list, maps its columns, checks it. What does not get so far is put aside again. */
const checkFile = async (session: Session, { words: [file = ''], options }: VerbInput, wanted: Wanted) => {
  const main = await readableFile(file);
  const besides = textOf(options, 'members');
  const members = besides === undefined ? undefined : await readableFile(besides);
  const { files } = await session.app();
  const keep = async ({ path, name }: { path: string; name: string }) => ({
    name,
    ...(await files.putPath(path, uploadLimit)),
  });
  const { asOf, placeId, completeClasses, standard } = wanted;
  const { importId } = await session.ask(receiveList, {
    file: await keep(main),
    members: members && (await keep(members)),
    placeId,
    asOf,
    completeClasses,
    standard,
    sender: textOf(options, 'sender'),
    stepwise: true,
  });
  await orPutAside(session, importId, async () => {
    await session.askAsProduct(openList, { importId });
    await session.ask(mapList, { importId, stepwise: true });
    await session.askAsProduct(checkList, { importId });
  });
  return importId;
};

/** Whatever ends the work early (a fault, Ctrl-C), no list is left behind half-way. */
const orPutAside = async <T>(session: Session, importId: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    // The first failure is what has to be told; a database that went away cannot be tidied anyway.
    await session.tidy(discardList, { importId }).catch(() => {});
    throw error;
  }
};

interface Outcome {
  readonly committed: { readonly added: number; readonly households: number } | null;
  readonly failure: AppError | undefined;
}

const commit = async (session: Session, importId: string): Promise<Outcome> => {
  try {
    return { committed: await session.ask(commitList, { importId }), failure: undefined };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { committed: null, failure: error };
  }
};

const finish = async (session: Session, importId: string, wanted: Wanted, report: ImportReport): Promise<Outcome> => {
  const { errors = 0, duplicates = 0 } = report.list.counts ?? {};
  if (wanted.dryRun) {
    await session.ask(discardList, { importId });
    return { committed: null, failure: undefined };
  }
  if (errors > 0) return { committed: null, failure: new AppError('invalid', 'import.has-errors', { count: errors }) };
  if (duplicates > 0)
    return { committed: null, failure: new AppError('conflict', 'import.open-duplicates', { count: duplicates }) };
  return commit(session, importId);
};

const tell = (session: Session, report: ImportReport, { committed, failure }: Outcome, dryRun: boolean): number => {
  const { terminal } = session;
  const { importId, counts } = report.list;
  const errors = counts?.errors ?? 0;
  const error = failure && describeFailure(failure, terminal.say);
  terminal.result({
    ...reportJson(report),
    dryRun,
    committed: committed !== null,
    added: committed?.added ?? 0,
    ...(error && { error }),
  });
  showReport(terminal, report);
  terminal.gap();
  if (dryRun) terminal.line(errors > 0 ? 'cli.import.dry-run-errors' : 'cli.import.dry-run', { count: errors });
  if (committed) terminal.line('cli.import.done', { ...committed });
  if (committed && report.questions.some(({ kind, answer }) => kind === 'missing' && answer === null))
    terminal.line('cli.import.missing-open', { id: importId });
  if (failure) {
    terminal.note(`error.${failure.code}`, failure.params);
    terminal.note(failure.code === 'import.open-duplicates' ? 'cli.import.answer-first' : 'cli.import.kept', {
      id: importId,
    });
  }
  return failure ? exitCodeOf(failure) : dryRun && errors > 0 ? 2 : 0;
};

const run = async (input: VerbInput): Promise<number> => {
  const { session, options } = input;
  await readableFile(input.words[0] ?? '');
  const wanted = await readWanted(session, options);
  const importId = await checkFile(session, input, wanted);
  const [report, outcome] = await orPutAside(session, importId, async () => {
    if (wanted.missing && !wanted.dryRun)
      await session.ask(decideList, { importId, kind: 'missing', ids: null, answer: wanted.missing });
    const read = await readWholeReport(session, importId, wanted.all);
    const outcome = await finish(session, importId, wanted, read);
    const state = outcome.committed ? 'committed' : wanted.dryRun ? 'discarded' : read.list.state;
    return [{ ...read, list: { ...read.list, state } }, outcome] as const;
  });
  return tell(session, report, outcome, wanted.dryRun);
};

export const importRegistryVerb: Verb = {
  group: 'import',
  name: 'registry',
  words: ['<FILE>'],
  options: [
    { flags: '--date <DATE>', required: true, help: 'review-date' },
    { flags: '--place <PLACE>', help: 'list-place' },
    { flags: '--complete-for <PLACE>' },
    { flags: '--classes <CLASSES>' },
    { flags: '--members <FILE>' },
    { flags: '--standard <STANDARD>' },
    { flags: '--sender <TEXT>' },
    { flags: '--missing <ANSWER>' },
    { flags: '--dry-run' },
    { flags: '--all', help: 'all-rows' },
  ],
  run,
};
