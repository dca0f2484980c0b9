import type { FastifyRequest } from 'fastify';
import { actorByKey, addressKey } from '../../modules/identity/index.ts';
import type { Actor } from '../../platform/command.ts';
import { forbidden, unavailable } from '../../shared/errors.ts';
import { isSecure } from '../guard.ts';
import { cameDirectly } from '../loopback.ts';
import type { WebParts } from '../visit.ts';
import { createRate } from './rate.ts';
import { Refusal } from './refusal.ts';

/** Requests of one address, and of one key, in a minute; wrong keys of one address in a quarter of an hour. */
const limits = { address: 1_200, key: 600, wrong: 30 } as const;

/**
 * A key goes over the wire with every request, so it must not go in the clear: HTTPS, or not over a wire at all. A proxy
 * that is believed ends HTTPS, unless it says itself that it was asked without.
 */
const refusePlain = (request: FastifyRequest, { config }: WebParts): void => {
  const forwarded = request.headers['x-forwarded-proto'];
  const fits = isSecure(request, config) || cameDirectly(request) || (config.trustProxy && forwarded === undefined);
  if (!fits) throw forbidden('api.https');
};

const secretOf = (request: FastifyRequest): string | undefined =>
  /^Bearer +(\S+) *$/iu.exec(request.headers.authorization ?? '')?.[1];

const unauthorised = (code: 'api.no-key' | 'api.bad-key'): Refusal =>
  new Refusal(401, 'unauthorised', code, {
    headers: { 'www-authenticate': `Bearer realm="lantoa"${code === 'api.bad-key' ? ', error="invalid_token"' : ''}` },
  });

export interface Gate {
  /** Who asks. Throws for whom no key speaks, for one in the clear, for one too many, and when the database is away. */
  asker(request: FastifyRequest): Promise<Actor>;
}

/** One per server: it remembers how often who came. */
export const openGate = (parts: WebParts): Gate => {
  const [address, key, wrong] = [
    createRate({ most: limits.address, seconds: 60 }),
    createRate({ most: limits.key, seconds: 60 }),
    createRate({ most: limits.wrong, seconds: 900 }),
  ];
  return {
    asker: async (request) => {
      const at = parts.clock.now();
      const from = addressKey(request.ip);
      address.take(from, at);
      refusePlain(request, parts);
      const secret = secretOf(request);
      if (secret === undefined) throw unauthorised('api.no-key');
      wrong.look(from, at);
      const actor = await actorByKey(parts.database, secret, 'api', at).catch((error: unknown) => {
        parts.log.error({ err: error }, 'a key could not be looked up');
        throw unavailable('database');
      });
      if (!actor?.keyId) {
        wrong.take(from, at);
        throw unauthorised('api.bad-key');
      }
      key.take(actor.keyId, at);
      return actor;
    },
  };
};
