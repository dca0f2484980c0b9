import type { Db } from '../../platform/db/connect.ts';
import { notFound } from '../../shared/errors.ts';
import { type Say, sayIn } from '../../shared/words/index.ts';
import { builtIn, builtInName } from './built-in.ts';
import { ruleSchema } from './read-rule.ts';
import type { Rule } from './rule.ts';
import { findSaved } from './store.ts';

/** Whom something is meant for: a rule under a code that plans and people name. */
export interface Audience {
  readonly code: string;
  /** Of a built-in one in Vietnamese; `nameOfAudience` says it in another language. */
  readonly name: string;
  readonly rule: Rule;
  /** Whose it is: this place and everything below it may use it; null = built in, everybody's. */
  readonly placeId: string | null;
}

export const nameOfAudience = ({ code, name, placeId }: Omit<Audience, 'rule'>, say: Say): string =>
  placeId === null && builtIn.has(code) ? builtInName(code, say) : name;

/** The audience of a code: built in, or saved and not ended. */
export const findAudience = async (tx: Db, code: string): Promise<Audience | undefined> => {
  const rule = builtIn.get(code);
  if (rule) return { code, name: builtInName(code, sayIn('vi')), rule, placeId: null };
  const saved = await findSaved(tx, code);
  if (!saved || saved.endedAt !== null) return undefined;
  return { code, name: saved.name, rule: ruleSchema.parse(saved.rule), placeId: saved.placeId };
};

/** As `findAudience`; throws not-found `audience`. */
export const audienceCalled = async (tx: Db, code: string): Promise<Audience> => {
  const found = await findAudience(tx, code);
  if (!found) throw notFound('audience', { code });
  return found;
};
