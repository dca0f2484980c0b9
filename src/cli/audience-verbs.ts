import {
  countAudience,
  describeRule,
  endAudience,
  getAudience,
  listAudiences,
  nameOfAudience,
  ruleInText,
  saveAudience,
} from '../modules/audiences/index.ts';
import { showDay } from '../shared/dates.ts';
import { findPlace } from './find-place.ts';
import { choiceOption, dateOption, MB, readText } from './read-options.ts';
import type { Session } from './session.ts';
import { textOf, type Verb } from './verb.ts';

const FILE = /\.(?:ya?ml|json)$/iu;

const ruleInFile = async (file: string): Promise<unknown> => ruleInText(await readText(file, MB));

const placeOption = (session: Session, place: string | undefined, on: string): Promise<string> | undefined =>
  place === undefined ? undefined : findPlace(session, place, on);

const listVerb: Verb = {
  group: 'audience',
  name: 'list',
  words: [],
  options: [],
  run: async ({ session }) => {
    const { terminal } = session;
    const audiences = (await session.ask(listAudiences, {})).map((audience) => ({
      ...audience,
      name: nameOfAudience(audience, terminal.say),
    }));
    terminal.result({ audiences });
    terminal.table(
      ['code', 'name', 'subject', 'place'].map((column) => terminal.say(`cli.column.${column}`)),
      audiences.map(({ code, name, subject, place }) => [
        code,
        name,
        terminal.say(`cli.audience.subject.${subject}`),
        place ?? terminal.say('cli.audience.everywhere'),
      ]),
    );
    return undefined;
  },
};

const showVerb: Verb = {
  group: 'audience',
  name: 'show',
  words: ['<AUDIENCE>'],
  options: [],
  run: async ({ session, words: [code = ''] }) => {
    const { terminal } = session;
    const audience = await session.ask(getAudience, { code });
    const name = nameOfAudience(audience, terminal.say);
    const description = describeRule(audience.rule, terminal.say, audience);
    terminal.result({ ...audience, name, description });
    terminal.line('cli.audience.head', { code, name });
    terminal.line('cli.audience.says', { text: description });
    return undefined;
  },
};

const countVerb: Verb = {
  group: 'audience',
  name: 'count',
  words: ['<AUDIENCE>'],
  options: [
    { flags: '--place <PLACE>' },
    { flags: '--on <DATE>', help: 'count-on' },
    { flags: '--by <LEVEL>', help: 'audience-by' },
  ],
  run: async ({ session, words: [asked = ''], options }) => {
    const { terminal } = session;
    const on = dateOption(options, 'on');
    const by = choiceOption(options, 'by', ['village'] as const);
    const placeId = await placeOption(session, textOf(options, 'place'), on ?? session.today);
    const which = FILE.test(asked) ? { rule: await ruleInFile(asked) } : { code: asked };
    const counted = await session.ask(countAudience, { ...which, placeId, on, by });
    const description = describeRule(counted.rule, terminal.say, counted);
    terminal.result({ ...counted, description });
    terminal.line('cli.audience.says', { text: description });
    const { fits, unknown, total } = counted;
    terminal.line('cli.audience.counted', { on: showDay(counted.on), fits, unknown, total });
    if (counted.villages === null || counted.villages.length === 0) return undefined;
    terminal.gap();
    terminal.table(
      ['place', 'fits', 'unknown', 'total'].map((column) => terminal.say(`cli.column.${column}`)),
      counted.villages.map((row) => [
        row.name || terminal.say('page.audience.nowhere'),
        row.fits,
        row.unknown,
        row.total,
      ]),
    );
    return undefined;
  },
};

const saveVerb: Verb = {
  group: 'audience',
  name: 'save',
  words: ['<CODE>'],
  options: [
    { flags: '--name <TEXT>', required: true, help: 'audience-name' },
    { flags: '--rule <FILE>', required: true },
    { flags: '--place <PLACE>', required: true, help: 'audience-place' },
  ],
  run: async ({ session, words: [code = ''], options }) => {
    const rule = await ruleInFile(textOf(options, 'rule') ?? '');
    const placeId = await findPlace(session, textOf(options, 'place') ?? '', session.today);
    const saved = await session.ask(saveAudience, { code, name: textOf(options, 'name') ?? '', placeId, rule });
    session.terminal.result(saved);
    session.terminal.line('cli.audience.saved', { code: saved.code });
    return undefined;
  },
};

const endVerb: Verb = {
  group: 'audience',
  name: 'end',
  words: ['<CODE>'],
  options: [],
  run: async ({ session, words: [code = ''] }) => {
    await session.ask(endAudience, { code });
    session.terminal.result({ code, ended: true });
    session.terminal.line('cli.audience.ended', { code });
    return undefined;
  },
};

export const audienceVerbs: readonly Verb[] = [listVerb, showVerb, countVerb, saveVerb, endVerb];
