import { sendAndKill } from '../tests/support/send-and-kill.ts';
import type { Bench } from './row.ts';

/** kill -9 of the whole process group, PostgreSQL included, again and again in one sending: the sink's log is the oracle. */
export const kill: Bench = async ({ quick }) => {
  const sizes = quick ? { recipients: 2_000, kills: 3 } : { recipients: 20_000, kills: 25 };
  const result = await sendAndKill(sizes);
  const row = (name: string, value: number, threshold: string, holds: boolean) => ({
    ...{ name, value, unit: 'deliveries', baseline: null, ratio: null, threshold, holds },
    sizes: { ...sizes, delivered: result.delivered, uncertain: result.uncertain },
  });
  return [
    row('kill-lost', result.lost, '0', result.lost === 0),
    row('kill-doubled', result.doubled + result.secretlySent, '0', result.doubled + result.secretlySent === 0),
    row('kill-uncertain-by-one', result.mostUncertainByOneKill, '<= 100', result.mostUncertainByOneKill <= 100),
  ];
};
