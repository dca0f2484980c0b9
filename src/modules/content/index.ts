import type { UseCase } from '../../platform/command.ts';

export const contentUseCases: readonly UseCase[] = [];
