/**
 * A gateway for SMS over HTTP as a process of its own, for tests and measurements: it reaches nobody, and its log (as that of
 * `smsc.ts`) is the witness of what was handed over. Listens on loopback only. Says `{"port":N}` on standard output once it
 * does; takes orders as JSON lines on standard input.
 *
 *     node http-gateway.js --port 0 --log FILE [--profile plain|example] [--receipt-delay MS]
 *                          [--receipts URL --receipts-secret SECRET] [--anonymous] [--until-stdin-ends]
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { gatewayOrderSchema, openGateway } from './http-server.ts';
import { openSmscLog, readLeft } from './smsc-log.ts';
import { knownArgs, knownOptions, takeOrders } from './stand-in.ts';

const argsSchema = z.object({
  ...knownArgs,
  receipts: z.url().optional(),
  'receipts-secret': z.string().default(''),
  anonymous: z.boolean().default(false),
});

const own = {
  receipts: { type: 'string' },
  'receipts-secret': { type: 'string' },
  anonymous: { type: 'boolean' },
} as const;
const { values } = parseArgs({ options: { ...knownOptions, ...own } });
const args = argsSchema.parse(values);
const gateway = await openGateway(
  {
    port: args.port,
    honest: !args.anonymous,
    profile: args.profile,
    receiptDelayMs: args['receipt-delay'],
    receipts: args.receipts === undefined ? undefined : { url: args.receipts, secret: args['receipts-secret'] },
  },
  await readLeft(args.log),
  openSmscLog(args.log),
);
takeOrders(gateway, gatewayOrderSchema, args['until-stdin-ends']);
