import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Structured lines on standard error, so that standard output stays free for what a command answers. */
export const createLog = (level: string): Log =>
  pino({ level, base: undefined }, pino.destination({ dest: 2, sync: true }));

export const silentLog = (): Log => pino({ level: 'silent' });
