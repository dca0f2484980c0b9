import type { Context, Execute } from './command.ts';

/** What a module does in the background: a job whose body is one call to a use case. */
export interface ModuleJob {
  readonly name: string;
  /** How often it is tried again after it threw. */
  readonly retries: number;
  readonly timeLimitSeconds: number;
  /** All that wait are done by one run: they ask for the same, and their data say nothing. */
  readonly together?: boolean;
  readonly run: (execute: Execute, data: object) => Promise<void>;
}

/**
 * What a module does when something above it in the river announces a fact. It reacts inside the announcing transaction, so
 * nothing is ever half-known; it does little (marks, derived rows), and enqueues a job for what can wait.
 */
export interface Subscription<D extends object = object> {
  readonly event: string;
  readonly react: (ctx: Context, data: D) => Promise<void>;
}
