import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Context, command, systemActor } from '../../src/platform/command.ts';
import type { World } from './world.ts';

/** Until a piece of work stands behind a lock that somebody else holds; at once when it is done without waiting. */
export const untilWaiting = async (world: World, work: Promise<unknown>): Promise<void> => {
  let done = false;
  const ended = () => {
    done = true;
  };
  work.then(ended, ended);
  while (!done) {
    const { rows } = await world.database.pool.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0].n > 0) return;
    await pause(5);
  }
};

const openCommand = command({
  name: 'test.open',
  input: z.custom<(ctx: Context) => Promise<void>>(),
  allow: 'signed-in',
  area: 'none',
  run: (ctx, work) => work(ctx),
  audit: () => ({}),
});

/** Does some work in a transaction that stays open until `end` is called. */
export const openWork = async (world: World, work: (ctx: Context) => Promise<unknown>) => {
  const [worked, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const whole = world.execute(openCommand, systemActor, async (ctx: Context) => {
    await work(ctx);
    worked.resolve();
    await closed.promise;
  });
  whole.catch(worked.reject);
  await worked.promise;
  return {
    end: async () => {
      closed.resolve();
      await whole;
    },
  };
};
