// The barest loop over the library that sends: submits with so many unanswered, until every receipt is there. A process of its
// own, so that it is the same program however often it is measured. Takes: how many, window. Says: per second.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import smpp from 'smpp';
import { SMS_TEXT, startSink } from '../tests/support/send-and-kill.ts';
import { timed } from './row.ts';

const bareLoop = async (count: number, window: number): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-bench-bare-'));
  const sink = await startSink(folder, '--receipt-delay', '0');
  try {
    const session = smpp.connect({ host: '127.0.0.1', port: sink.port, tls: false });
    await new Promise<void>((ready) => {
      session.bind_transceiver({ system_id: 'lantoa', password: 'secret' }, () => ready());
    });
    const { seconds } = await timed(
      () =>
        new Promise<void>((done) => {
          let [sent, open, receipts] = [0, 0, 0];
          const fill = () => {
            while (open < window && sent < count) {
              const no = sent;
              sent += 1;
              open += 1;
              const to = `8454${String(Math.floor(no / 90) * 100 + 10 + (no % 90)).padStart(7, '0')}`;
              const body = SMS_TEXT.replace('((tên))', `Ho Mo Phong ${no}`);
              session.submit_sm(
                {
                  source_addr: 'LANTOA',
                  destination_addr: to,
                  registered_delivery: 1,
                  data_coding: 0,
                  short_message: Buffer.from(body, 'latin1'),
                },
                () => {
                  open -= 1;
                  fill();
                },
              );
            }
          };
          session.on('deliver_sm', (pdu) => {
            session.send(pdu.response());
            receipts += 1;
            if (receipts === count) done();
          });
          fill();
        }),
    );
    await new Promise<void>((closed) => session.close(closed));
    return count / seconds;
  } finally {
    await sink.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const [count, window] = process.argv.slice(2).map(Number);
process.stdout.write(`${await bareLoop(count!, window!)}\n`);
