import type { Execute } from '../../platform/command.ts';
import { systemActor } from '../../platform/command.ts';
import { AppError } from '../../shared/errors.ts';
import { checkList } from './imports/check-list.ts';
import { failList } from './imports/fail-list.ts';
import { openList } from './imports/open-list.ts';
import { refreshNow } from './refresh-now.ts';

/** What the registry does in the background: each one call of a use case. */
export interface RegistryJob {
  readonly name: string;
  readonly retries: number;
  readonly timeLimitSeconds: number;
  readonly run: (execute: Execute, data: object) => Promise<void>;
}

const importJob = (name: string, useCase: typeof openList | typeof checkList): RegistryJob => ({
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

export const registryJobs: readonly RegistryJob[] = [
  importJob('registry.open-list', openList),
  importJob('registry.check-list', checkList),
  {
    name: 'registry.refresh-now',
    retries: 3,
    timeLimitSeconds: 3_600,
    run: async (execute) => {
      await execute(refreshNow, systemActor, {});
    },
  },
];
