import {
  addUser,
  createSignInLink,
  disableUser,
  enableUser,
  endRole,
  grantRole,
  type ListedUser,
  listUsers,
  setPassword,
} from '../modules/identity/index.ts';
import { servedAt } from '../platform/served.ts';
import { invalid, notFound } from '../shared/errors.ts';
import { type Role, roles } from '../shared/roles.ts';
import { findPlace, placeName } from './find-place.ts';
import { askPassword } from './password.ts';
import { choiceOption } from './read-options.ts';
import type { Session } from './session.ts';
import { type OptionValues, textOf, type Verb } from './verb.ts';

const ROLE_AND_PLACE = [
  { flags: '--role <ROLE>', required: true },
  { flags: '--place <PLACE>', required: true, help: 'role-place' },
] as const;

const roleAndPlace = async (session: Session, options: OptionValues): Promise<{ role: Role; placeId: string }> => {
  const role = choiceOption(options, 'role', roles)!;
  return { role, placeId: await findPlace(session, textOf(options, 'place')!, session.today) };
};

/** Somebody whom the one who asks may look after. */
const findUser = async (session: Session, username: string): Promise<ListedUser> => {
  const wanted = username.trim().toLowerCase();
  const found = (await session.ask(listUsers, {})).find((user) => user.username === wanted);
  if (!found) throw notFound('cli.no-user', { username });
  return found;
};

const addVerb: Verb = {
  group: 'user',
  name: 'add',
  words: ['<USERNAME>'],
  options: [{ flags: '--name <NAME>', required: true }, ...ROLE_AND_PLACE, { flags: '--password-file <FILE>' }],
  run: async ({ session, words: [username = ''], options }) => {
    const { terminal } = session;
    const given = await roleAndPlace(session, options);
    const password = await askPassword(session, textOf(options, 'passwordFile'));
    const added = await session.ask(addUser, { username, name: textOf(options, 'name')!, password, ...given });
    const signIn = username.trim().toLowerCase();
    terminal.result({ ...added, username: signIn, ...given, password: password !== undefined });
    terminal.line('cli.user.added', {
      username: signIn,
      role: terminal.say(`role.${given.role}`),
      place: terminal.json ? '' : await placeName(session, given.placeId),
    });
    if (password === undefined) terminal.line('cli.user.by-link', { username: signIn });
    return undefined;
  },
};

const listVerb: Verb = {
  group: 'user',
  name: 'list',
  words: [],
  options: [],
  run: async ({ session }) => {
    const { terminal } = session;
    const users = await session.ask(listUsers, {});
    const ids = [...new Set(users.flatMap((user) => user.grants.map(({ placeId }) => placeId)))];
    const names = new Map<string, string>();
    for (const id of ids) names.set(id, await placeName(session, id));
    terminal.result({
      users: users.map((user) => ({
        ...user,
        grants: user.grants.map((grant) => ({ ...grant, place: names.get(grant.placeId) ?? '' })),
      })),
    });
    if (users.length === 0) terminal.line('cli.user.none');
    else
      terminal.table(
        ['username', 'name', 'roles', 'state'].map((column) => terminal.say(`cli.column.${column}`)),
        users.map((user) => [
          user.username,
          user.name,
          user.grants
            .filter(({ to }) => to === null)
            .map(({ role, placeId }) => `${terminal.say(`role.${role}`)}: ${names.get(placeId) ?? placeId}`)
            .join('; '),
          terminal.say(user.disabled ? 'cli.user.disabled' : 'cli.user.open'),
        ]),
      );
    return undefined;
  },
};

const grantVerb: Verb = {
  group: 'user',
  name: 'grant',
  words: ['<USERNAME>'],
  options: ROLE_AND_PLACE,
  run: async ({ session, words: [username = ''], options }) => {
    const { userId } = await findUser(session, username);
    const given = await roleAndPlace(session, options);
    const { grantId } = await session.ask(grantRole, { userId, ...given });
    session.terminal.result({ userId, grantId, ...given });
    session.terminal.line('cli.user.granted', { username, role: session.terminal.say(`role.${given.role}`) });
    return undefined;
  },
};

const endVerb: Verb = {
  group: 'user',
  name: 'end',
  words: ['<USERNAME>'],
  options: ROLE_AND_PLACE,
  run: async ({ session, words: [username = ''], options }) => {
    const user = await findUser(session, username);
    const { role, placeId } = await roleAndPlace(session, options);
    const held = user.grants.find((grant) => grant.to === null && grant.role === role && grant.placeId === placeId);
    if (!held) throw notFound('role-grant');
    await session.ask(endRole, { grantId: held.grantId });
    session.terminal.result({ userId: user.userId, grantId: held.grantId, role, placeId });
    session.terminal.line('cli.user.ended', { username, role: session.terminal.say(`role.${role}`) });
    return undefined;
  },
};

const switchVerb = (name: 'disable' | 'enable', useCase: typeof disableUser): Verb => ({
  group: 'user',
  name,
  words: ['<USERNAME>'],
  options: [],
  run: async ({ session, words: [username = ''] }) => {
    const { userId } = await findUser(session, username);
    await session.ask(useCase, { userId });
    session.terminal.result({ userId, disabled: name === 'disable' });
    session.terminal.line(`cli.user.${name}`, { username });
    return undefined;
  },
});

const passwordVerb: Verb = {
  group: 'user',
  name: 'password',
  words: ['<USERNAME>'],
  options: [{ flags: '--password-file <FILE>' }],
  run: async ({ session, words: [username = ''], options }) => {
    const { userId } = await findUser(session, username);
    const password = await askPassword(session, textOf(options, 'passwordFile'));
    if (password === undefined) throw invalid('cli.no-password');
    await session.ask(setPassword, { userId, password });
    session.terminal.result({ userId });
    session.terminal.line('cli.user.password-set', { username });
    return undefined;
  },
};

const linkVerb: Verb = {
  group: 'user',
  name: 'link',
  words: ['<USERNAME>'],
  options: [],
  run: async ({ session, words: [username = ''] }) => {
    const { config } = session.doors;
    const { userId, path, expiresAt } = await session.ask(createSignInLink, { username });
    const address = config.publicUrl ?? (await servedAt(config.dataDir)) ?? `http://localhost:${config.port}`;
    const url = `${address.replace(/\/+$/u, '')}${path}`;
    session.terminal.result({ userId, username, url, expiresAt });
    session.terminal.line('cli.user.link', { username });
    session.terminal.line('cli.user.url', { url });
    return undefined;
  },
};

export const userVerbs: readonly Verb[] = [
  addVerb,
  listVerb,
  grantVerb,
  endVerb,
  switchVerb('disable', disableUser),
  switchVerb('enable', enableUser),
  passwordVerb,
  linkVerb,
];
