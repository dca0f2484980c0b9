import type { UseCase } from '../../platform/command.ts';

export const broadcastUseCases: readonly UseCase[] = [];
