import type { AddressInfo } from 'node:net';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { notFound } from '../shared/errors.ts';
import { answerFailure, answerPage } from './answer.ts';
import { openGate } from './api/bearer.ts';
import { serveApi } from './api/serve-api.ts';
import { readAssets } from './assets.ts';
import { serveDrafts } from './drafts.ts';
import type { Page } from './page.ts';
import { serveReceipts } from './receipts/receipts.ts';
import { pages as ownPages } from './routes.ts';
import type { WebParts } from './visit.ts';
import { serveHealth } from './watch/serve-health.ts';
import { serveMetrics } from './watch/serve-metrics.ts';

export interface Web {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the product's pages; port 0 takes any free one. Requests that have begun are finished before it closes. */
export const startWeb = async (parts: WebParts, pages: readonly Page[] = ownPages): Promise<Web> => {
  const { config } = parts;
  const assets = await readAssets();
  const { paths } = assets;
  // Addresses are not logged: some carry the secret of a sign-in link. Only the nearest proxy is believed, if any.
  const app = fastify({
    logger: false,
    trustProxy: config.trustProxy && ((_address: string, hop: number) => hop === 0),
    bodyLimit: 2 * 1_048_576,
    // An address that cannot be read comes before any route, and gets a page all the same.
    frameworkErrors: (error, request, reply) => {
      void answerFailure({ parts, paths, request, reply }, error);
    },
    routerOptions: { ignoreTrailingSlash: true },
  });
  serveMetrics(app, parts);
  // Lines to the villages are slow: pages go at a fifth of their size. A middling effort, for an old machine is slow, too.
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    // What is sent to us is read as it is: nothing small unpacks into something large.
    globalDecompression: false,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 2 * 1_048_576 });
  // A file that is too large is refused by the store (`body.ts`); the library's own refusal would end the form there.
  await app.register(multipart, { throwFileSizeLimit: false });
  assets.serve(app);
  const gate = openGate(parts);
  await serveApi(app, parts, gate);
  serveHealth(app, parts, gate);
  serveReceipts(app, parts);
  serveDrafts(app, parts);
  for (const page of pages) {
    app.route({
      method: page.method,
      url: page.path,
      handler: (request, reply) => answerPage({ parts, paths, request, reply }, page),
    });
  }
  app.setNotFoundHandler((request, reply) => answerFailure({ parts, paths, request, reply }, notFound('page')));
  app.setErrorHandler((error, request, reply) => answerFailure({ parts, paths, request, reply }, error));
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return { url: `http://${host}:${port}`, close: () => app.close() };
};
