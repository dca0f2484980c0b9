// Counts reach again from the exported tables alone. Shares no line with the product: what it says of a rate is a second opinion.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

type Row = Record<string, string>;
type Truth = boolean | null;

const WORDS: Record<string, Truth> = { true: true, false: false };
const READ = ['leaflet', 'leaflet-left', 'zalo', 'poster', 'bulletin', 'sms', 'email'];

const read = new Map<string, Row[]>();
const table = (folder: string, name: string): Row[] => {
  const path = `${folder}/${name}.csv`;
  read.set(path, read.get(path) ?? parse(readFileSync(path), { columns: true }));
  return read.get(path)!;
};
const holds = (row: Row, day: string): boolean =>
  row.valid_from! <= day && (row.valid_to === '' || row.valid_to! > day);
const group = (rows: Row[], key: string): Map<string, Row[]> => Map.groupBy(rows, (row) => row[key]!);
const inForce = (rows: Row[], id: string): Row[] => {
  const voided = new Set(rows.map((row) => row.voids));
  return rows.filter((row) => row.voids === '' && !voided.has(row[id]!));
};

/** Three years after a household newly escaped it is not poor: the class of a day, from rows in the order of their days. */
const classOn = (rows: Row[], day: string): string | null => {
  let at = rows.findIndex((row) => holds(row, day));
  if (at < 0) return null;
  const found = rows[at]!.class!;
  while (at > 0 && rows[at - 1]!.class === found && rows[at - 1]!.valid_to === rows[at]!.valid_from) at -= 1;
  const [year, rest] = [rows[at]!.valid_from!.slice(0, 4), rows[at]!.valid_from!.slice(4)];
  return found === 'newly_escaped' && day >= `${Number(year) + 3}${rest}` ? 'not_poor' : found;
};

const both = (all: Truth[]): Truth => (all.includes(false) ? false : all.includes(null) ? null : true);
const opposite = (truth: Truth): Truth => (truth === null ? null : !truth);

// biome-ignore lint/suspicious/noExplicitAny: a rule as the export writes it
const fits = (where: any, found: string | null, lacks: (index: number) => Truth): Truth => {
  const each = (parts: unknown[]) => parts.map((part) => fits(part, found, lacks));
  if (where.all) return both(each(where.all));
  if (where.any) return opposite(both(each(where.any).map(opposite)));
  if (where.class) return found === null ? null : where.class.includes(found);
  if (where.lacks) return lacks(where.lacks);
  throw new Error(`the recount does not know ${JSON.stringify(where)}`);
};

/** The figures of a line on a day: `village|class` → subjects, could hear, stages 2 to 5 and better. */
export const recount = (folder: string, lineId: string, day: string): Map<string, number[]> => {
  const line = table(folder, 'lines').find((row) => row.line_id === lineId)!;
  const tree = table(folder, 'places');
  const rule = JSON.parse(line.rule!);
  const facts = group(table(folder, 'facts'), 'subject_id');
  const own = (row: Row) =>
    row.message_id === line.message_id && row.edition === line.edition && row.happened_on! <= day;
  const contacts = group(inForce(table(folder, 'contacts'), 'contact_id').filter(own), 'subject_id');
  const exposures = group(inForce(table(folder, 'exposures'), 'exposure_id').filter(own), 'place_id');
  // A place of the line that has ended by then: what lay in it on its last day.
  const inside = new Set<string>();
  for (const place of line.places!.split('|')) {
    const spans = tree.filter((row) => row.place_id === place && row.ancestor_id === place);
    const ended = spans.every((row) => row.valid_to !== '' && row.valid_to! <= day);
    const last = spans
      .map((row) => row.valid_to!)
      .sort()
      .at(-1);
    for (const row of tree)
      if (row.ancestor_id === place && (ended ? row.valid_to === last : holds(row, day))) inside.add(row.place_id!);
  }
  const cells = new Map<string, number[]>();
  for (const subject of table(folder, 'subjects')) {
    const exists = subject.exists_from! <= day && (subject.exists_to === '' || subject.exists_to! > day);
    const rows = (facts.get(subject.subject_id!) ?? []).toSorted((a, b) => (a.valid_from! < b.valid_from! ? -1 : 1));
    const of = (fact: string, on: string) => rows.find((row) => row.fact === fact && holds(row, on));
    const village = of('place', day)?.place_id;
    if (!exists || subject.kind !== rule.subject || !village || !inside.has(village)) continue;
    // Unknown counts as no.
    const knows = (column: string, row: Row): boolean =>
      of('profile', row.happened_on!)?.[column]?.split('|').includes(row.language!) ?? false;
    const lacks = (index: number): Truth => WORDS[of('deprivation', day)?.[`d${index}`] ?? ''] ?? null;
    const found = classOn(
      rows.filter((row) => row.fact === 'class'),
      day,
    );
    if (fits(rule.where, found, lacks) !== true) continue;
    const stage = (row: Row): number =>
      knows('languages', row) && (!READ.includes(row.channel!) || knows('languages_read', row)) ? Number(row.stage) : 1;
    const best = (contacts.get(subject.subject_id!) ?? []).map(stage);
    const could = (home: Row) =>
      (exposures.get(home.place_id!) ?? []).some((row) => holds(home, row.happened_on!) && knows('languages', row));
    const heard = rows.some((row) => row.fact === 'place' && could(row));
    const cell = cells.get(`${village}|${found ?? 'unknown'}`) ?? [0, 0, 0, 0, 0, 0];
    const adds = [true, heard || best.includes(1), ...[2, 3, 4, 5].map((k) => best.some((each) => each >= k))];
    cells.set(
      `${village}|${found ?? 'unknown'}`,
      cell.map((sum, at) => sum + Number(adds[at])),
    );
  }
  return cells;
};
