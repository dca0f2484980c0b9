import { systemActor } from '../../platform/command.ts';
import type { ModuleJob } from '../../platform/work.ts';
import { closeMonths, listOpenMonths } from './close-months.ts';
import { listMarkedLines, recomputeLine } from './recompute-line.ts';

/** One transaction a line: what a worker that dies had computed stays, the rest is still marked. */
export const coverageJobs: readonly ModuleJob[] = [
  {
    name: 'coverage.recompute',
    retries: 3,
    timeLimitSeconds: 3_600,
    together: true,
    run: async (execute) => {
      for (const lineId of await execute(listMarkedLines, systemActor, {}))
        await execute(recomputeLine, systemActor, { lineId });
    },
  },
  {
    name: 'coverage.close-months',
    retries: 3,
    timeLimitSeconds: 3_600,
    run: async (execute) => {
      for (const lineId of await execute(listOpenMonths, systemActor, {}))
        await execute(closeMonths, systemActor, { lineId });
    },
  },
];
