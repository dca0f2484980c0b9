import { expect, it } from 'vitest';
import { fixedClock } from '../platform/clock.ts';
import { storyClock } from './story-clock.ts';

it('begins at ten in the morning of the same day, whatever the hour, and runs', () => {
  for (const hour of ['00:30', '06:59', '12:00', '23:59']) {
    const clock = fixedClock(new Date(`2026-03-05T${hour}:00+07:00`));
    const story = storyClock(clock);
    expect(story.now()).toEqual(new Date('2026-03-05T10:00:00+07:00'));
    clock.set(new Date(clock.now().getTime() + 90_000));
    expect(story.now()).toEqual(new Date('2026-03-05T10:01:30+07:00'));
  }
});

it('never goes beyond the plan it tells of', () => {
  const story = storyClock(fixedClock(new Date('2027-02-01T08:00:00+07:00')));
  expect(story.now()).toEqual(new Date('2026-12-31T10:00:00+07:00'));
});
