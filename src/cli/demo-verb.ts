import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Chapter, tellStory } from '../example/story.ts';
import { storyClock } from '../example/story-clock.ts';
import type { Say } from '../shared/words/index.ts';
import { textOf, type Verb } from './verb.ts';

const NAMES = ['cli.demo.figure', 'class', 'audience.built-in', 'reason'];

/** A figure's name is a word of the product: its key, or of the story, a class, an audience, a reason. */
const nameOf = (name: string, say: Say): string => {
  const keys = [name, ...NAMES.map((group) => `${group}.${name}`)];
  return say(keys.find((key) => say(key) !== key) ?? `cli.demo.figure.${name}`);
};

/** Tells the main job from beginning to end on a fresh database of its own, each step with its figures. */
export const demoVerb: Verb = {
  group: null,
  name: 'demo',
  words: [],
  options: [{ flags: '--keep <FOLDER>' }],
  run: async ({ session: { terminal, doors }, options }) => {
    const kept = textOf(options, 'keep');
    const folder = kept === undefined ? await mkdtemp(join(tmpdir(), 'lantoa-demo-')) : resolve(kept);
    terminal.line('cli.demo.begin');
    const clock = storyClock(doors.clock);
    const app = await doors.openApart(folder, clock);
    const chapters: Chapter[] = [];
    try {
      for await (const chapter of tellStory({ ...app, clock, log: doors.log })) {
        chapters.push(chapter);
        terminal.gap();
        terminal.line(`cli.demo.${chapter.step}`);
        terminal.table(
          [terminal.say('cli.column.what'), terminal.say('cli.column.value')],
          Object.entries(chapter.figures).map(([name, value]) => [nameOf(name, terminal.say), value]),
        );
      }
    } finally {
      await app.close();
      if (kept === undefined) await rm(folder, { recursive: true, force: true });
    }
    terminal.result({ synthetic: true, steps: chapters });
    return undefined;
  },
};
