import { z } from 'zod';
import { clean } from '../../shared/text.ts';

/** NIST SP 800-63B asks for length, not for kinds of characters. */
export const MIN_PASSWORD = 10;

export const passwordInput = z.string().min(MIN_PASSWORD, 'password-too-short').max(128, 'password-too-long');

/** Short names that can be typed on any keyboard; kept in lower case. */
export const usernameInput = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/u, 'username-form');

export const nameInput = z.string().transform(clean).pipe(z.string().min(1, 'name-missing').max(120, 'name-too-long'));

/** Nobody has to have an e-mail address, the sign-in library wants one: a name under a domain that can never exist (RFC 2606). */
export const placeholderEmail = (username: string): string => `${username}@nobody.invalid`;
