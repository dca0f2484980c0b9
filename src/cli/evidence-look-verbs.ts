import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { blankList, getLineForm, listLines, listVillageHouseholds } from '../modules/delivery/index.ts';
import { drawSample, getOutcome, listContacts, voidContact } from '../modules/reach/index.ts';
import { showDay } from '../shared/dates.ts';
import { showPhone } from '../shared/phone.ts';
import { findLine, lineOption, villageOfLine, villageOption } from './evidence-options.ts';
import { columns, showOutcome } from './evidence-report.ts';
import { subjectOf } from './household-verbs.ts';
import { choiceOption, countOption, dateOption, readId } from './read-options.ts';
import { textOf, type Verb } from './verb.ts';

const linesVerb: Verb = {
  group: 'evidence',
  name: 'lines',
  words: [],
  options: [],
  run: async ({ session }) => {
    const { terminal } = session;
    const lines = await session.ask(listLines, {});
    terminal.result({ lines });
    terminal.line('cli.evidence.lines', { count: lines.length });
    if (lines.length > 0)
      terminal.table(
        columns(terminal, 'line', 'what', 'message', 'villages'),
        lines.map((line) => [`${line.planCode}:${line.position}`, line.what, line.message.title, line.villages]),
      );
    return undefined;
  },
};

const templateVerb: Verb = {
  group: 'evidence',
  name: 'template',
  words: ['<FILE>'],
  options: [
    lineOption,
    villageOption,
    { flags: '--kind <KIND>', help: 'evidence-template-kind' },
    { flags: '--date <DATE>', help: 'evidence-date' },
    { flags: '--everybody' },
  ],
  run: async ({ session, words: [file = ''], options }) => {
    const { terminal } = session;
    const kind = choiceOption(options, 'kind', ['meeting', 'leaflet'] as const) ?? 'meeting';
    const on = dateOption(options, 'date') ?? session.today;
    const lineId = await findLine(session, textOf(options, 'line') ?? '');
    const form = await session.ask(getLineForm, { lineId, on });
    const villageId = await villageOfLine(session, form, textOf(options, 'village') ?? '', on);
    const input = { lineId, villageId, on, aimedOnly: options.everybody !== true };
    const { households, village } = await session.ask(listVillageHouseholds, input);
    const path = resolve(file);
    await writeFile(path, blankList(households, { kind, synthetic: form.line.synthetic }));
    terminal.result({ path, village, households: households.length });
    terminal.line('cli.evidence.template', { path, village, count: households.length });
    return undefined;
  },
};

const showVerb: Verb = {
  group: 'evidence',
  name: 'show',
  words: ['<ID>'],
  options: [],
  run: async ({ session, words: [id = ''] }) => {
    const { terminal } = session;
    const outcome = await session.ask(getOutcome, { activityId: readId(id, 'activity') });
    terminal.result(outcome);
    showOutcome(terminal, outcome);
    return undefined;
  },
};

const sampleVerb: Verb = {
  group: 'evidence',
  name: 'sample',
  words: ['<ID>'],
  options: [{ flags: '--count <NUMBER>', help: 'evidence-count' }, { flags: '--seed <TEXT>' }],
  run: async ({ session, words: [id = ''], options }) => {
    const { terminal } = session;
    const count = countOption(options, 'count', 200);
    const activityId = readId(id, 'activity');
    const sample = await session.ask(drawSample, { activityId, count, seed: textOf(options, 'seed') });
    terminal.result({ activityId, ...sample });
    terminal.line('cli.evidence.sample', { count: sample.rows.length, total: sample.total, seed: sample.seed });
    if (sample.chosen) terminal.line('page.evidence.seed-chosen');
    terminal.table(
      columns(terminal, 'household', 'head', 'village', 'counts-as', 'phone', 'remark'),
      sample.rows.map((row) => [
        ...[row.code, row.headName, row.village, terminal.say(`stage.${row.stage}`)],
        row.phones
          .map(
            ({ value, doNotContact }) =>
              showPhone(value) + (doNotContact ? ` (${terminal.say('page.household.do-not-contact')})` : ''),
          )
          .join(', '),
        row.voided ? terminal.say('cli.evidence.voided') : '',
      ]),
    );
    return undefined;
  },
};

const householdVerb: Verb = {
  group: 'evidence',
  name: 'household',
  words: ['<CODE>'],
  options: [],
  run: async ({ session, words: [code = ''] }) => {
    const { terminal } = session;
    const { say } = terminal;
    const ledger = await session.ask(listContacts, { subjectId: await subjectOf(session, code) });
    terminal.result(ledger);
    terminal.line('cli.evidence.household', { code, contacts: ledger.contacts.length, heard: ledger.heard.length });
    if (ledger.contacts.length > 0)
      terminal.table(
        columns(terminal, 'day', 'message', 'channel', 'language', 'counts-as', 'proof', 'recorded-by', 'remark', 'id'),
        ledger.contacts.map((row) => [
          ...[
            showDay(row.happenedOn),
            row.message.title,
            say(`channel.${row.channel}`),
            say(`language.${row.language}`),
          ],
          say(`stage.${row.effective}`),
          ...[say(`proof.${row.proof}`), row.recordedByName],
          row.voidReason !== null
            ? say('cli.evidence.voided-by', { name: row.voidedByName ?? '', reason: row.voidReason })
            : row.why
              ? say(`shortfall.${row.why}`)
              : '',
          row.contactId,
        ]),
      );
    if (ledger.heard.length === 0) return undefined;
    terminal.gap();
    terminal.line('cli.evidence.heard');
    terminal.table(
      columns(terminal, 'day', 'message', 'channel', 'language', 'village', 'understood'),
      ledger.heard.map((row) => [
        ...[showDay(row.happenedOn), row.message.title, say(`channel.${row.channel}`), say(`language.${row.language}`)],
        row.village,
        say(row.understood === null ? 'ui.unknown' : row.understood ? 'ui.yes' : 'ui.no'),
      ]),
    );
    return undefined;
  },
};

const voidVerb: Verb = {
  group: 'evidence',
  name: 'void',
  words: ['<ID>'],
  options: [{ flags: '--reason <TEXT>', required: true, help: 'evidence-reason' }],
  run: async ({ session, words: [id = ''], options }) => {
    const contactId = readId(id, 'contact');
    const { subjectId } = await session.ask(voidContact, { contactId, reason: textOf(options, 'reason') ?? '' });
    session.terminal.result({ contactId, subjectId, voided: true });
    session.terminal.line('cli.evidence.contact-voided');
    return undefined;
  },
};

export const evidenceLookVerbs: readonly Verb[] = [
  linesVerb,
  templateVerb,
  showVerb,
  sampleVerb,
  householdVerb,
  voidVerb,
];
