import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, readSources } from './source.ts';
import { classesIn, ownColours, readStyle, styleRule, tokensIn, wordsIn } from './style-rules.ts';

const sources = readSources();
const styles = readdirSync(new URL('../../src/ui/styles/', import.meta.url));
const tokens = ['tokens.css', 'dark.css'];

describe('pages are made of the parts in src/ui', () => {
  it('holds', () => {
    expect(styleRule(sources)).toEqual([]);
  });

  it('finds what breaks it', () => {
    const page = (text: string) => styleRule([parse('src/web/pages/a.page.tsx', `export const a = ${text};`)]);
    expect(page('<p class="hint">x</p>')).toHaveLength(1);
    expect(page('<p style="color:red">x</p>')).toHaveLength(1);
    expect(page('<table><tr /></table>')).toHaveLength(1);
    expect(page('<input type="text" name="x" />')).toHaveLength(1);
    expect(page('<input type="hidden" name="x" />')).toEqual([]);
    expect(page('<p><a href="/">x</a></p>')).toEqual([]);
  });
});

describe('stylesheets', () => {
  it('speak of nothing that no part has', () => {
    const words = new Set(
      sources.filter(({ path }) => path.startsWith('src/')).flatMap(({ program }) => [...wordsIn(program)]),
    );
    expect(styles.length).toBeGreaterThan(10);
    const unknown = styles.flatMap((name) =>
      classesIn(readStyle(name))
        .filter((each) => !words.has(each) && !each.startsWith('fill-'))
        .map((each) => `${name}: .${each}`),
    );
    expect(unknown).toEqual([]);
  });

  it('take every colour from the tokens', () => {
    const own = styles
      .filter((name) => !tokens.includes(name))
      .flatMap((name) => ownColours(readStyle(name)).map((colour) => `${name}: ${colour}`));
    expect(own).toEqual([]);
    expect(ownColours('a { color: white; border:1px solid gray } .red { white-space: pre } .x-blue {}')).toEqual([
      'white',
      'gray',
    ]);
    expect(ownColours('a { color: #fff; } /* #000 */ b { fill: rgb(0 0 0 / 50%) }')).toHaveLength(2);
  });

  it('know each colour of light in dark, too', () => {
    const [light, dark] = tokens.map((name) => tokensIn(readStyle(name)));
    const shape = /^--(s\d|round|target|measure|text|text-small|text-fine|side)$/u;
    expect(light!.filter((name) => !shape.test(name)).sort()).toEqual([...dark!].sort());
  });
});
