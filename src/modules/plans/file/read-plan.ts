import { type Day, showDay } from '../../../shared/dates.ts';
import type { FieldFault } from '../../../shared/errors.ts';
import type { Basis } from '../plan.ts';
import { entriesOf, fieldsOf, type Item, openSource, type Source, textIn } from './document.ts';
import { type LineFile, readLine } from './read-line.ts';
import { type At, dayIn } from './values.ts';

/** What a plan file says, before anything it names has been looked up. */
export interface PlanFile {
  readonly code: At<string>;
  readonly title: string;
  readonly programme: string;
  readonly place: At<string>;
  readonly issuer: string;
  readonly number: string | null;
  readonly issuedOn: Day | null;
  readonly signer: string | null;
  readonly periodFrom: Day;
  readonly periodTo: Day;
  readonly parent: At<string> | null;
  readonly bases: readonly Basis[];
  readonly objectives: readonly string[];
  readonly lines: readonly LineFile[];
}

/** A plan file, read: `plan` is there when its head is whole, with those lines that are. Faults stand beside it. */
export interface ReadPlan {
  readonly source: Source;
  readonly plan: PlanFile | undefined;
}

/** A plan of a district and five years has some dozens of lines; a file of a megabyte is none. */
export const FILE_LIMIT = 1_048_576;
const MOST_LINES = 300;
const MOST_ENTRIES = 100;
const TEXT = 500;
const LONG = 2_000;
const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
/** Words that stand in addresses where a code otherwise does. */
const TAKEN = ['import', 'activities'];

const HEAD_KEYS = [
  'code', 'title', 'programme', 'place', 'issuer', 'number', 'date', 'signer', 'period', 'parent', 'bases', 'objectives', 'lines',
]; // biome-ignore format: a line of words

const codeIn = (source: Source, item: Item): At<string> | undefined => {
  const value = textIn(source, item, 60);
  if (value !== undefined && CODE.test(value) && !TAKEN.includes(value)) return { value, item };
  if (value !== undefined) source.refuse(item, 'plan-file.code', { value });
  return undefined;
};

const basisIn = (source: Source, item: Item): Basis | undefined => {
  const fields = fieldsOf(source, item, ['number', 'date', 'issuer', 'title']);
  if (!fields) return undefined;
  const text = (name: string) => {
    const at = fields.get(name);
    return at ? textIn(source, at, LONG) : '';
  };
  const date = fields.get('date');
  const title = fields.has('title') ? text('title') : undefined;
  if (title === undefined) {
    if (!fields.has('title')) source.refuse(item, 'plan-file.missing', { key: 'title' });
    return undefined;
  }
  return {
    number: text('number') ?? '',
    date: date ? (dayIn(source, date) ?? null) : null,
    issuer: text('issuer') ?? '',
    title,
  };
};

const periodIn = (source: Source, item: Item): { from: Day; to: Day } | undefined => {
  const fields = fieldsOf(source, item, ['from', 'to']);
  if (!fields) return undefined;
  const day = (name: string): Day | undefined => {
    const at = fields.get(name);
    if (!at) source.refuse(item, 'plan-file.missing', { key: name });
    return at && dayIn(source, at);
  };
  const [from, to] = [day('from'), day('to')];
  if (from === undefined || to === undefined) return undefined;
  if (from <= to) return { from, to };
  source.refuse(item, 'plan-file.period', { from: showDay(from), to: showDay(to) });
  return undefined;
};

const positions = (source: Source, items: readonly Item[], period: { from: Day; to: Day }): LineFile[] => {
  const lines: LineFile[] = [];
  const seen = new Map<number, string>();
  let last = 0;
  for (const item of items) {
    const line = readLine(source, item, { next: last + 1, ...period });
    if (!line) continue;
    last = line.position;
    if (seen.has(line.position))
      source.refuse(line.positionItem, 'plan-file.position-twice', { position: line.position });
    else lines.push(line);
    seen.set(line.position, line.what);
  }
  return lines.sort((a, b) => a.position - b.position);
};

/** Reads a plan file. Whatever is wrong stands in `source.faults`, each with its line and column in the file. */
export const readPlan = (text: string): ReadPlan => {
  const source = openSource(text);
  const fields = source.broken ? undefined : fieldsOf(source, source.root, HEAD_KEYS);
  if (!fields) return { source, plan: undefined };
  const need = <T>(name: string, read: (source: Source, item: Item) => T | undefined): T | undefined => {
    const item = fields.get(name);
    if (item) return read(source, item);
    source.refuse(source.root, 'plan-file.missing', { key: name });
    return undefined;
  };
  const may = <T>(name: string, read: (source: Source, item: Item) => T | undefined): T | null => {
    const item = fields.get(name);
    return (item && read(source, item)) ?? null;
  };
  const short = (from: Source, item: Item) => textIn(from, item, TEXT);
  const named = (from: Source, item: Item): At<string> | undefined => {
    const value = textIn(from, item, TEXT);
    return value === undefined ? undefined : { value, item };
  };
  const code = need('code', codeIn);
  const title = need('title', short);
  const programme = need('programme', short);
  const place = need('place', named);
  const issuer = need('issuer', short);
  const period = need('period', periodIn);
  const more = {
    number: may('number', short),
    issuedOn: may('date', dayIn),
    signer: may('signer', short),
    parent: may('parent', named),
    bases: entriesOf(source, fields.get('bases'), MOST_ENTRIES).flatMap((item) => basisIn(source, item) ?? []),
    objectives: entriesOf(source, fields.get('objectives'), MOST_ENTRIES).flatMap(
      (item) => textIn(source, item, LONG) ?? [],
    ),
  };
  const items = entriesOf(
    source,
    need('lines', (_, item) => item),
    MOST_LINES,
  );
  if (fields.has('lines') && items.length === 0) source.refuse(source.root, 'plan-file.missing', { key: 'lines' });
  const lines = positions(source, items, period ?? { from: '0001-01-01', to: '9999-12-31' });
  if (!code || !title || !programme || !place || !issuer || !period) return { source, plan: undefined };
  const head = { code, title, programme, place, issuer, periodFrom: period.from, periodTo: period.to };
  return { source, plan: { ...head, ...more, lines } };
};

/** The faults in the order of the file. */
export const inOrder = (faults: readonly FieldFault[]): FieldFault[] =>
  faults.toSorted(
    (a, b) =>
      Number(a.params?.line ?? 0) - Number(b.params?.line ?? 0) ||
      Number(a.params?.column ?? 0) - Number(b.params?.column ?? 0),
  );
