/**
 * A gateway for SMS over HTTP as a process of its own, for tests and measurements: it reaches nobody, and its log (as that of
 * `smsc.ts`) is the witness of what was handed over. Listens on loopback only. Says `{"port":N}` on standard output once it
 * does; takes orders as JSON lines on standard input.
 *
 *     node http-gateway.js --port 0 --log FILE [--profile plain|example] [--receipt-delay MS]
 *                          [--receipts URL --receipts-secret SECRET] [--anonymous] [--until-stdin-ends]
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { gatewayOrderSchema, openGateway } from './http-server.ts';
import { profiles } from './smsc-behaviour.ts';
import { openSmscLog, readLeft } from './smsc-log.ts';

const argsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  log: z.string().min(1),
  profile: z.enum(profiles).default('plain'),
  'receipt-delay': z.coerce.number().min(0).default(0),
  receipts: z.url().optional(),
  'receipts-secret': z.string().default(''),
  anonymous: z.boolean().default(false),
  'until-stdin-ends': z.boolean().default(false),
});

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    log: { type: 'string' },
    profile: { type: 'string' },
    'receipt-delay': { type: 'string' },
    receipts: { type: 'string' },
    'receipts-secret': { type: 'string' },
    anonymous: { type: 'boolean' },
    'until-stdin-ends': { type: 'boolean' },
  },
});
const args = argsSchema.parse(values);
const left = await readLeft(args.log);
const gateway = await openGateway(
  {
    port: args.port,
    honest: !args.anonymous,
    profile: args.profile,
    receiptDelayMs: args['receipt-delay'],
    receipts: args.receipts === undefined ? undefined : { url: args.receipts, secret: args['receipts-secret'] },
  },
  left,
  openSmscLog(args.log),
);

const obey = (line: string) => {
  try {
    gateway.obey(gatewayOrderSchema.parse(JSON.parse(line)));
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
};
// Ctrl-C in a terminal reaches children too: this one ends after its parent has taken leave.
if (args['until-stdin-ends']) process.on('SIGINT', () => {});
createInterface({ input: process.stdin })
  .on('line', obey)
  .on('close', () => {
    if (args['until-stdin-ends']) process.exit(0);
  });
process.stdout.write(`${JSON.stringify({ port: gateway.port })}\n`);
