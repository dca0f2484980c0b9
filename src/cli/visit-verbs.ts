import {
  cancelVisit,
  getVisit,
  type ListedVisit,
  languageCalled,
  listVisits,
  recordVisit,
  recordVisitList,
  type VisitFault,
  type VisitOutcome,
  visitProofs,
  visitStates,
} from '../modules/visits/index.ts';
import { readTexts } from '../platform/sheets/texts.ts';
import { showDay } from '../shared/dates.ts';
import { invalid } from '../shared/errors.ts';
import { findPlace } from './find-place.ts';
import { leftBehindVerbs } from './left-behind-verbs.ts';
import { choiceOption, choicesOption, countOption, dateOption, readableFile, readId } from './read-options.ts';
import type { Terminal } from './terminal.ts';
import { type OptionValues, textOf, type Verb } from './verb.ts';

const columns = (terminal: Terminal, ...names: string[]): string[] =>
  names.map((name) => terminal.say(`visit-column.${name}`));

const showVisits = (terminal: Terminal, visits: readonly ListedVisit[]): void =>
  terminal.table(
    columns(terminal, 'due', 'household', 'head', 'village', 'languages', 'lines', 'agent', 'state', 'id'),
    visits.map((visit) => [
      showDay(visit.dueOn),
      visit.code,
      visit.head,
      visit.village,
      (visit.languages ?? []).map((language) => terminal.say(`language.${language}`)).join(', ') ||
        terminal.say('ui.unknown'),
      visit.lines.map(({ planCode, position }) => `${planCode}:${position}`).join(', '),
      visit.agentName,
      terminal.say(`visit-state.${visit.state}`),
      visit.visitId,
    ]),
  );

const listVerb: Verb = {
  group: 'visit',
  name: 'list',
  words: [],
  options: [
    { flags: '--place <PLACE>' },
    { flags: '--state <STATES>', help: 'visit-state' },
    { flags: '--due <DATE>', help: 'visit-due' },
    { flags: '--mine', help: 'visit-mine' },
    { flags: '--limit <NUMBER>' },
  ],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const place = textOf(options, 'place');
    const placeId = place === undefined ? undefined : await findPlace(session, place, session.today);
    const states = choicesOption(options, 'state', visitStates);
    const limit = countOption(options, 'limit', 500) ?? 100;
    const dueBefore = dateOption(options, 'due');
    const { total, visits } = await session.ask(listVisits, {
      placeId,
      states,
      dueBefore,
      mine: options.mine === true,
      limit,
    });
    terminal.result({ total, visits });
    terminal.line('cli.visit.found', { count: total });
    if (visits.length > 0) showVisits(terminal, visits);
    if (visits.length < total) terminal.line('cli.first-only', { count: visits.length });
    return undefined;
  },
};

const outcomeOf = (options: OptionValues): VisitOutcome => {
  const asked = [options.met && 'met', options.notMet && 'not-met', options.refused && 'refused'].filter(Boolean);
  if (asked.length !== 1) throw invalid('cli.visit-outcome');
  return asked[0] as VisitOutcome;
};

type VisitLine = ListedVisit['lines'][number];

/** The lines of a visit that an answer is about: with several, the one that is named; one answer proves nothing of the rest. */
const lineMeant = (lines: readonly VisitLine[], asked: string | undefined, needed: boolean): string[] => {
  const ids = lines.map(({ lineId }) => lineId);
  if (asked === undefined) {
    if (needed && lines.length > 1) throw invalid('cli.visit-line');
    return ids;
  }
  const named = lines.filter(({ lineId, planCode, position }) => [lineId, `${planCode}:${position}`].includes(asked));
  if (named.length === 0) throw invalid('visit.other-line');
  return named.map(({ lineId }) => lineId);
};

