import { describe, expect, it } from 'vitest';
import { river } from '../../src/river.ts';
import { ambientRule, circleRule, houseRule, layerRule, type Rule, riverRule, sqlRule } from './rules.ts';
import { listed, parse, readSources } from './source.ts';

const sources = readSources();

/** Each rule with small samples that must fail: a rule that finds nothing anywhere proves nothing. */
const rules: [name: string, rule: Rule, samples: Record<string, string>[]][] = [
  [
    'a module imports only what is above it, through the door',
    riverRule(['territory', 'identity', 'registry']),
    [
      { 'src/modules/territory/a.ts': "import { x } from '../registry/index.ts'; x();" },
      { 'src/modules/registry/a.ts': "import { x } from '../territory/store.ts'; x();" },
      { 'src/modules/registry/a.ts': "export { x } from '../territory/store.ts';" },
      { 'src/web/a.ts': "const x = await import('../modules/unknown/index.ts'); x();" },
    ],
  ],
  [
    'layers and the browser wall',
    layerRule,
    [
      { 'src/platform/a.ts': "import '../modules/territory/index.ts';" },
      { 'src/shared/a.ts': "import type { Db } from '../platform/db/connect.ts'; export type A = Db;" },
      { 'src/ui/islands/a.ts': "import '../../modules/territory/index.ts';" },
      { 'src/modules/registry/a.ts': "import '../../web/server.ts';" },
      { 'src/elsewhere/a.ts': 'export const a = 1;' },
    ],
  ],
  [
    'no circles',
    circleRule,
    [
      {
        'src/shared/a.ts': "import './b.ts';",
        'src/shared/b.ts': "import './c.ts';",
        'src/shared/c.ts': "import './a.ts';",
      },
    ],
  ],
  [
    'environment, clock and dice in one place',
    ambientRule,
    [
      { 'src/modules/registry/a.ts': 'export const a = process.env.HOME;' },
      { 'src/modules/registry/a.ts': 'export const a = () => new Date();' },
      { 'src/modules/registry/a.ts': 'export const a = () => Date.now();' },
      { 'src/example/a.ts': 'export const a = Math.random();' },
    ],
  ],
  [
    'SQL only in stores',
    sqlRule,
    [
      { 'src/modules/registry/a.ts': "export const a = (db: any) => db.selectFrom('x');" },
      { 'src/web/pages/a.ts': 'export const a = sql`select 1`;' },
    ],
  ],
  [
    'names and sizes',
    houseRule,
    [{ 'src/shared/text-utils.ts': 'export const a = 1;' }, { 'src/shared/long.ts': '\n'.repeat(301) }],
  ],
];

describe('the shape of the house', () => {
  it('sees every file that git lists', () => {
    expect(sources.length).toBe(listed().length);
    expect(sources.length).toBeGreaterThan(40);
  });

  for (const [name, rule, samples] of rules) {
    it(`${name}: holds`, () => {
      const own = rule === rules[0]![1] ? riverRule(river) : rule;
      expect(own(sources)).toEqual([]);
    });
    it(`${name}: the samples fail`, () => {
      for (const sample of samples) {
        const files = Object.entries(sample).map(([path, text]) => parse(path, text));
        expect(rule(files), JSON.stringify(sample)).not.toEqual([]);
      }
    });
  }
});
