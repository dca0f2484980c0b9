import type { Clock } from '../platform/clock.ts';
import { type Day, dayOf } from '../shared/dates.ts';

/** The last day of the plan that the story is about; nothing can be done for a plan after its end. */
const LAST_DAY: Day = '2026-12-31';

/**
 * The clock of the story: of the same day, but from ten in the morning on, for at night nothing is sent; and never later
 * than the plan it is about. It runs as fast as the one it is made from.
 */
export const storyClock = (clock: Clock): Clock => {
  const begun = clock.now().getTime();
  const today = dayOf(clock.now());
  const morning = new Date(`${today < LAST_DAY ? today : LAST_DAY}T10:00:00+07:00`).getTime();
  return { now: () => new Date(morning + clock.now().getTime() - begun) };
};
