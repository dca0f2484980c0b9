import {
  findPlaces,
  fullName,
  importPlaces,
  type PlaceFault,
  placeKinds,
  setPlaceStatus,
} from '../modules/territory/index.ts';
import { readTexts } from '../platform/sheets/texts.ts';
import { addDays } from '../shared/dates.ts';
import { findPlace, placeName, span } from './find-place.ts';
import { choiceOption, countOption, dateOption, readableFile } from './read-options.ts';
import type { Terminal } from './terminal.ts';
import { textOf, type Verb } from './verb.ts';

const SHOWN = 20;

const findVerb: Verb = {
  group: 'place',
  name: 'find',
  words: ['<TEXT>'],
  options: [
    { flags: '--on <DATE>' },
    { flags: '--kind <KIND>' },
    { flags: '--within <PLACE>' },
    { flags: '--limit <NUMBER>' },
  ],
  run: async ({ session, words: [text = ''], options }) => {
    const { terminal } = session;
    const on = dateOption(options, 'on');
    const kind = choiceOption(options, 'kind', placeKinds);
    const limit = countOption(options, 'limit', 100) ?? SHOWN;
    const inside = textOf(options, 'within');
    const within = inside === undefined ? undefined : await findPlace(session, inside, on ?? session.today);
    const places = await session.ask(findPlaces, { text, on, kind, within, limit });
    terminal.result({ places });
    const narrowed = ['on', 'kind', 'within'].filter((name) => textOf(options, name) !== undefined);
    if (places.length === 0) {
      terminal.line('cli.place.none', { text });
      if (narrowed.length > 0)
        terminal.line('cli.place.none-so', { options: narrowed.map((name) => `--${name}`).join(', ') });
    } else
      terminal.table(
        ['name', 'above', 'kind', 'code', 'dates', 'id'].map((column) => terminal.say(`cli.column.${column}`)),
        places.map((place) => [
          fullName(place.unitType, place.name),
          place.path.join(', '),
          terminal.say(`cli.kind.${place.kind}`),
          place.officialCode,
          span(place.validFrom, place.validTo),
          place.placeId,
        ]),
      );
    if (places.length === limit) terminal.line('cli.first-only', { count: limit });
    return undefined;
  },
};

const showFaults = (terminal: Terminal, faults: readonly PlaceFault[]): void => {
  if (faults.length === 0) return;
  terminal.gap();
  terminal.table(
    ['row', 'column', 'value', 'severity', 'what'].map((column) => terminal.say(`cli.column.${column}`)),
    faults.map((fault) => [
      String(fault.row),
      fault.column,
      fault.value,
      terminal.say(`cli.severity.${fault.severity}`),
      terminal.say(`error.${fault.code}`, fault.params),
    ]),
  );
};

const importVerb: Verb = {
  group: 'import',
  name: 'places',
  words: ['<FILE>'],
  options: [{ flags: '--dry-run' }],
  run: async ({ session, words: [file = ''], options }) => {
    const { terminal } = session;
    const { path, name } = await readableFile(file);
    const rows = await readTexts(path, { name });
    const dryRun = options.dryRun === true;
    let report = await session.ask(importPlaces, { rows, commit: false });
    const errors = report.faults.filter(({ severity }) => severity === 'error').length;
    if (!dryRun && errors === 0) report = await session.ask(importPlaces, { rows, commit: true });
    const faults = report.faults.map((fault) => ({
      ...fault,
      message: terminal.say(`error.${fault.code}`, fault.params),
    }));
    terminal.result({ ...report, dryRun, errors, faults });
    const { added, changed, same } = report;
    terminal.line('cli.places.counts', { rows: report.rows, added, changed, same, errors });
    showFaults(terminal, report.faults);
    terminal.gap();
    terminal.line(report.committed ? 'cli.places.done' : errors > 0 ? 'cli.places.errors' : 'cli.places.dry-run');
    return errors > 0 ? 2 : undefined;
  },
};

const statusVerb: Verb = {
  group: 'place',
  name: 'status',
  words: ['<PLACE>', '<STATUS>'],
  options: [
    { flags: '--from <DATE>', required: true, help: 'status-from' },
    { flags: '--to <DATE>' },
    { flags: '--document <TEXT>', required: true },
    { flags: '--mark <MARK>' },
  ],
  run: async ({ session, words: [place = '', status = ''], options }) => {
    const from = dateOption(options, 'from')!;
    // People say the last day on which it holds; what is kept is the first on which it does not.
    const last = dateOption(options, 'to');
    const placeId = await findPlace(session, place, from);
    await session.ask(setPlaceStatus, {
      placeId,
      status,
      from,
      to: last && addDays(last, 1),
      document: textOf(options, 'document') ?? '',
      mark: choiceOption(options, 'mark', ['verified', 'unconfirmed'] as const),
    });
    session.terminal.result({ placeId, status, from, to: last ?? null });
    session.terminal.line('cli.place.status', { status, place: await placeName(session, placeId) });
    return undefined;
  },
};

export const placeVerbs: readonly Verb[] = [findVerb, importVerb, statusVerb];
