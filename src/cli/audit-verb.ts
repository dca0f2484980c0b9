import {
  countsText,
  type Entry,
  entryMoment,
  entryWhat,
  entryWho,
  groups,
  listEntries,
  thingText,
} from '../modules/audit/index.ts';
import { choiceOption, countOption, dateOption } from './read-options.ts';
import { textOf, type Verb } from './verb.ts';

/** `lantoa audit`: as the owner of the data folder everything, with `--as` what that person may see. */
export const auditVerb: Verb = {
  group: null,
  name: 'audit',
  words: [],
  options: [
    { flags: '--who <USERNAME>', help: 'audit-who' },
    { flags: '--group <GROUP>', help: 'audit-group' },
    { flags: '--from <DATE>', help: 'audit-from' },
    { flags: '--to <DATE>', help: 'audit-to' },
    { flags: '--touched <CODE>' },
    { flags: '--background' },
    { flags: '--before <MARK>' },
    { flags: '--limit <COUNT>' },
  ],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const { say } = terminal;
    const { entries, next } = await session.ask(listEntries, {
      who: textOf(options, 'who'),
      group: choiceOption(options, 'group', groups),
      from: dateOption(options, 'from'),
      to: dateOption(options, 'to'),
      touched: textOf(options, 'touched'),
      background: options.background === true,
      before: textOf(options, 'before'),
      limit: countOption(options, 'limit', 500),
    });
    terminal.result({ entries, next });
    if (entries.length === 0) {
      terminal.line('cli.audit.none');
      return undefined;
    }
    const things = (entry: Entry) =>
      [...entry.things.map((thing) => thingText(say, thing)), countsText(say, entry)].filter(Boolean).join('; ');
    terminal.table(
      ['at', 'who', 'what', 'things'].map((column) => say(`cli.column.audit-${column}`)),
      entries.map((entry) => [entryMoment(entry.at), entryWho(say, entry), entryWhat(say, entry), things(entry)]),
    );
    if (next) terminal.line('cli.audit.next', { mark: next });
    return undefined;
  },
};
