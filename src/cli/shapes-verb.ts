import { loadShapes, readShapes, SHAPE_LIMITS } from '../modules/territory/index.ts';
import { findPlace } from './find-place.ts';
import { dateOption, readableFile, readText } from './read-options.ts';
import type { Terminal } from './terminal.ts';
import { textOf, type Verb } from './verb.ts';

interface Left {
  readonly number: number;
  readonly text: string;
  readonly message: string;
}

const showLeft = (terminal: Terminal, left: readonly Left[]): void => {
  if (left.length === 0) return;
  terminal.gap();
  terminal.table(
    ['feature', 'name', 'what'].map((column) => terminal.say(`cli.column.${column}`)),
    left.map(({ number, text, message }) => [String(number), text, message]),
  );
};

/** The map of a commune's villages from its own GeoJSON file: tried first; written when something of it is a village. */
export const shapesVerb: Verb = {
  group: 'place',
  name: 'shapes',
  words: ['<FILE>'],
  options: [
    { flags: '--commune <PLACE>', required: true, help: 'shapes-commune' },
    { flags: '--from <DATE>', help: 'shapes-from' },
    { flags: '--dry-run' },
  ],
  run: async ({ session, words: [file = ''], options }) => {
    const { terminal } = session;
    const { name } = await readableFile(file);
    const { features, shapes, faults } = await readShapes(await readText(file, SHAPE_LIMITS.bytes));
    const placeId = await findPlace(session, textOf(options, 'commune') ?? '', session.today);
    const asked = { placeId, shapes: [...shapes], source: name, from: dateOption(options, 'from') };
    let report = await session.ask(loadShapes, { ...asked, commit: false });
    const dryRun = options.dryRun === true;
    if (!dryRun && report.found.length > 0) report = await session.ask(loadShapes, { ...asked, commit: true });
    const left = [
      ...report.left.map(({ number, text, why, nearest }) => ({
        ...{ number, text },
        message: terminal.say(why === 'none' && nearest.length > 0 ? 'page.map.why.near' : `page.map.why.${why}`, {
          names: nearest.join(', '),
        }),
      })),
      ...faults.map(({ number, code }) => ({ number, text: '', message: terminal.say(`error.map.feature.${code}`) })),
    ].sort((a, b) => a.number - b.number);
    const { found, missing, committed } = report;
    terminal.result({
      ...{ placeId, features, dryRun, committed, missing, left },
      found: found.map(({ geometry, ...each }) => ({ ...each, kind: geometry.type })),
    });
    const count = (change: string): number => found.filter((each) => each.change === change).length;
    terminal.line('cli.shapes.counts', {
      ...{ features, villages: found.length },
      ...{ added: count('added'), changed: count('changed'), same: count('same') },
    });
    if (missing.length > 0) terminal.line('cli.shapes.missing', { names: missing.join(', ') });
    showLeft(terminal, left);
    terminal.gap();
    terminal.line(found.length === 0 ? 'cli.shapes.nothing' : committed ? 'cli.shapes.done' : 'cli.shapes.dry-run');
    return found.length === 0 ? 2 : undefined;
  },
};
