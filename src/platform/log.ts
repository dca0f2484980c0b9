import { type Logger, pino } from 'pino';

export type Log = Logger;

interface FailureLine {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly routine?: string;
  readonly stack: readonly string[];
}

/**
 * What of an error may stand in the log: logs leave the machine with a call for help, and PostgreSQL's sentence, `detail`
 * and `where` hold whole rows of people. Of such an error only its code and the names of what it hit are kept.
 */
export const describeError = (raw: unknown): FailureLine => {
  if (!(raw instanceof Error)) return { type: typeof raw, stack: [] };
  const error = raw as Error & {
    code?: string;
    severity?: string;
    constraint?: string;
    table?: string;
    routine?: string;
  };
  // The stack begins with the message, so only its places are taken.
  const stack = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /u.test(line));
  const { code, constraint, table, routine } = error;
  if (error.severity !== undefined) return { type: 'postgres', code, constraint, table, routine, stack } as FailureLine;
  return { type: error.name, ...(code ? { code } : {}), message: error.message, stack };
};

/** Structured lines on standard error, so that standard output stays free for what a command answers. */
export const createLog = (
  level: string,
  to: { write(line: string): void } = pino.destination({ dest: 2, sync: true }),
): Log => pino({ level, base: undefined, serializers: { err: describeError } }, to);

export const silentLog = (): Log => pino({ level: 'silent' });
