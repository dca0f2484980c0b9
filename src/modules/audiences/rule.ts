import type { z } from 'zod';
import type { Leaf, PersonLeaf } from './leaves.ts';

/**
 * A rule says for whom something is meant: true, false or unknown of each subject on a day. Logic is three-valued
 * (Kleene): unknown is not true, and whoever counts tells how many are out because something is unknown.
 */
export interface Rule {
  readonly subject: 'household' | 'officer';
  readonly where: Condition;
}

/** Of a subject. `{ all: [] }` is true of everybody. */
export type Condition = Tree<Leaf | Quantified>;

/** Of one and the same member of a household. */
export type PersonCondition = Tree<PersonLeaf>;

export type Tree<L> =
  | { readonly all: readonly Tree<L>[] }
  | { readonly any: readonly Tree<L>[] }
  | { readonly not: Tree<L> }
  | L;

/** At least one member; no member; the head. Only households have members. */
export type Quantified =
  | { readonly some: PersonCondition }
  | { readonly no: PersonCondition }
  | { readonly head: PersonCondition };

/** A rule that is refused, with the way to what is wrong in it. */
export interface RuleFault {
  readonly path: readonly (string | number)[];
  readonly code: string;
}

export type RuleSchema = z.ZodType<Rule, unknown>;

/** Every leaf over the subject in a condition, also inside all, any and not, with the way to it. */
export function* leavesOf(
  condition: Condition,
  path: RuleFault['path'] = ['where'],
): Generator<[Leaf, RuleFault['path']]> {
  if ('all' in condition || 'any' in condition) {
    const [name, each] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
    for (const [at, below] of each.entries()) yield* leavesOf(below, [...path, name, at]);
  } else if ('not' in condition) yield* leavesOf(condition.not, [...path, 'not']);
  else if (!('some' in condition || 'no' in condition || 'head' in condition)) yield [condition, path];
}

/** Whether who was reached decides: such an audience changes with every contact. */
export const usesReach = (rule: Rule): boolean => [...leavesOf(rule.where)].some(([leaf]) => 'reached' in leaf);

/** The places that a rule names. */
export const placesIn = (rule: Rule): string[] => [
  ...new Set([...leavesOf(rule.where)].flatMap(([leaf]) => ('place' in leaf ? leaf.place : []))),
];

/** Sensitive (NĐ 356/2025/NĐ-CP): ethnic group, and the languages that tell it, health; and what singles one household out. */
const SENSITIVE = ['code', 'disabled', 'ethnicity', 'groups', 'insured', 'languages'];

const JOINTS = ['all', 'any', 'not', 'some', 'no', 'head'];

/** What a rule looks at, by name, that of members too: `class`, `ethnicity`, `disabled` … */
export const namesIn = (rule: Rule): string[] => {
  const found = new Set<string>();
  const visit = (condition: object): void => {
    for (const [name, inner] of Object.entries(condition)) {
      if (!JOINTS.includes(name)) found.add(name);
      else for (const each of Array.isArray(inner) ? inner : [inner]) visit(each);
    }
  };
  visit(rule.where);
  return [...found].sort();
};

/** What of that is sensitive: a count of it is written down as a look. */
export const sensitiveIn = (rule: Rule): string[] => namesIn(rule).filter((name) => SENSITIVE.includes(name));
