import {
  approveMessage,
  type EditionView,
  getMessage,
  importMessages,
  listedStates,
  listMessages,
  newEdition,
  retireMessage,
  returnMessage,
  submitMessage,
  topics,
} from '../modules/content/index.ts';
import { dayOf, showDay } from '../shared/dates.ts';
import { findPlace } from './find-place.ts';
import { choiceOption, countOption, MB, readText } from './read-options.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { textOf, type Verb, type VerbInput } from './verb.ts';

const headings = (terminal: Terminal, ...names: string[]): string[] =>
  names.map((name) => terminal.say(`cli.column.${name}`));

const placeOption = async (session: Session, text: string | undefined): Promise<string | undefined> =>
  text === undefined ? undefined : findPlace(session, text, session.today);

const listVerb: Verb = {
  group: 'message',
  name: 'list',
  words: [],
  options: [
    { flags: '--place <PLACE>' },
    { flags: '--topic <TOPIC>' },
    { flags: '--state <STATE>', help: 'message-state' },
    { flags: '--text <TEXT>', help: 'message-text' },
  ],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const messages = await session.ask(listMessages, {
      placeId: await placeOption(session, textOf(options, 'place')),
      topic: choiceOption(options, 'topic', topics),
      state: choiceOption(options, 'state', listedStates),
      text: textOf(options, 'text') ?? '',
      limit: 500,
    });
    terminal.result({ messages });
    terminal.line('cli.message.found', { count: messages.length });
    if (messages.length === 0) return undefined;
    terminal.table(
      headings(terminal, 'code', 'title', 'topic', 'place', 'edition', 'state', 'in-use'),
      messages.map((row) => [
        row.code,
        row.title,
        terminal.say(`topic.${row.topic}`),
        row.place,
        row.latestEdition,
        terminal.say(`content.state.${row.latestState}`),
        row.approvedEdition,
      ]),
    );
    return undefined;
  },
};

const showEdition = (terminal: Terminal, edition: EditionView): void => {
  const { say } = terminal;
  terminal.gap();
  terminal.line('cli.message.edition', { edition: edition.edition, state: say(`content.state.${edition.state}`) });
  if (edition.change) terminal.line('cli.message.change', { change: edition.change });
  if (edition.core) terminal.line('cli.message.core', { core: edition.core });
  for (const { date, mark, ...basis } of edition.bases)
    terminal.line('cli.message.basis', {
      basis: date
        ? say('page.messages.basis-of', { ...named(basis), date: showDay(date) })
        : say('page.messages.basis-of-undated', named(basis)),
      mark: say(`content.mark.${mark}`),
    });
  terminal.gap();
  if (edition.forms.length > 0)
    terminal.table(
      headings(terminal, 'kind-of-form', 'language', 'version', 'state', 'text'),
      [...edition.forms, ...edition.corrections].map((form) => [
        say(`content.kind.${form.kind}`),
        say(`language.${form.language}`),
        form.version,
        say(`content.state.${form.state}`),
        form.text.replaceAll('\n', ' '),
      ]),
    );
  terminal.gap();
  terminal.table(
    headings(terminal, 'what', 'who', 'when', 'note'),
    edition.steps.map((step) => [say(`content.step.${step.what}`), step.name, showDay(dayOf(step.at)), step.note]),
  );
};

const named = ({ number, issuer, title }: { number: string; issuer: string; title: string }) => ({
  number,
  issuer,
  title,
});

const showVerb: Verb = {
  group: 'message',
  name: 'show',
  words: ['<CODE>'],
  options: [],
  run: async ({ session, words: [code = ''] }) => {
    const { terminal } = session;
    const message = await session.ask(getMessage, { code });
    terminal.result(message);
    terminal.line('cli.message.title', { code: message.code, title: message.title, place: message.place });
    for (const edition of message.editions) showEdition(terminal, edition);
    return undefined;
  },
};

// Two million letters, of which those of Vietnamese take up to three bytes each.
const MOST_MESSAGES = 6 * MB;

const importVerb: Verb = {
  group: 'message',
  name: 'import',
  words: ['<FILE>'],
  options: [{ flags: '--place <PLACE>', help: 'message-place' }],
  run: async ({ session, words: [file = ''], options }) => {
    const { terminal } = session;
    const text = await readText(file, MOST_MESSAGES);
    const placeId = await placeOption(session, textOf(options, 'place'));
    const done = await session.ask(importMessages, { text, placeId });
    terminal.result(done);
    const unchanged = done.messages.filter(({ outcome }) => outcome === 'unchanged').length;
    terminal.line('cli.message.imported', { count: done.messages.length - unchanged, unchanged });
    terminal.table(
      headings(terminal, 'code', 'outcome'),
      done.messages.map(({ code, outcome }) => [code, terminal.say(`content.outcome.${outcome}`)]),
    );
    return undefined;
  },
};

const EDITION = { flags: '--edition <NUMBER>' };
const NOTE = { flags: '--note <TEXT>', required: true };

/** The mark of no edition at all: what there is not, or does not wait, is refused as such. */
const NOTHING = '-';

/** The edition asked for, or the oldest that waits for its approval, as it was read with the message. */
const waiting = (editions: readonly EditionView[], asked: number | undefined): EditionView | undefined =>
  asked === undefined
    ? editions.findLast(({ state }) => state === 'submitted')
    : editions.find(({ edition }) => edition === asked);

/** A step with one edition of the message that is named by its code. */
const stepVerb = (
  name: string,
  said: string,
  more: Verb['options'],
  take: (
    session: Session,
    of: { messageId: string; edition: number | undefined },
    text: (key: string) => string,
    editions: readonly EditionView[],
  ) => Promise<{ edition: number }>,
): Verb => ({
  group: 'message',
  name,
  words: ['<CODE>'],
  options: more,
  run: async ({ session, words: [code = ''], options }: VerbInput) => {
    const { messageId, editions } = await session.ask(getMessage, { code });
    const asked = { messageId, edition: countOption(options, 'edition', 10_000) };
    const { edition } = await take(session, asked, (key) => textOf(options, key) ?? '', editions);
    session.terminal.result({ messageId, code, edition });
    session.terminal.line(`cli.message.${said}`, { edition, code });
    return undefined;
  },
});

export const messageVerbs: readonly Verb[] = [
  listVerb,
  showVerb,
  importVerb,
  stepVerb('submit', 'submitted', [EDITION], (session, of) => session.ask(submitMessage, of)),
  stepVerb('approve', 'approved', [EDITION], (session, of, _, editions) =>
    session.ask(approveMessage, { ...of, seen: waiting(editions, of.edition)?.seen ?? NOTHING }),
  ),
  stepVerb('return', 'returned', [NOTE, EDITION], (session, of, text) =>
    session.ask(returnMessage, { ...of, note: text('note') }),
  ),
  stepVerb('retire', 'retired', [NOTE, EDITION], (session, of, text) =>
    session.ask(retireMessage, { ...of, note: text('note') }),
  ),
  stepVerb('new-edition', 'begun', [{ flags: '--change <TEXT>', required: true }], (session, { messageId }, text) =>
    session.ask(newEdition, { messageId, change: text('change') }),
  ),
];
