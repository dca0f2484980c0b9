import type { Actor } from '../../platform/command.ts';
import type { Database } from '../../platform/db/connect.ts';
import { dayOf } from '../../shared/dates.ts';
import { forbidden, notFound } from '../../shared/errors.ts';
import { hashOf, IDLE_MILLISECONDS } from './auth.ts';
import { isKeySecret, keyStateAt } from './key.ts';
import { renewSession, sessionByToken, userWithGrants } from './store.ts';
import { keyByHash, setKeyUsed } from './store-keys.ts';

/** Who a session belongs to: somebody who is in, somebody whose session has ended, or nobody we know. */
export type Visit =
  | { readonly state: 'in'; readonly actor: Actor; readonly sessionId: string; readonly username: string }
  | { readonly state: 'ended'; readonly userId: string }
  | { readonly state: 'unknown' };

// The end moves on with use, but one write in ten minutes tells that well enough.
const RENEW_MILLISECONDS = 10 * 60_000;

/**
 * Asked at every request, so a role that ended or an account that was shut counts from the next one. Two single
 * statements outside any use case: it decides who asks, so nobody could be asked for permission yet.
 */
export const actorBySession = async ({ db }: Database, sessionSecret: string, at: Date): Promise<Visit> => {
  const found = await sessionByToken(db, hashOf(sessionSecret), at, new Date(at.getTime() - RENEW_MILLISECONDS));
  if (!found || found.disabled) return { state: 'unknown' };
  const { userId, name, username, grants, sessionId } = found;
  if (!found.live) return { state: 'ended', userId };
  if (found.stale) await renewSession(db, sessionId, at, new Date(at.getTime() + IDLE_MILLISECONDS));
  return { state: 'in', actor: { userId, name, grants, via: 'web' }, sessionId, username };
};

/** For whoever owns the data folder and acts `--as` somebody. Errors: user (not found), account-disabled. */
export const actorByUsername = async (
  { db }: Database,
  username: string,
  via: Actor['via'],
  at: Date,
): Promise<Actor> => {
  const found = await userWithGrants(db, username.trim().toLowerCase(), at);
  if (!found) throw notFound('user');
  if (found.disabled) throw forbidden('account-disabled');
  return { userId: found.userId, name: found.name, grants: found.grants, via };
};

/**
 * The other system whose key this is; undefined for a key that is unknown, ended, over, or made by somebody whose account is
 * shut since. Asked at every request, so what ended counts from the next one.
 */
export const actorByKey = async (
  { db }: Database,
  secret: string,
  via: Actor['via'],
  at: Date,
): Promise<Actor | undefined> => {
  if (!isKeySecret(secret)) return undefined;
  const key = await keyByHash(db, hashOf(secret));
  if (!key || keyStateAt(key, at) !== 'open') return undefined;
  const day = dayOf(at);
  if (key.lastUsedOn !== day) await setKeyUsed(db, key.keyId, day);
  const { keyId, name, role, placeId } = key;
  return { userId: keyId, keyId, name, grants: [{ role, placeId }], via };
};
