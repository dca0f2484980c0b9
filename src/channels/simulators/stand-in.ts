import { createInterface } from 'node:readline';
import { z } from 'zod';
import { profiles } from './smsc-behaviour.ts';

/** What every simulator that is a process of its own may be told on its command line: as it is read, and as it is checked. */
export const knownOptions = {
  port: { type: 'string' },
  log: { type: 'string' },
  profile: { type: 'string' },
  'receipt-delay': { type: 'string' },
  'until-stdin-ends': { type: 'boolean' },
} as const;

export const knownArgs = {
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  log: z.string().min(1),
  profile: z.enum(profiles).default('plain'),
  'receipt-delay': z.coerce.number().min(0).default(0),
  'until-stdin-ends': z.boolean().default(false),
};

/** Says `{"port":N}` on standard output, and takes orders as JSON lines on standard input; ends with it where that is asked for. */
export const takeOrders = <S extends z.ZodType>(
  simulator: { readonly port: number; obey(order: z.output<S>): void },
  orders: S,
  untilStdinEnds: boolean,
): void => {
  const obey = (line: string) => {
    try {
      simulator.obey(orders.parse(JSON.parse(line)));
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
    }
  };
  // Ctrl-C in a terminal reaches children too: this one ends after its parent has taken leave.
  if (untilStdinEnds) process.on('SIGINT', () => {});
  createInterface({ input: process.stdin })
    .on('line', obey)
    .on('close', () => {
      if (untilStdinEnds) process.exit(0);
    });
  process.stdout.write(`${JSON.stringify({ port: simulator.port })}\n`);
};
