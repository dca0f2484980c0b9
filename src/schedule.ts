import type { Schedule } from './platform/jobs.ts';

/** Every recurring job, a line each; times are those of Asia/Ho_Chi_Minh. */
export const schedules: readonly Schedule[] = [
  { job: 'registry.refresh-now', cron: '10 0 * * *', why: 'what the calendar ends: 36 months of newly escaped, ages' },
  {
    job: 'coverage.close-months',
    cron: '0 1 2 * *',
    why: 'figures of the month that is over are closed and never written again',
  },
  { job: 'delivery.tidy', cron: '25 * * * *', why: 'receipts that never came; texts older than 90 days' },
];
