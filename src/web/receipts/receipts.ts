import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebParts } from '../visit.ts';

/** Receipts are short; a list of 500 fits. */
const MOST_BYTES = 131_072;

const queryOf = ({ url }: FastifyRequest): string => {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
};

/**
 * `/receipts/<provider>`: where providers tell what became of messages. Nobody signs in here and no cookie is looked at: who
 * it is, is proved by the secret agreed with the provider, over the bytes of the body. Answers by the status alone.
 */
export const serveReceipts = (app: FastifyInstance, { takeReceipts, log }: WebParts): void => {
  void app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    own.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
      const known = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
      if (!known) log.error({ err: error }, 'a receipt');
      return reply
        .code(known ? error.statusCode! : 500)
        .type('text/plain')
        .send('');
    });
    own.route<{ Params: { provider: string } }>({
      method: ['GET', 'POST'],
      url: '/receipts/:provider',
      bodyLimit: MOST_BYTES,
      // Asking whether there is anything must not bring anything in.
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const { status } = await takeReceipts(request.params.provider, {
          headers: request.headers,
          query: queryOf(request),
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        });
        return reply.code(status).header('cache-control', 'no-store').type('text/plain').send('');
      },
    });
  });
};
