import { describe, expect, it } from 'vitest';
import { languages } from '../shared/words/index.ts';
import { runCli, verbs } from './run.ts';

/** A key shown in place of its sentence. */
const KEY = /\b(?:cli|error|page|role|class)\.[a-z][\w.-]*/gu;

const helpOf = async (...args: string[]): Promise<string> => {
  let text = '';
  const code = await runCli([...args, '--help'], {
    openDoors: () => {
      throw new Error('help opens nothing');
    },
    output: {
      out: (said) => {
        text += said;
      },
      err: (said) => {
        text += said;
      },
    } as Parameters<typeof runCli>[1]['output'],
    interruption: { requested: false },
    onInterrupt: () => {},
  });
  expect(code, args.join(' ')).toBe(0);
  return text;
};

const asked = [[], ...new Set(verbs.flatMap(({ group }) => group ?? []))].map((group) => [group].flat());
const all = [...asked, ...verbs.map(({ group, name }) => [group ?? [], name].flat())];

describe.each(languages)('help in %s', (lang) => {
  it('says a sentence for every command, word and option', async () => {
    expect(verbs.length).toBeGreaterThan(20);
    const holes: string[] = [];
    for (const args of all) {
      const text = await helpOf(...args, '--lang', lang);
      holes.push(...(text.match(KEY) ?? []).map((key) => `${args.join(' ')}: ${key}`));
    }
    expect(holes).toEqual([]);
  });
});
