import { z } from 'zod';
import { type Actor, command, type Execute } from '../../platform/command.ts';
import { invalid } from '../../shared/errors.ts';
import { savePassword } from './add-user.ts';
import { openAuth } from './auth.ts';
import { placesOfUser, refuseOwn, requireUser } from './own-places.ts';
import { dropLinks, endSessions, forgiveAttempt } from './store.ts';
import { accountKey, takeAttempt } from './take-attempt.ts';
import { passwordInput } from './user.ts';

/** An administrator sets somebody's password; whoever was signed in under it is out. */
export const setPassword = command({
  name: 'identity.set-password',
  input: z.object({ userId: z.uuid(), password: passwordInput }),
  allow: ['admin'],
  area: (context, { userId }) => placesOfUser(context, userId),
  run: async (context, { userId, password }) => {
    refuseOwn(context, userId);
    await requireUser(context, userId);
    await savePassword(context, userId, password);
    await dropLinks(context.tx, userId);
    await endSessions(context.tx, userId, context.at, {});
  },
  audit: ({ userId }) => ({ userId }),
});

/** One's own password, by proving the old one; who came in by a link and has none yet needs none to prove. */
export const changePassword = command({
  name: 'identity.change-password',
  input: z.object({
    oldPassword: z.string().max(128).default(''),
    password: passwordInput,
    sessionId: z.uuid(),
    attemptId: z.uuid(),
  }),
  allow: 'signed-in',
  area: 'none',
  run: async (context, { oldPassword, password, sessionId, attemptId }) => {
    const userId = context.actor.userId!;
    const user = await requireUser(context, userId);
    const auth = await openAuth(context).$context;
    const kept = (await auth.internalAdapter.findCredentialAccount(userId))?.password;
    if (kept && !(await auth.password.verify({ hash: kept, password: oldPassword }))) {
      throw invalid('input', {}, [{ path: 'oldPassword', code: 'old-password-wrong' }]);
    }
    await savePassword(context, userId, password);
    await forgiveAttempt(context.tx, attemptId, accountKey(user.username));
    await dropLinks(context.tx, userId);
    await endSessions(context.tx, userId, context.at, { except: sessionId });
    return { userId };
  },
  audit: (_, { userId }) => ({ userId }),
});

/** Counts the try before it is judged, as at sign-in: an open session is no place to guess the password at leisure. */
export const changeOwnPassword = async (
  execute: Execute,
  actor: Actor,
  input: { username: string; oldPassword: string; password: string; sessionId: string; address: string },
): Promise<void> => {
  const { username, address, ...rest } = input;
  const door: Actor = { ...actor, userId: null, grants: [] };
  const { attemptId } = await execute(takeAttempt, door, { username, address });
  await execute(changePassword, actor, { ...rest, attemptId });
};
