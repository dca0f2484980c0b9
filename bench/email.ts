import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { prepareMany, sendAll } from '../tests/support/send-and-kill.ts';
import { withFolder } from './province.ts';
import { type Bench, rounded, timed } from './row.ts';

/** Both hand over by as many connections. */
const CONNECTIONS = 10;

const TEXT =
  'Thẻ bảo hiểm y tế\n\nKính gửi nhà ((tên)),\nnhà mình được cấp thẻ bảo hiểm y tế. Cần gì xin hỏi cán bộ xã.';

const startSink = async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'mail-sink.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as { port: number; received: number };
  const { port } = await next();
  return {
    port,
    received: async () => {
      child.stdin.write('?');
      return (await next()).received;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
};

/** The barest loop over the same mail library: a pool, as many connections, as many under way. */
const bareLoop = async (count: number): Promise<number> => {
  const sink = await startSink();
  const transport = nodemailer.createTransport({
    ...{ host: '127.0.0.1', port: sink.port, secure: false, ignoreTLS: true },
    ...{ pool: true, maxConnections: CONNECTIONS, maxMessages: Number.POSITIVE_INFINITY },
  });
  const [subject = '', , ...body] = TEXT.split('\n');
  let sent = 0;
  const one = async () => {
    while (sent < count) {
      const no = sent;
      sent += 1;
      const text = body.join('\n').replace('((tên))', `Hộ Mô Phỏng ${no}`);
      await transport.sendMail({ from: 'xa@xa-mau.invalid', to: `ho-${no}@ho.invalid`, subject, text });
    }
  };
  const { seconds } = await timed(() => Promise.all(Array.from({ length: CONNECTIONS }, one)));
  transport.close();
  const received = await sink.received();
  await sink.close();
  if (received !== count) throw new Error(`the bare loop lost mails: ${received} of ${count}`);
  return count / seconds;
};

/** 100,000 personal e-mails to a loopback sink, every delivery kept, against a bare loop of the same library. */
export const email: Bench = async ({ quick, tell }) => {
  const count = quick ? 3_000 : 100_000;
  const baseline = await bareLoop(count);
  tell(`email: bare loop: ${Math.round(baseline)} per second`);
  const result = await withFolder('email', async (app) => {
    const sink = await startSink();
    const settings = {
      ...{ provider: 'sink', kind: 'smtp', host: '127.0.0.1', port: sink.port, tls: 'none' },
      ...{ from: 'xa@xa-mau.invalid', poolSize: CONNECTIONS, simulator: true },
    };
    await writeFile(join(app.config.dataDir, 'channels.yaml'), JSON.stringify({ email: [settings] }));
    await sendAll(app, await prepareMany(app, count, TEXT, 'email'), 'email');
    const { pool } = app.database;
    const left = async () =>
      (await pool.query(`select count(*)::int as n from delivery.delivery where state in ('created', 'sending')`))
        .rows[0].n as number;
    const sending = await app.openSending();
    const { seconds } = await timed(async () => {
      sending.sender.start();
      while ((await left()) > 0) await sleep(200);
    });
    await sending.close();
    // Of a server whose returned mail does not reach us nothing more will be heard: that is final, too.
    const { rows } = await pool.query(
      `select count(*)::int as n from delivery.delivery where state in ('accepted', 'no-receipt')`,
    );
    const received = await sink.received();
    await sink.close();
    return { perSecond: count / seconds, accepted: rows[0].n as number, received };
  });
  const ratio = result.perSecond / baseline;
  return [
    {
      ...{ name: 'personal-emails', value: rounded(result.perSecond), unit: 'per second' },
      ...{ baseline: rounded(baseline), ratio: rounded(ratio), threshold: '>= 50 % of the bare loop' },
      holds: ratio >= 0.5 && result.accepted === count && result.received === count,
      sizes: { messages: count, connections: CONNECTIONS, accepted: result.accepted, received: result.received },
    },
  ];
};
