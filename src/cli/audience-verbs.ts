import type { Verb } from './verb.ts';

export const audienceVerbs: readonly Verb[] = [];
