import { describe, expect, it } from 'vitest';
import type { Channel } from '../../shared/channels.ts';
import { mayBeRecorded, standingOf } from './progress.ts';

const line = (subject: 'household' | 'officer', ...channels: Channel[]) => ({
  ...{ channels, startsOn: '2026-02-01', endsOn: '2026-03-31' },
  rule: { subject, where: { all: [] } },
});

const inJune = (of: ReturnType<typeof line>, done = 0) => standingOf('issued', of, done, '2026-06-15');

describe('where a line stands', () => {
  it('is late only when what was planned would be known here', () => {
    expect(inJune(line('household', 'meeting', 'training'))).toBe('late');
    expect(inJune(line('household', 'sms'))).toBe('late');
    expect(inJune(line('officer', 'email'))).toBe('late');
    expect(inJune(line('officer', 'bulletin', 'training'))).toBe('late');
    // The training may have been held: nobody knows here.
    expect(inJune(line('officer', 'training', 'email'))).toBe('unkept');
    expect(inJune(line('household', 'contest'))).toBe('unkept');
    // Lists of attendance name households.
    expect(inJune(line('officer', 'meeting'))).toBe('unkept');
    expect(inJune(line('officer', 'training', 'email'), 1)).toBe('over');
    expect(standingOf('issued', line('officer', 'training'), 0, '2026-01-31')).toBe('ahead');
    expect(standingOf('draft', line('household', 'meeting'), 0, '2026-06-15')).toBeNull();
  });

  it('has something to write down unless it is only training and the like, or only sent to officers', () => {
    expect(mayBeRecorded(line('household', 'meeting', 'contest'))).toBe(true);
    expect(mayBeRecorded(line('household', 'sms'))).toBe(true);
    expect(mayBeRecorded(line('officer', 'poster'))).toBe(true);
    for (const channels of [['training'], ['dialogue', 'contest'], ['press', 'sms']] as Channel[][])
      expect(mayBeRecorded(line('household', ...channels))).toBe(false);
    expect(mayBeRecorded(line('officer', 'email'))).toBe(false);
    expect(mayBeRecorded(line('officer', 'meeting', 'visit'))).toBe(false);
  });
});
