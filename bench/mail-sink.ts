import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

// A mail server in a process of its own that takes everything, keeps nothing, and says how much it got when asked.
let received = 0;
const server = new SMTPServer({
  ...{ banner: 'LANTOA-SIM', authOptional: true, hideSTARTTLS: true, disableReverseLookup: true, logger: false },
  onData: (stream, _, done) => {
    stream.on('end', () => {
      received += 1;
      done();
    });
    stream.resume();
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify({ received })}\n`));
process.stdin.on('end', () => process.exit(0));
