import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { username } from 'better-auth/plugins/username';
import type { Context } from '../../platform/command.ts';
import { newId } from '../../shared/ids.ts';
import { MIN_PASSWORD } from './user.ts';

/** A session ends when nobody used it for so long. */
export const IDLE_MILLISECONDS = 12 * 3_600_000;

/** Sessions and links are known to the database only by the hash of their secret: a copy of the tables opens no door. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const newSecret = (): string => randomBytes(32).toString('base64url');

// RFC 9106 §4, second recommended option halved in passes for a small office machine; OWASP's floor is 19 MiB, 2 passes.
const ARGON = { algorithm: 2, memoryCost: 32_768, timeCost: 3, parallelism: 1 } as const;

/** Argon2id in the PHC string form. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), ARGON);

const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' };

/**
 * The sign-in library bound to one transaction of ours: what it writes commits or vanishes with the command that asked.
 * Its clock and its tokens are replaced by ours (it would keep the token itself and ask the system clock), and reading
 * sessions stays with `store.ts`: the library compares with the system clock there. Rate limits and the check of origins
 * it has only for its own HTTP routes, which we do not mount; ours stand in `take-attempt.ts` and in the web kernel.
 */
export const openAuth = ({ tx, at, secret }: Pick<Context, 'tx' | 'at' | 'secret'>, sessionSecret = newSecret()) =>
  betterAuth({
    // biome-ignore lint/suspicious/noExplicitAny: the library wants a handle of any tables
    database: { db: tx as any, type: 'postgres', schemaName: 'identity', transaction: false },
    secret: secret.toString('hex'),
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    // Its check of the tables wants a connection of its own; a test of ours runs it instead.
    advanced: { database: { generateId: () => newId(), validateSchema: false } },
    user: {
      fields: { ...timestamps, emailVerified: 'email_verified' },
      additionalFields: { synthetic: { type: 'boolean', required: false, input: true } },
    },
    session: {
      expiresIn: IDLE_MILLISECONDS / 1000,
      fields: {
        ...timestamps,
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
    },
    account: {
      fields: {
        ...timestamps,
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { fields: { ...timestamps, expiresAt: 'expires_at' } },
    emailAndPassword: {
      enabled: true,
      autoSignIn: false,
      minPasswordLength: MIN_PASSWORD,
      password: { hash: hashPassword, verify: ({ hash: kept, password }) => verify(kept, password.normalize('NFC')) },
    },
    plugins: [
      username({
        maxUsernameLength: 40,
        usernameValidator: (name) => /^[a-z0-9][a-z0-9._-]*$/iu.test(name),
        schema: { user: { fields: { displayUsername: 'display_username' } } },
      }),
    ],
    databaseHooks: {
      user: { create: { before: async (user) => ({ data: { ...user, createdAt: at, updatedAt: at } }) } },
      account: { create: { before: async (account) => ({ data: { ...account, createdAt: at, updatedAt: at } }) } },
      session: {
        create: {
          before: async (session) => ({
            data: {
              ...session,
              token: hashOf(sessionSecret),
              createdAt: at,
              updatedAt: at,
              expiresAt: new Date(at.getTime() + IDLE_MILLISECONDS),
            },
          }),
        },
      },
    },
  });
