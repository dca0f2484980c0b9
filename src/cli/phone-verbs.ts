import { liftRefusal, listRefusals, refuseContact, waysToRefuse } from '../modules/registry/index.ts';
import { showDay } from '../shared/dates.ts';
import { showPhone } from '../shared/phone.ts';
import { choiceOption, countOption } from './read-options.ts';
import { textOf, type Verb } from './verb.ts';

const refuseVerb: Verb = {
  group: 'phone',
  name: 'refuse',
  words: ['<NUMBER>'],
  options: [
    { flags: '--how <HOW>', required: true, help: 'refusal-how' },
    { flags: '--note <TEXT>', help: 'refusal-note' },
  ],
  run: async ({ session, words: [phone = ''], options }) => {
    const how = choiceOption(options, 'how', waysToRefuse)!;
    const done = await session.ask(refuseContact, { phone, how, note: textOf(options, 'note') });
    session.terminal.result(done);
    session.terminal.line(done.fresh ? 'cli.phone.refused' : 'cli.phone.already', {
      phone: showPhone(done.phone),
      day: showDay(done.since),
    });
    return undefined;
  },
};

const allowVerb: Verb = {
  group: 'phone',
  name: 'allow',
  words: ['<NUMBER>'],
  options: [{ flags: '--note <TEXT>', required: true, help: 'refusal-allow-note' }],
  run: async ({ session, words: [phone = ''], options }) => {
    const done = await session.ask(liftRefusal, { phone, note: textOf(options, 'note') ?? '' });
    session.terminal.result(done);
    session.terminal.line('cli.phone.allowed', { phone: showPhone(done.phone) });
    return undefined;
  },
};

const refusedVerb: Verb = {
  group: 'phone',
  name: 'refused',
  words: [],
  options: [{ flags: '--all', help: 'refusal-lifted' }, { flags: '--limit <NUMBER>' }],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const { say } = terminal;
    const limit = countOption(options, 'limit', 200) ?? 50;
    const { rows, total } = await session.ask(listRefusals, { lifted: options.all === true, limit });
    terminal.result({ total, refusals: rows });
    terminal.line('cli.phone.found', { count: total });
    if (rows.length > 0)
      terminal.table(
        ['phone', 'since', 'how', 'note', 'whose', 'recorded-by', 'allowed-again'].map((it) => say(`cli.column.${it}`)),
        rows.map((row) => [
          ...[showPhone(row.value), showDay(row.since), say(`refusal-how.${row.how}`), row.note],
          row.subjects.map(({ name }) => name).join(', '),
          row.recordedByName,
          row.until && showDay(row.until),
        ]),
      );
    if (rows.length < total) terminal.line('cli.first-only', { count: rows.length });
    return undefined;
  },
};

export const phoneVerbs: readonly Verb[] = [refuseVerb, allowVerb, refusedVerb];
