import type { Verb } from './verb.ts';

export const planVerbs: readonly Verb[] = [];