const recordVerb: Verb = {
  group: 'visit',
  name: 'record',
  words: ['<ID>'],
  options: [
    { flags: '--met', help: 'visit-met' },
    { flags: '--not-met', help: 'visit-not-met' },
    { flags: '--refused', help: 'visit-refused' },
    { flags: '--language <LANGUAGE>', help: 'visit-language' },
    { flags: '--right <YES-NO>', help: 'visit-right' },
    { flags: '--acted', help: 'visit-acted' },
    { flags: '--line <LINE>', help: 'visit-line' },
    { flags: '--date <DATE>', help: 'visit-date' },
    { flags: '--proof <PROOF>', help: 'visit-proof' },
    { flags: '--note <TEXT>', help: 'visit-note' },
  ],
  run: async ({ session, words: [text = ''], options }) => {
    const visitId = readId(text, 'visit');
    const outcome = outcomeOf(options);
    const asked = textOf(options, 'language');
    const language = asked === undefined ? undefined : languageCalled(asked);
    if (outcome === 'met' && !language) throw invalid('visit.language');
    const right = choiceOption(options, 'right', ['yes', 'no'] as const);
    const { lines } = await session.ask(getVisit, { visitId });
    const acted = options.acted === true;
    const answeredOf = lineMeant(lines, textOf(options, 'line'), right === 'yes' || acted);
    const resultOf = ({ lineId }: VisitLine) => {
      const told = { lineId, language: language!, readAloud: true };
      const meant = answeredOf.includes(lineId);
      return { ...told, right: right === undefined || !meant ? null : right === 'yes', acted: acted && meant };
    };
    const done = await session.ask(recordVisit, {
      visitId,
      outcome,
      happenedOn: dateOption(options, 'date'),
      proof: choiceOption(options, 'proof', visitProofs),
      note: textOf(options, 'note'),
      results: outcome === 'met' ? lines.map(resultOf) : [],
    });
    session.terminal.result({ visitId, ...done });
    session.terminal.line('cli.visit.recorded', { state: session.terminal.say(`visit-state.${done.state}`) });
    return undefined;
  },
};

const showFaults = (terminal: Terminal, faults: readonly VisitFault[]): void =>
  terminal.table(
    columns(terminal, 'row', 'column', 'value', 'what'),
    faults.map(({ row, column, value, code, params }) => [
      row,
      column && terminal.say(`visit-list.column.${column}`),
      value,
      terminal.say(`error.${code}`, params),
    ]),
  );

const importVerb: Verb = {
  group: 'visit',
  name: 'import',
  words: ['<FILE>'],
  options: [{ flags: '--proof <PROOF>', help: 'visit-proof' }, { flags: '--dry-run' }],
  run: async ({ session, words: [file = ''], options }) => {
    const { terminal } = session;
    const { path, name } = await readableFile(file);
    const rows = await readTexts(path, { name });
    const proof = choiceOption(options, 'proof', visitProofs);
    const checked = await session.ask(recordVisitList, { rows, proof, commit: false });
    const commit = checked.faults.length === 0 && options.dryRun !== true;
    const done = commit ? await session.ask(recordVisitList, { rows, proof, commit }) : checked;
    terminal.result(done);
    const { met, notMet, refused } = done;
    terminal.line('cli.visit.list', { rows: done.rows, met, notMet, refused });
    if (done.faults.length > 0) showFaults(terminal, done.faults);
    terminal.line(done.committed ? 'cli.visit.list-done' : 'cli.visit.list-kept', { count: done.faults.length });
    return done.faults.length > 0 ? 2 : undefined;
  },
};

const cancelVerb: Verb = {
  group: 'visit',
  name: 'cancel',
  words: ['<ID>'],
  options: [{ flags: '--reason <TEXT>', required: true, help: 'visit-reason' }],
  run: async ({ session, words: [text = ''], options }) => {
    const visitId = readId(text, 'visit');
    const { state } = await session.ask(cancelVisit, { visitId, reason: textOf(options, 'reason') ?? '' });
    session.terminal.result({ visitId, state });
    session.terminal.line('cli.visit.cancelled');
    return undefined;
  },
};

export const visitVerbs: readonly Verb[] = [...leftBehindVerbs, listVerb, recordVerb, importVerb, cancelVerb];
