import { systemActor } from '../../platform/command.ts';
import type { ModuleJob } from '../../platform/work.ts';
import { AppError } from '../../shared/errors.ts';
import { checkList } from './imports/check-list.ts';
import { failList } from './imports/fail-list.ts';
import { openList } from './imports/open-list.ts';
import { refreshNow } from './refresh-now.ts';

const importJob = (name: string, useCase: typeof openList | typeof checkList): ModuleJob => ({
  name,
  retries: 2,
  timeLimitSeconds: 3_600,
  run: async (execute, data) => {
    const { importId } = data as { importId: string };
    try {
      await execute(useCase as typeof openList, systemActor, { importId });
    } catch (error) {
      if (error instanceof AppError && error.kind === 'unavailable') throw error;
      // What is wrong with the file, or with us, will be wrong the next time too: said to the officer, not tried again.
      const known =
        error instanceof AppError
          ? { code: error.code, params: { ...error.params } }
          : { code: 'import.defect', params: {} };
      await execute(failList, systemActor, { importId, ...known });
      if (!(error instanceof AppError)) throw error;
    }
  },
});

export const registryJobs: readonly ModuleJob[] = [
  importJob('registry.open-list', openList),
  importJob('registry.check-list', checkList),
  {
    name: 'registry.refresh-now',
    retries: 3,
    timeLimitSeconds: 3_600,
    together: true,
    run: async (execute) => {
      await execute(refreshNow, systemActor, {});
    },
  },
];
