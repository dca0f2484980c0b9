import type { UseCase } from '../../platform/command.ts';

export const gatheringsUseCases: readonly UseCase[] = [];
