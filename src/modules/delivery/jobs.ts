import { systemActor } from '../../platform/command.ts';
import type { ModuleJob } from '../../platform/work.ts';
import { tidyDeliveries } from './dispatch/index.ts';

export const deliveryJobs: readonly ModuleJob[] = [
  {
    name: 'delivery.tidy',
    retries: 2,
    timeLimitSeconds: 1_800,
    together: true,
    run: async (execute) => {
      await execute(tidyDeliveries, systemActor, {});
    },
  },
];
