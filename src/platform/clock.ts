import { type Day, dayOf } from '../shared/dates.ts';

/** The one source of "now"; tests and the example hand in their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is set. */
export const fixedClock = (at: Date): Clock & { set(to: Date): void } => {
  let current = at;
  return {
    now: () => current,
    set: (to) => {
      current = to;
    },
  };
};

export const today = (clock: Clock): Day => dayOf(clock.now());
