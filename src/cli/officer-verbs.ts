import { addOfficer, endOfficer, listOfficers } from '../modules/registry/index.ts';
import { showPhone } from '../shared/phone.ts';
import { findPlace } from './find-place.ts';
import { dateOption } from './read-options.ts';
import { textOf, type Verb } from './verb.ts';

const addVerb: Verb = {
  group: 'officer',
  name: 'add',
  words: ['<NAME>'],
  options: [
    { flags: '--body <TEXT>', required: true },
    { flags: '--post <TEXT>', required: true },
    { flags: '--place <PLACE>', required: true, help: 'officer-place' },
    { flags: '--phone <PHONE>' },
    { flags: '--email <EMAIL>' },
    { flags: '--from <DATE>' },
  ],
  run: async ({ session, words: [name = ''], options }) => {
    const from = dateOption(options, 'from');
    const placeId = await findPlace(session, textOf(options, 'place') ?? '', from ?? session.today);
    const text = (key: string) => textOf(options, key) ?? '';
    const added = await session.ask(addOfficer, {
      name,
      body: text('body'),
      post: text('post'),
      placeId,
      phones: text('phone'),
      email: textOf(options, 'email'),
      from,
    });
    session.terminal.result(added);
    session.terminal.line('cli.officer.added', { name });
    return undefined;
  },
};

const listVerb: Verb = {
  group: 'officer',
  name: 'list',
  words: [],
  options: [{ flags: '--place <PLACE>' }, { flags: '--on <DATE>', help: 'officer-on' }],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const on = dateOption(options, 'on');
    const place = textOf(options, 'place');
    const placeId = place === undefined ? undefined : await findPlace(session, place, on ?? session.today);
    const officers = await session.ask(listOfficers, { placeId, on });
    terminal.result({ officers });
    terminal.line('cli.officer.found', { count: officers.length });
    if (officers.length === 0) return undefined;
    terminal.table(
      ['name', 'body', 'post', 'place', 'contacts', 'id'].map((column) => terminal.say(`cli.column.${column}`)),
      officers.map((row) => [
        row.name,
        row.body,
        row.post,
        row.place,
        row.contacts.map((value) => (value.startsWith('+84') ? showPhone(value) : value)).join(', '),
        row.subjectId,
      ]),
    );
    return undefined;
  },
};

const endVerb: Verb = {
  group: 'officer',
  name: 'end',
  words: ['<ID>'],
  options: [{ flags: '--on <DATE>', help: 'officer-on' }],
  run: async ({ session, words: [subjectId = ''], options }) => {
    await session.ask(endOfficer, { subjectId, on: dateOption(options, 'on') });
    session.terminal.result({ subjectId, ended: true });
    session.terminal.line('cli.officer.ended');
    return undefined;
  },
};

export const officerVerbs: readonly Verb[] = [addVerb, listVerb, endVerb];
