import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { roles } from '../../shared/roles.ts';
import { hashPassword, openAuth } from './auth.ts';
import { saveGrant, userByName } from './store.ts';
import { nameInput, passwordInput, placeholderEmail, usernameInput } from './user.ts';

interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly password?: string | null | undefined;
  readonly synthetic?: boolean;
}

/** Writes user and password through the sign-in library. @returns the user's id. */
export const createUser = async (
  context: Context,
  { username, name, password, synthetic = false }: NewUser,
): Promise<string> => {
  if (await userByName(context.tx, username)) throw conflict('username-taken', { username });
  const { internalAdapter } = await openAuth(context).$context;
  const user = await internalAdapter.createUser(
    { username, name, synthetic, email: placeholderEmail(username), emailVerified: false },
    { method: 'email-password' },
  );
  if (password) await savePassword(context, user.id, password);
  return user.id;
};

/** Sets the password of a user who has one, or has none yet. */
export const savePassword = async (context: Context, userId: string, password: string): Promise<void> => {
  const { internalAdapter } = await openAuth(context).$context;
  const kept = await hashPassword(password);
  if (await internalAdapter.findCredentialAccount(userId)) await internalAdapter.updatePassword(userId, kept);
  else await internalAdapter.createAccount({ userId, providerId: 'credential', accountId: userId, password: kept });
};

export const giveRole = async (
  { tx, at, actor }: Context,
  grant: { userId: string; role: (typeof roles)[number]; placeId: string },
): Promise<string> => {
  const grantId = newId();
  await saveGrant(tx, { ...grant, grantId, from: at, grantedBy: actor.userId });
  return grantId;
};

/** A new person with a first role: without one nobody could look after the account. Without a password they come in by a link. */
export const addUser = command({
  name: 'identity.add-user',
  input: z.object({
    username: usernameInput,
    name: nameInput,
    password: passwordInput.nullish(),
    role: z.enum(roles),
    placeId: z.uuid(),
  }),
  allow: ['admin'],
  area: async (_, { placeId }) => [placeId],
  run: async (context, { username, name, password, role, placeId }) => {
    const userId = await createUser(context, { username, name, password });
    const grantId = await giveRole(context, { userId, role, placeId });
    return { userId, grantId };
  },
  audit: ({ role, placeId }, { userId, grantId }) => ({ userId, grantId, role, placeId }),
});
