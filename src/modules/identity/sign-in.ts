import { APIError } from 'better-auth/api';
import { z } from 'zod';
import { type Actor, type Context, command, type Execute } from '../../platform/command.ts';
import { forbidden, invalid } from '../../shared/errors.ts';
import { newSecret, openAuth } from './auth.ts';
import { dropOldSessions, endSessions, forgiveAttempt, userById } from './store.ts';
import { accountKey, takeAttempt } from './take-attempt.ts';

/** What opens the door from now on; the secret goes into the cookie and nowhere else. */
export interface SignedIn {
  readonly userId: string;
  readonly sessionSecret: string;
}

const KEEP_ENDED_MILLISECONDS = 7 * 86_400_000;

/** Refuses a disabled account, and clears away sessions that ended long ago. */
export const admit = async ({ tx, at }: Context, userId: string): Promise<void> => {
  if ((await userById(tx, userId))?.disabled !== false) throw forbidden('account-disabled');
  await dropOldSessions(tx, new Date(at.getTime() - KEEP_ENDED_MILLISECONDS));
};

export const signIn = command({
  name: 'identity.sign-in',
  input: z.object({
    username: z.string().trim().toLowerCase().max(200),
    password: z.string().max(1000),
    attemptId: z.uuid(),
  }),
  allow: 'system',
  area: 'none',
  run: async (context, { username, password, attemptId }): Promise<SignedIn> => {
    const sessionSecret = newSecret();
    try {
      const { user } = await openAuth(context, sessionSecret).api.signInUsername({ body: { username, password } });
      await admit(context, user.id);
      await forgiveAttempt(context.tx, attemptId, accountKey(username));
      return { userId: user.id, sessionSecret };
    } catch (error) {
      // Unknown name, no password yet, wrong password, impossible name: from outside all look the same.
      if (error instanceof APIError) throw invalid('wrong-credentials');
      throw error;
    }
  },
  audit: (_, { userId }) => ({ userId }),
});

/** Who stands before the door: the product itself acts, and the audit names the door. */
export const visitor = (via: Actor['via']): Actor => ({ userId: null, name: 'lantoa', grants: [], via });

/** Counts the try in a transaction of its own, then looks at the password. Errors: wrong-credentials, too-many-attempts, account-disabled. */
export const signInWithPassword = async (
  execute: Execute,
  via: Actor['via'],
  { username, password, address }: { username: string; password: string; address: string },
): Promise<SignedIn> => {
  const { attemptId } = await execute(takeAttempt, visitor(via), { username, address });
  return execute(signIn, visitor(via), { username, password, attemptId });
};

export const signOut = command({
  name: 'identity.sign-out',
  input: z.object({ sessionId: z.uuid() }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx, actor, at }, { sessionId }) => {
    if (actor.userId) await endSessions(tx, actor.userId, at, { only: sessionId });
  },
  audit: () => ({}),
});
