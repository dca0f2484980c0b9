import type { UseCase } from '../../platform/command.ts';
import type { Subscription } from '../../platform/work.ts';

export const reachUseCases: readonly UseCase[] = [];
export const reachSubscriptions: readonly Subscription<never>[] = [];
