import { statfs } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { measureSending } from '../../modules/delivery/index.ts';
import { visitor } from '../../modules/identity/index.ts';
import { answers, standingOf, within } from '../../platform/standing.ts';
import type { Gate } from '../api/bearer.ts';
import { refuse } from '../api/refusal.ts';
import { isSecure, setSecurityHeaders } from '../guard.ts';
import type { WebParts } from '../visit.ts';

/** A check that waits longer than this is as good as a failed one: whoever asks gives up after a second. */
const PATIENCE_MILLISECONDS = 800;

const diskOf = async (dataDir: string): Promise<{ freeBytes: number; totalBytes: number }> => {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
};

/** For whoever keeps the machine and has a key: numbers, no name and no place. */
const detailsOf = async ({ database, execute, config }: WebParts) => {
  const [standing, sending] = [await standingOf(database.pool), await execute(measureSending, visitor('api'), {})];
  const { applied, known } = standing.migrations;
  return {
    database: { version: standing.databaseVersion },
    migrations: { applied, known, current: applied === known },
    queue: {
      waiting: standing.jobs.reduce(
        (sum, { state, count }) => (state === 'created' || state === 'retry' ? sum + count : sum),
        0,
      ),
      failed: standing.jobs.reduce((sum, { state, count }) => (state === 'failed' ? sum + count : sum), 0),
      oldestSeconds: standing.oldestJobSeconds,
    },
    sending: { batchesWaiting: sending.batchesWaiting, oldestSeconds: sending.oldestWaitingSeconds },
    receiptsUnmatched: sending.receiptsUnmatched,
    // Only the worker holds connections to the networks; this process does not know.
    channels: null,
    disk: await diskOf(config.dataDir).catch(() => null),
  };
};

/**
 * `/health`: 200 or 503, within a second, for anybody; with a key also how things stand. However many ask, one check runs.
 */
export const serveHealth = (app: FastifyInstance, parts: WebParts, gate: Gate): void => {
  let checking: Promise<boolean> | undefined;
  const reachable = (): Promise<boolean> => {
    checking ??= within(PATIENCE_MILLISECONDS, answers(parts.database.pool), false).finally(() => {
      checking = undefined;
    });
    return checking;
  };
  const send = (reply: FastifyReply, status: number, body: object) =>
    reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
  app.get('/health', async (request, reply) => {
    setSecurityHeaders(reply, isSecure(request, parts.config));
    if (!(await reachable())) return send(reply, 503, { ok: false });
    if (request.headers.authorization === undefined) return send(reply, 200, { ok: true });
    try {
      await gate.asker(request);
    } catch (error) {
      return refuse(error, request, reply, parts.log);
    }
    const details = await within(PATIENCE_MILLISECONDS, detailsOf(parts), null);
    return details ? send(reply, 200, { ok: true, ...details }) : send(reply, 503, { ok: false });
  });
};
