import { describe, expect, it } from 'vitest';
import { words } from '../../shared/words/index.ts';
import { ruleInText, ruleSchema, textOfRule } from './read-rule.ts';
import { usesReach } from './rule.ts';

/** Where a rule is wrong, and how. */
const faults = (rule: unknown): string[] => {
  const read = ruleSchema.safeParse(rule);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};
const household = (where: unknown) => ({ subject: 'household', where });

const WRONG: readonly (readonly [unknown, readonly string[]])[] = [
  [undefined, [' rule.missing']],
  ['hộ nghèo', [' rule.missing']],
  [{ where: { class: ['poor'] } }, ['subject rule.subject']],
  [{ subject: 'village', where: { all: [] } }, ['subject rule.subject']],
  [{ subject: 'household' }, ['where rule.condition']],
  [{ subject: 'household', where: { all: [] }, limit: 3 }, ['limit rule.unknown']],
  [household({ class: ['rich'] }), ['where.class.0 rule.class']],
  [household({ class: [] }), ['where.class rule.list']],
  [household({ class: ['poor'], lacks: 3 }), ['where rule.one-key']],
  [household({}), ['where rule.one-key']],
  [household({ colour: 'red' }), ['where.colour rule.unknown']],
  [household({ constructor: 'x' }), ['where.constructor rule.unknown']],
  [
    household({ all: [{ lacks: 0 }, { lacks: 13 }] }),
    ['where.all.0.lacks rule.indicator', 'where.all.1.lacks rule.indicator'],
  ],
  [household({ not: { languages: { some: ['vi', 'xx'] } } }), ['where.not.languages.some.1 rule.language']],
  [household({ languages: { some: ['vi'], none: ['hmn'] } }), ['where.languages rule.one-of']],
  [household({ languages: ['vi'] }), ['where.languages rule.shape']],
  [household({ devices: { some: ['fax'] } }), ['where.devices.some.0 rule.device']],
  [household({ any: [] }), ['where.any rule.list']],
  [household({ place: ['Bản Mù'] }), ['where.place.0 place']],
  [household({ reached: { message: 'x', stage: 1 } }), ['where.reached.stage rule.stage']],
  [household({ size: {} }), ['where.size rule.one-of']],
  [household({ size: { min: 4, max: 2 } }), ['where.size rule.span']],
  [household({ classSince: { months: 6, from: '2025-01-01' } }), ['where.classSince rule.one-of']],
  [household({ classSince: { from: '31/12/2025' } }), ['where.classSince.from not-a-day']],
  [household({ livelihood: { contains: ['…'] } }), ['where.livelihood.contains.0 rule.value']],
  [household({ mobile: 'yes' }), ['where.mobile rule.yes-no']],
  // What is asked of people stands within some, no or head, and the other way round; officers have no members.
  [household({ sex: 'female' }), ['where.sex rule.unknown']],
  [household({ some: { class: ['poor'] } }), ['where.some.class rule.unknown']],
  [household({ some: { some: { sex: 'male' } } }), ['where.some.some rule.unknown']],
  [household({ head: { all: [{ age: { min: 0 } }] } }), ['where.head.all.0.age.min rule.number']],
  [household({ body: { in: ['UBND'] } }), ['where.body rule.unknown']],
  [{ subject: 'officer', where: { class: ['poor'] } }, ['where.class rule.unknown']],
  [{ subject: 'officer', where: { head: { sex: 'male' } } }, ['where.head rule.unknown']],
];

describe('reading a rule', () => {
  it.each(WRONG)('refuses %j', (rule, expected) => {
    expect(faults(rule)).toEqual(expected);
  });

  it('has a sentence for whatever it refuses', () => {
    const codes = WRONG.flatMap(([rule]) => faults(rule)).map((fault) => fault.split(' ')[1]!);
    expect(codes.filter((code) => !(`error.${code}` in words.vi))).toEqual([]);
  });

  it('refuses what is too deep or too long', () => {
    let deep: object = { class: ['poor'] };
    for (let at = 0; at < 30; at += 1) deep = { not: deep };
    expect(faults(household(deep))[0]).toMatch(/rule\.too-large$/u);
    expect(faults(household({ all: Array.from({ length: 301 }, () => ({ lacks: 1 })) }))[0]).toMatch(
      /rule\.too-large$/u,
    );
    expect(faults(household({ all: Array.from({ length: 299 }, () => ({ lacks: 1 })) }))).toEqual([]);
  });

  it('takes YAML and JSON alike, cleans texts, and writes back what it read', () => {
    const yaml =
      'subject: household\nwhere:\n  all:\n    - class: [poor]\n    - classSince: { from: 2025-01-01 }\n    - some: { job: { contains: ["  Làm   thuê "] } }\n';
    const rule = ruleSchema.parse(ruleInText(yaml));
    expect(rule).toEqual(
      household({
        all: [
          { class: ['poor'] },
          { classSince: { from: '2025-01-01' } },
          { some: { job: { contains: ['Làm thuê'] } } },
        ],
      }),
    );
    expect(ruleSchema.parse(ruleInText(JSON.stringify(rule)))).toEqual(rule);
    expect(ruleSchema.parse(ruleInText(textOfRule(rule)))).toEqual(rule);
  });

  it('refuses a text that is neither, and one that refers to itself', () => {
    for (const text of ['where: [', 'a: &a [1]\nb: *a', 'x: 1\nx: 2'])
      expect(() => ruleInText(text)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'rule.text' }));
  });

  it('knows whether who was reached decides', () => {
    const reached = { reached: { message: 'the-bhyt', stage: 2 } };
    expect(usesReach(ruleSchema.parse(household({ all: [{ class: ['poor'] }, { not: { any: [reached] } }] })))).toBe(
      true,
    );
    expect(usesReach(ruleSchema.parse(household({ some: { sex: 'female' } })))).toBe(false);
  });
});
