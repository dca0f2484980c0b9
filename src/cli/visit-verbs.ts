import type { Verb } from './verb.ts';

export const visitVerbs: readonly Verb[] = [];
