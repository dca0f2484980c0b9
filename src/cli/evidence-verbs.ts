import type { Verb } from './verb.ts';

export const evidenceVerbs: readonly Verb[] = [];
