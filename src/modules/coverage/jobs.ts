import { systemActor } from '../../platform/command.ts';
import type { ModuleJob } from '../../platform/work.ts';
import { closeMonths, listOpenMonths } from './close-months.ts';
import { listMarkedLines, recomputeLine } from './recompute-line.ts';

/**
 * One transaction a line: what a worker that dies had computed stays, the rest is still marked. A line that cannot be done
 * holds up none of the others; that it could not is said at the end, so that it is tried again and seen.
 */
const eachLine = async (lineIds: readonly string[], run: (lineId: string) => Promise<unknown>) => {
  const failed: unknown[] = [];
  for (const lineId of lineIds)
    try {
      await run(lineId);
    } catch (error) {
      failed.push(new Error(`line ${lineId}`, { cause: error }));
    }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} of ${lineIds.length} lines failed`);
};

export const coverageJobs: readonly ModuleJob[] = [
  {
    name: 'coverage.recompute',
    retries: 3,
    timeLimitSeconds: 3_600,
    together: true,
    run: async (execute) => {
      let behind = false;
      await eachLine(await execute(listMarkedLines, systemActor, {}), async (lineId) => {
        // One has asked for the refresh, which marks all of them: enough.
        if (!behind) ({ behind } = await execute(recomputeLine, systemActor, { lineId }));
      });
    },
  },
  {
    name: 'coverage.close-months',
    retries: 3,
    timeLimitSeconds: 3_600,
    run: async (execute) =>
      eachLine(await execute(listOpenMonths, systemActor, {}), (lineId) =>
        execute(closeMonths, systemActor, { lineId }),
      ),
  },
];
