import type { Verb } from './verb.ts';

export const coverageVerbs: readonly Verb[] = [];
