import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { measureSending } from '../../modules/delivery/index.ts';
import { visitor } from '../../modules/identity/index.ts';
import { answers, standingOf, within } from '../../platform/standing.ts';
import { cameDirectly } from '../loopback.ts';
import type { WebParts } from '../visit.ts';

const PATIENCE_MILLISECONDS = 800;

type Value = readonly [labels: Record<string, string>, value: number];

/** Made anew at every scrape: what the database does not answer in time is left out rather than shown as it was. */
const databaseFigures = async ({ database, execute }: WebParts): Promise<string> => {
  const registry = new Registry();
  const put = (name: string, help: string, values: readonly Value[]): void => {
    const labelNames = Object.keys(values[0]?.[0] ?? {});
    const gauge = new Gauge({ name: `lantoa_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of values) gauge.set(labels, value);
  };
  const one = (value: number): Value[] => [[{}, value]];
  const up = await within(PATIENCE_MILLISECONDS, answers(database.pool), false);
  put('database_up', 'Whether the database answers (1) or not (0)', one(up ? 1 : 0));
  const [standing, sending] = up
    ? await Promise.all([
        within(PATIENCE_MILLISECONDS, standingOf(database.pool), null),
        within(PATIENCE_MILLISECONDS, execute(measureSending, visitor('api'), {}), null),
      ])
    : [null, null];
  if (standing) {
    const jobs = standing.jobs.map(({ job, state, count }): Value => [{ job, state }, count]);
    if (jobs.length > 0) put('jobs', 'Jobs of the queue that wait, run or have failed', jobs);
    const waits = standing.oldestJobSeconds ?? 0;
    put('job_oldest_wait_seconds', 'How long the oldest job waits that could have begun', one(waits));
  }
  if (sending) {
    const states = sending.states.map(({ state, count }): Value => [{ state }, count]);
    const what = 'Deliveries by state, of sendings that run or were done in the last 24 hours';
    if (states.length > 0) put('deliveries', what, states);
    put('batches_waiting', 'Batches of messages due and taken by nobody', one(sending.batchesWaiting));
    const waits = sending.oldestWaitingSeconds ?? 0;
    put('batch_oldest_wait_seconds', 'How long the oldest of them is due', one(waits));
    put('receipts_unmatched', 'Receipts of networks for nothing that is known', one(sending.receiptsUnmatched));
  }
  return registry.metrics();
};

/**
 * `/metrics` in the way of Prometheus, for programs on this machine only; to anybody else there is no such page. Routes are
 * named by their pattern, never by the address that was asked: no id, no name, no number of anybody stands in a label.
 */
export const serveMetrics = (app: FastifyInstance, parts: WebParts): void => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'];
  const registers = [registry];
  const requests = new Counter({
    name: 'lantoa_http_requests_total',
    help: 'Requests answered',
    labelNames,
    registers,
  });
  const durations = new Histogram({
    name: 'lantoa_http_request_duration_seconds',
    help: 'From a request to the end of its answer',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    requests.inc({ method, route, status: String(reply.statusCode) });
    durations.observe({ method, route }, reply.elapsedTime / 1000);
  });
  app.addHook('onClose', async () => registry.clear());
  app.get('/metrics', async (request, reply) => {
    if (!cameDirectly(request)) return reply.callNotFound();
    const text = `${await registry.metrics()}\n${await databaseFigures(parts)}`;
    return reply.header('cache-control', 'no-store').type(registry.contentType).send(text);
  });
};
