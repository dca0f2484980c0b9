import type { UseCase } from '../../platform/command.ts';

export const audiencesUseCases: readonly UseCase[] = [];
