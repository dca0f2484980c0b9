import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, UseCase } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { isSecure, setSecurityHeaders } from '../guard.ts';
import type { WebParts } from '../visit.ts';
import type { Gate } from './bearer.ts';
import { openApiDocument } from './open-api.ts';
import { refuse } from './refusal.ts';

const BODY_LIMIT = 1_048_576;

/** As JSON: dates as ISO strings, maps as objects, sets as lists; what a use case does not answer is null. */
const asJson = (result: unknown): string =>
  JSON.stringify({ result: result ?? null }, (_, value: unknown) => {
    if (value instanceof Map) return Object.fromEntries(value);
    return value instanceof Set ? [...value] : value;
  });

const json = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(text);

/**
 * `POST /api/<use case>` for each that is open to keys, and `/openapi.json`, which describes them. Who asks is known before
 * anything of the body is read; no cookie is looked at.
 */
export const serveApi = async (app: FastifyInstance, parts: WebParts, gate: Gate): Promise<void> => {
  const { config, log, execute } = parts;
  const guarded = (request: FastifyRequest, reply: FastifyReply) =>
    setSecurityHeaders(reply, isSecure(request, config));
  const answer =
    (useCase: UseCase, askers: WeakMap<FastifyRequest, Actor>) =>
    async (request: FastifyRequest, reply: FastifyReply) =>
      json(reply, asJson(await execute(useCase, askers.get(request)!, (request.body ?? {}) as never)));

  await app.register(
    async (api) => {
      const askers = new WeakMap<FastifyRequest, Actor>();
      api.removeAllContentTypeParsers();
      api.addContentTypeParser(
        'application/json',
        { parseAs: 'string', bodyLimit: BODY_LIMIT },
        api.getDefaultJsonParser('error', 'error'),
      );
      api.setErrorHandler((error, request, reply) => refuse(error, request, reply, log));
      api.addHook('onRequest', async (request, reply) => {
        guarded(request, reply);
        askers.set(request, await gate.asker(request));
      });
      for (const useCase of parts.openToKeys) api.post(`/${useCase.name}`, answer(useCase, askers));
      api.setNotFoundHandler((request, reply) => refuse(notFound('api.unknown'), request, reply, log));
    },
    { prefix: '/api' },
  );

  const document = JSON.stringify(openApiDocument(parts.openToKeys));
  app.get('/openapi.json', (request, reply) => {
    guarded(request, reply);
    return json(reply, document);
  });
};
