import { z } from 'zod';
import { type Role, roles } from '../../shared/roles.ts';
import { clean } from '../../shared/text.ts';
import { newSecret } from './auth.ts';

/** Roles that a key may have: never the administrator's, so no key makes accounts, roles or further keys. */
export const keyRoles = roles.filter((role): role is Exclude<Role, 'admin'> => role !== 'admin');

/** A key is made for a time: at most two years, then whoever still needs one makes another. */
export const MAX_KEY_DAYS = 730;

export const keyNameInput = z
  .string()
  .transform(clean)
  .pipe(z.string().min(1, 'key.name-missing').max(120, 'key.name-too-long'));

// The prefix tells people, and programs that look for leaked secrets, what this is.
const SECRET = /^lantoa_[A-Za-z0-9_-]{43}$/u;

export const newKeySecret = (): string => `lantoa_${newSecret()}`;

/** Whether this can be a key at all; anything else is not even looked up. */
export const isKeySecret = (text: string): boolean => SECRET.test(text);

/** What keeps a key from opening anything, in the order in which it is told; `open` = nothing does. */
export type KeyState = 'open' | 'ended' | 'expired' | 'maker-shut';

export const keyStateAt = (
  { endedAt, expiresAt, makerShut }: { endedAt: Date | null; expiresAt: Date; makerShut: boolean },
  at: Date,
): KeyState => (endedAt ? 'ended' : expiresAt <= at ? 'expired' : makerShut ? 'maker-shut' : 'open');
