/**
 * An SMSC as a process of its own, for tests, measurements and the example: it reaches nobody, and its log is the witness of
 * what was handed over. Listens on loopback only. Says `{"port":N}` on standard output once it does; takes orders as JSON
 * lines on standard input.
 *
 *     node smsc.js --port 0 --log FILE [--password P] [--profile plain|example] [--receipt-delay MS] [--name NAME]
 *                  [--until-stdin-ends]
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SIMULATOR_NAME } from '../smpp-settings.ts';
import { profiles } from './smsc-behaviour.ts';
import { openSmscLog, readLeft } from './smsc-log.ts';
import { openSmsc, orderSchema } from './smsc-server.ts';

const argsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  log: z.string().min(1),
  password: z.string().optional(),
  profile: z.enum(profiles).default('plain'),
  'receipt-delay': z.coerce.number().min(0).default(0),
  name: z.string().max(15).default(SIMULATOR_NAME),
  'until-stdin-ends': z.boolean().default(false),
});

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    log: { type: 'string' },
    password: { type: 'string' },
    profile: { type: 'string' },
    'receipt-delay': { type: 'string' },
    name: { type: 'string' },
    'until-stdin-ends': { type: 'boolean' },
  },
});
const args = argsSchema.parse(values);
const left = await readLeft(args.log);
const smsc = await openSmsc(
  {
    port: args.port,
    name: args.name,
    password: args.password,
    profile: args.profile,
    receiptDelayMs: args['receipt-delay'],
  },
  left,
  openSmscLog(args.log),
);

const obey = (line: string) => {
  try {
    smsc.obey(orderSchema.parse(JSON.parse(line)));
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
process.stdout.write(`${JSON.stringify({ port: smsc.port })}\n`);
