import type { Verb } from './verb.ts';

export const messageVerbs: readonly Verb[] = [];
