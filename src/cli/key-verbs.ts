import { addKey, endKey, keyRoles, type ListedKey, listKeys, MAX_KEY_DAYS } from '../modules/identity/index.ts';
import { dayOf, showDay } from '../shared/dates.ts';
import { findPlace, placeName } from './find-place.ts';
import { choiceOption, countOption, readId } from './read-options.ts';
import { textOf, type Verb } from './verb.ts';

const addVerb: Verb = {
  group: 'key',
  name: 'add',
  words: [],
  options: [
    { flags: '--name <NAME>', required: true, help: 'key-name' },
    { flags: '--role <ROLE>', required: true, help: 'key-role' },
    { flags: '--place <PLACE>', required: true, help: 'role-place' },
    { flags: '--days <DAYS>', required: true, help: 'key-days' },
  ],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const name = textOf(options, 'name')!;
    const role = choiceOption(options, 'role', keyRoles)!;
    const days = countOption(options, 'days', MAX_KEY_DAYS)!;
    const placeId = await findPlace(session, textOf(options, 'place')!, session.today);
    const added = await session.ask(addKey, { name, role, placeId, days });
    terminal.result({ ...added, name: name.trim(), role, placeId });
    terminal.line('cli.key.added', {
      name: name.trim(),
      role: terminal.say(`role.${role}`),
      place: terminal.json ? '' : await placeName(session, placeId),
      until: showDay(dayOf(added.expiresAt)),
      id: added.keyId,
    });
    terminal.line('cli.key.secret', { secret: added.secret });
    terminal.note('cli.key.once');
    return undefined;
  },
};

const listVerb: Verb = {
  group: 'key',
  name: 'list',
  words: [],
  options: [],
  run: async ({ session }) => {
    const { terminal } = session;
    const keys = await session.ask(listKeys, {});
    const names = new Map<string, string>();
    for (const { placeId } of keys) if (!names.has(placeId)) names.set(placeId, await placeName(session, placeId));
    terminal.result({ keys: keys.map((key) => ({ ...key, place: names.get(key.placeId) ?? '' })) });
    if (keys.length === 0) {
      terminal.line('cli.key.none');
      return undefined;
    }
    const columns = ['key-id', 'name', 'roles', 'state', 'key-until', 'key-used', 'key-maker'];
    const row = (key: ListedKey) => [
      key.keyId,
      key.name,
      `${terminal.say(`role.${key.role}`)}: ${names.get(key.placeId) ?? ''}`,
      terminal.say(`cli.key.state.${key.state}`),
      showDay(dayOf(key.expiresAt)),
      key.lastUsedOn === null ? '–' : showDay(key.lastUsedOn),
      key.createdBy === null ? terminal.say('cli.key.owner') : (key.createdByName ?? ''),
    ];
    const headings = columns.map((column) => terminal.say(`cli.column.${column}`));
    terminal.table(headings, keys.map(row));
    return undefined;
  },
};

const endVerb: Verb = {
  group: 'key',
  name: 'end',
  words: ['<ID>'],
  options: [],
  run: async ({ session, words: [id = ''] }) => {
    const keyId = readId(id, 'key');
    const { name } = await session.ask(endKey, { keyId });
    session.terminal.result({ keyId, name });
    session.terminal.line('cli.key.ended', { name });
    return undefined;
  },
};

export const keyVerbs: readonly Verb[] = [addVerb, listVerb, endVerb];
