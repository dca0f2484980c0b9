import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.ts';
import { forbidden } from '../shared/errors.ts';

const MASK_BYTES = 32;

const masked = (token: Buffer, mask: Buffer): Buffer => Buffer.from(token.map((byte, at) => byte ^ mask[at]!));

/**
 * Proves that a form was made by us for this browser: keyed hash of its session's secret or of its visitor cookie, under a mask
 * that is another on every page, since pages are compressed and their lengths would tell a token that stays the same (BREACH).
 */
export const csrfToken = (secret: Buffer, bound: string): string => {
  const token = createHmac('sha256', secret).update('form\0').update(bound).digest();
  const mask = randomBytes(MASK_BYTES);
  return Buffer.concat([mask, masked(token, mask)]).toString('base64url');
};

const unmasked = (token: string): Buffer => {
  const bytes = Buffer.from(token, 'base64url');
  return masked(bytes.subarray(MASK_BYTES), bytes.subarray(0, MASK_BYTES));
};

export const tokenFits = (expected: string, given: string): boolean => {
  if (given.length !== expected.length) return false;
  const [a, b] = [unmasked(expected), unmasked(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Did a page of ours send this? Every browser of today says so itself; who says nothing is refused. */
export const requireOwnOrigin = (request: FastifyRequest, { publicUrl }: Config): void => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const own = [`${request.protocol}://${request.host}`, ...(publicUrl ? [new URL(publicUrl).origin] : [])];
  const originFits = origin === undefined || own.includes(origin);
  const siteFits = site === undefined || site === 'same-origin';
  if (!originFits || !siteFits || (origin === undefined && site === undefined)) throw forbidden('foreign-origin');
};

export const isSecure = (request: FastifyRequest, { publicUrl }: Config): boolean =>
  request.protocol === 'https' || publicUrl?.startsWith('https:') === true;

/** Of every cookie of ours: for this site alone, unreadable to scripts. */
export const cookieOptions = (request: FastifyRequest, config: Config) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request, config) }) as const;

const POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
];

/** `scripts`: the page has a script of ours; any other may run none at all. */
export const setSecurityHeaders = (reply: FastifyReply, secure: boolean, scripts = false): void => {
  void reply.headers({
    'content-security-policy': [...POLICY, `script-src ${scripts ? "'self'" : "'none'"}`].join('; '),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'x-robots-tag': 'noindex',
    // Pages tell of households and stand on shared office machines.
    'cache-control': 'no-store',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  });
};
