import type { UseCase } from '../../platform/command.ts';

export const visitsUseCases: readonly UseCase[] = [];
