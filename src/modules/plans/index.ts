import type { UseCase } from '../../platform/command.ts';

export const plansUseCases: readonly UseCase[] = [];
