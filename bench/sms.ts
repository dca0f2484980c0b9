import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { nameSink, openFolder, prepareMany, SMS_TEXT, sendAll, startSink } from '../tests/support/send-and-kill.ts';
import { type Bench, median, type Options, rounded, timed } from './row.ts';

const run = promisify(execFile);

/** The bare loop in a process of its own. @returns messages per second */
const bareLoop = async (count: number, window: number): Promise<number> => {
  const script = join(import.meta.dirname, 'sms-bare.ts');
  const { stdout } = await run(process.execPath, [script, String(count), String(window)]);
  return Number(stdout);
};

const WINDOWS = [1, 10, 50, 200, 500];

const ours = async (count: number, { tell }: Options) => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-bench-sms-'));
  const dataDir = join(folder, 'data');
  const sink = await startSink(folder, '--receipt-delay', '0');
  const app = await openFolder(dataDir);
  try {
    await nameSink(dataDir, sink.port);
    const lineId = await prepareMany(app, count, SMS_TEXT);
    const { seconds: toWrite } = await timed(() => sendAll(app, lineId));
    tell(`sms: ${count} deliveries written in ${toWrite.toFixed(1)} s`);
    const { pool } = app.database;
    // Looked at seldom, and among the deliveries only when all were handed out: else to look would take part of what is measured.
    const left = async () =>
      (
        await pool.query(
          `select case when exists (select 1 from delivery.batch where state <> 'done') then true
            else exists (select 1 from delivery.delivery where state in ('created', 'sending', 'accepted')) end as left`,
        )
      ).rows[0].left as boolean;
    const sending = await app.openSending();
    const { seconds } = await timed(async () => {
      sending.sender.start();
      while (await left()) await sleep(200);
    });
    await sending.close();
    const { rows } =
      await pool.query(`select (select count(*)::int from delivery.delivery where state = 'delivered') as delivered,
      (select count(*)::int from reach.contact where channel = 'sms') as contacts`);
    return { perSecond: count / seconds, toWrite, ...(rows[0] as { delivered: number; contacts: number }) };
  } finally {
    await app.close();
    await sink.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const ROUNDS = 2;

/**
 * 100,000 SMS over SMPP with receipts, until every row is in a final state, against a bare loop at its fastest window. The
 * speed of a machine with other guests changes by a fifth within minutes: bare and ours take turns at the full size, the bare
 * loop first and last, and the middle of each is compared.
 */
export const sms: Bench = async (options) => {
  const count = options.quick ? 10_000 : 100_000;
  let [fastest, best] = [0, 0];
  for (const window of WINDOWS) {
    // A small window is slow by its nature: enough messages to tell how slow.
    const speed = await bareLoop(Math.min(count / 5, 100 * window), window);
    options.tell(`sms: bare loop, window ${window}: ${Math.round(speed)} per second`);
    if (speed > fastest) [fastest, best] = [speed, window];
  }
  const bare = [await bareLoop(count, best)];
  const results: Awaited<ReturnType<typeof ours>>[] = [];
  for (let round = 1; round <= (options.quick ? 1 : ROUNDS); round += 1) {
    results.push(await ours(count, options));
    bare.push(await bareLoop(count, best));
    const [done, beside] = [results.at(-1)!.perSecond, bare.at(-1)!].map(Math.round);
    options.tell(`sms: ${done} per second; the bare loop after it ${beside}`);
  }
  const [value, baseline] = [median(results.map(({ perSecond }) => perSecond)), median(bare)];
  const ratio = value / baseline;
  const whole = results.every(({ delivered, contacts }) => delivered === count && contacts === count);
  return [
    {
      name: 'sms-with-receipts',
      value: rounded(value),
      unit: 'per second',
      baseline: rounded(baseline),
      ratio: rounded(ratio),
      threshold: '>= 25 % of the bare loop and >= 2,000 per second',
      holds: whole && ratio >= 0.25 && value >= 2_000,
      sizes: {
        messages: count,
        bareWindow: best,
        eachBare: bare.map(Math.round).join(', '),
        each: results.map(({ perSecond }) => Math.round(perSecond)).join(', '),
        everythingDelivered: whole ? 'yes' : 'NO',
        secondsToWrite: rounded(median(results.map(({ toWrite }) => toWrite))),
      },
    },
  ];
};
