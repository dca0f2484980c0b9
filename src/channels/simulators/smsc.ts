/**
 * An SMSC as a process of its own, for tests, measurements and the example: it reaches nobody, and its log is the witness of
 * what was handed over. Listens on loopback only. Says `{"port":N}` on standard output once it does; takes orders as JSON
 * lines on standard input.
 *
 *     node smsc.js --port 0 --log FILE [--password P] [--profile plain|example] [--receipt-delay MS] [--name NAME]
 *                  [--until-stdin-ends]
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SIMULATOR_NAME } from '../smpp-settings.ts';
import { openSmscLog, readLeft } from './smsc-log.ts';
import { openSmsc, orderSchema } from './smsc-server.ts';
import { knownArgs, knownOptions, takeOrders } from './stand-in.ts';

const argsSchema = z.object({
  ...knownArgs,
  password: z.string().optional(),
  name: z.string().max(15).default(SIMULATOR_NAME),
});

const { values } = parseArgs({ options: { ...knownOptions, password: { type: 'string' }, name: { type: 'string' } } });
const args = argsSchema.parse(values);
const { port, name, password, profile } = args;
const settings = { port, name, password, profile, receiptDelayMs: args['receipt-delay'] };
const smsc = await openSmsc(settings, await readLeft(args.log), openSmscLog(args.log));
takeOrders(smsc, orderSchema, args['until-stdin-ends']);
