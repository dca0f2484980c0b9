import { countByPlace, listedClasses } from '../modules/registry/index.ts';
import { showDay } from '../shared/dates.ts';
import { dayOfCode, findPlace } from './find-place.ts';
import { choiceOption, choicesOption, dateOption } from './read-options.ts';
import type { Terminal } from './terminal.ts';
import type { Verb } from './verb.ts';

type Counted = Awaited<ReturnType<typeof countByPlace.run>>;

const total = ({ rows, classes }: Counted): Record<string, number> =>
  Object.fromEntries(classes.map((each) => [each, rows.reduce((sum, row) => sum + (row.households[each] ?? 0), 0)]));

const showCounts = (terminal: Terminal, counted: Counted): void => {
  const { rows, classes, by } = counted;
  const totals = total(counted);
  const withAll = by === 'village' && rows.some(({ all }) => all !== null);
  terminal.line('cli.counted.head', { on: showDay(counted.on), boundaries: showDay(counted.boundaries) });
  terminal.gap();
  terminal.table(
    [
      terminal.say('cli.column.code'),
      terminal.say('cli.column.name'),
      ...classes.map((each) => terminal.say(`class.${each}`)),
      terminal.say('cli.column.sum'),
      ...(withAll ? [terminal.say('cli.column.all')] : []),
    ],
    [
      ...rows.map((row) => [
        row.code ?? '',
        row.name || terminal.say('page.counts.elsewhere'),
        ...classes.map((each) => (row.known ? (row.households[each] ?? 0) : '–')),
        row.known ? row.sum : '–',
        ...(withAll ? [row.all?.households ?? null] : []),
      ]),
      ...(rows.length > 1 && rows.some(({ known }) => known)
        ? [
            [
              '',
              terminal.say('cli.counted.total'),
              ...classes.map((each) => totals[each] ?? 0),
              rows.reduce((sum, row) => sum + row.sum, 0),
            ],
          ]
        : []),
    ],
  );
  terminal.gap();
  if (rows.some(({ known }) => !known)) terminal.line('cli.counted.unknown', { on: showDay(counted.on) });
  if (counted.reviews.length === 0) terminal.line('cli.counted.no-lists');
  else terminal.line('cli.counted.reviews', { days: counted.reviews.map(({ asOf }) => showDay(asOf)).join(', ') });
};

export const countVerb: Verb = {
  group: null,
  name: 'count',
  words: ['<PLACE>'],
  options: [
    { flags: '--on <DATE>', help: 'count-on' },
    { flags: '--boundaries <DATE>' },
    { flags: '--by <LEVEL>' },
    { flags: '--classes <CLASSES>' },
  ],
  run: async ({ session, words: [place = ''], options }) => {
    const on = dateOption(options, 'on');
    // Who names a place by the code of another day means the map of that day.
    const boundaries = dateOption(options, 'boundaries') ?? dayOfCode(place);
    const by = choiceOption(options, 'by', ['village', 'commune', 'total'] as const);
    const classes = choicesOption(options, 'classes', listedClasses);
    // The place is one of the map by which is counted.
    const placeId = await findPlace(session, place, boundaries ?? on ?? session.today);
    const counted = await session.ask(countByPlace, { placeId, on, boundaries, by, classes });
    const sum = counted.rows.reduce((all, row) => all + row.sum, 0);
    session.terminal.result({ ...counted, totals: total(counted), sum });
    showCounts(session.terminal, counted);
    return undefined;
  },
};
