import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { failuresSince, lockAttempts, saveAttempt } from './store.ts';

const WINDOW_MINUTES = 15;
const PER_ACCOUNT = 5;
const PER_ADDRESS = 30;

export const accountKey = (username: string): string => `account:${username}`;

/** One house has a whole /64 of IPv6 addresses, so that is what counts as one. */
export const addressKey = (address: string): string =>
  `address:${isIPv6(address) && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address}`;

/**
 * Takes one of the tries that an account and an address have, and commits it as failed: only then is the password looked
 * at, so that neither a crash nor many tries at the same moment go uncounted. A good sign-in forgives it.
 */
export const takeAttempt = command({
  name: 'identity.take-attempt',
  input: z.object({ username: z.string().trim().toLowerCase().max(200), address: z.string().max(64) }),
  allow: 'system',
  area: 'none',
  run: async ({ tx, at }, { username, address }) => {
    const account = accountKey(username);
    const keys = [account, addressKey(address)];
    const since = new Date(at.getTime() - WINDOW_MINUTES * 60_000);
    await lockAttempts(tx, keys);
    const [ofAccount, ofAddress] = [await failuresSince(tx, keys[0]!, since), await failuresSince(tx, keys[1]!, since)];
    if (ofAccount >= PER_ACCOUNT || ofAddress >= PER_ADDRESS)
      throw invalid('too-many-attempts', { minutes: WINDOW_MINUTES });
    const attemptId = newId();
    await saveAttempt(tx, attemptId, keys, at);
    return { attemptId };
  },
  audit: (_, { attemptId }) => ({ attemptId }),
});
