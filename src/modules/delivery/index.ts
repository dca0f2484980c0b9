import type { UseCase } from '../../platform/command.ts';

export const deliveryUseCases: readonly UseCase[] = [];
