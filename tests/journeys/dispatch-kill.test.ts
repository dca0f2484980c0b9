import { describe, expect, it } from 'vitest';
import { sendAndKill } from '../support/send-and-kill.ts';

describe('kill -9 of everything, PostgreSQL included, in the middle of a sending', () => {
  it('loses nothing and doubles nothing, by the log of who received it', { timeout: 240_000 }, async () => {
    const result = await sendAndKill({ recipients: 1_500, kills: 4 });
    expect(result).toMatchObject({ recipients: 1_500, kills: 4, lost: 0, doubled: 0, secretlySent: 0 });
    expect(result.mostUncertainByOneKill).toBeLessThanOrEqual(100);
    expect(result.delivered + result.uncertain).toBe(1_500);
    expect(result.delivered).toBeGreaterThan(1_000);
  });
});
