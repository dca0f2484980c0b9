import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { invalid } from '../../shared/errors.ts';
import { leafSchemas } from './leaves.ts';
import type { Condition, Rule, RuleFault, RuleSchema } from './rule.ts';

const DEEPEST = 12;
const MOST = 300;

type Kind = 'household' | 'officer' | 'person';

interface Reading {
  readonly faults: RuleFault[];
  conditions: number;
}

type Path = readonly (string | number)[];

const QUANTIFIERS = ['some', 'no', 'head'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the value under a leaf's name came to; its faults carry the whole way to them. */
const readLeaf = (schema: z.ZodType, value: unknown, path: Path, reading: Reading): unknown => {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  for (const issue of read.error.issues) {
    const code = /^[a-z][a-z0-9.-]+$/u.test(issue.message) ? issue.message : 'rule.value';
    reading.faults.push({
      path: [...path, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))],
      code,
    });
  }
  return undefined;
};

/** One condition with everything below it; a word that says nothing here is a fault at its own place. */
const readTree = (value: unknown, kind: Kind, path: Path, reading: Reading): unknown => {
  const fault = (code: string, at: Path = path): undefined => {
    reading.faults.push({ path: at, code });
  };
  reading.conditions += 1;
  if (reading.conditions > MOST || path.length > DEEPEST * 2) return fault('rule.too-large');
  if (!isObject(value)) return fault('rule.condition');
  const keys = Object.keys(value);
  const [key] = keys;
  if (key === undefined || keys.length > 1) return fault('rule.one-key');
  const inner = value[key];
  const below = [...path, key];
  if (key === 'all' || key === 'any') {
    if (!Array.isArray(inner) || (key === 'any' && inner.length === 0)) return fault('rule.list', below);
    return { [key]: inner.map((each, at) => readTree(each, kind, [...below, at], reading)) };
  }
  if (key === 'not') return { not: readTree(inner, kind, below, reading) };
  if (kind === 'household' && QUANTIFIERS.includes(key)) return { [key]: readTree(inner, 'person', below, reading) };
  const schema = Object.hasOwn(leafSchemas[kind], key) ? leafSchemas[kind][key] : undefined;
  if (!schema) return fault('rule.unknown', below);
  return { [key]: readLeaf(schema, inner, below, reading) };
};

/** Reads a rule; what is wrong with it comes with the way to it (`where.all.0.languages.some.1`). */
const readRule = (value: unknown): { rule: Rule | undefined; faults: readonly RuleFault[] } => {
  const reading: Reading = { faults: [], conditions: 0 };
  if (!isObject(value)) return { rule: undefined, faults: [{ path: [], code: 'rule.missing' }] };
  for (const key of Object.keys(value))
    if (key !== 'subject' && key !== 'where') reading.faults.push({ path: [key], code: 'rule.unknown' });
  const { subject, where } = value;
  if (subject !== 'household' && subject !== 'officer')
    return { rule: undefined, faults: [...reading.faults, { path: ['subject'], code: 'rule.subject' }] };
  const condition = readTree(where, subject, ['where'], reading) as Condition;
  return { rule: reading.faults.length > 0 ? undefined : { subject, where: condition }, faults: reading.faults };
};

/** A rule as it comes from a form, a file or the database. */
export const ruleSchema: RuleSchema = z.unknown().transform((value, context): Rule => {
  const { rule, faults } = readRule(value);
  if (rule) return rule;
  for (const { path, code } of faults) context.addIssue({ code: 'custom', message: code, path: [...path] });
  return z.NEVER;
});

/** The rule in a text of YAML or JSON, not yet read as a rule. Throws invalid `rule.text`. */
export const ruleInText = (text: string): unknown => {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch {
    throw invalid('rule.text', {}, [{ path: 'rule', code: 'rule.text' }]);
  }
};

/** A rule as people edit it. */
export const textOfRule = (rule: Rule): string => stringify(rule, { lineWidth: 100 });
