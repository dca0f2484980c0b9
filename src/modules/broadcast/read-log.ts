import type { Proof, SpokenLanguage } from '../../shared/channels.ts';
import { type Day, readDay } from '../../shared/dates.ts';
import { clean, fold } from '../../shared/text.ts';
import type { AreaKind } from '../delivery/index.ts';
import type { ListFault, TextRow } from '../reach/index.ts';

type LogField = 'line' | 'village' | 'day' | 'kind' | 'language' | 'count' | 'proof' | 'note';

const HEADINGS: readonly (readonly [LogField, RegExp])[] = [
  ['line', /^(dong|ma dong|dong ke hoach|ke hoach|ma ke hoach|line)\b/u],
  ['village', /^(thon|ban|to dan pho|dia ban|ten thon|village)\b/u],
  ['day', /^(ngay|thoi gian|date)\b/u],
  ['kind', /^(hinh thuc|loai|kenh|kind)\b/u],
  ['language', /^(tieng|ngon ngu|language)\b/u],
  ['count', /^(so lan|so luong|so ban|so nguoi|lan phat|times|copies)\b/u],
  ['proof', /^(minh chung|bang chung|proof)\b/u],
  ['note', /^(ghi chu|note)\b/u],
];

const NEEDED = ['line', 'village', 'day', 'kind', 'language', 'proof'] as const;

const KINDS: readonly (readonly [AreaKind, RegExp])[] = [
  ['loudspeaker', /\bloa\b|phat thanh|truyen thanh|^loudspeaker$/u],
  ['zalo', /zalo/u],
  ['poster', /ap phich|pa no|pano|bang ron|khau hieu|^poster$/u],
  ['bulletin', /bang tin|ban tin|^bulletin$/u],
  ['leaflet-left', /to roi|to gap|leaflet/u],
];

const LANGUAGES: readonly (readonly [SpokenLanguage, RegExp])[] = [
  ['vi', /^(vi|viet|kinh|pho thong)$/u],
  ['hmn', /^(hmn|mong|h mong|hmong|meo)$/u],
  ['blt', /^(blt|thai)$/u],
  ['kjg', /^(kjg|kho mu|khmu)$/u],
  ['tyz', /^(tyz|tay)$/u],
  ['mtq', /^(mtq|muong)$/u],
  ['ium', /^(ium|dao)$/u],
  ['nut', /^(nut|nung)$/u],
  ['pcc', /^(pcc|giay|day)$/u],
  ['hni', /^(hni|ha nhi)$/u],
];

// The whole cell, never a word in it: "không có ảnh" and "chưa ký" prove nothing.
const PROOFS: readonly (readonly [Exclude<Proof, 'network'>, RegExp])[] = [
  [
    'signed-list',
    /^((so|so nhat ky|nhat ky|danh sach|bien ban|so nhat ky phat loa)( (da|co))? (chu ky|ky( nhan| ten| xac nhan)?)|danh sach so co ky|(co |da )?(chu ky|ky( nhan| ten)?)|so|nhat ky|so nhat ky|signed( list( or log)?)?)$/u,
  ],
  [
    'photo-list',
    /^((co )?(anh|hinh)( chup)?( man hinh| hien truong)?|chup( anh| man hinh| hinh)|photo(graph|s)?|photo list)$/u,
  ],
  ['device', /^(thiet bi( ghi( lai| am)?)?|may ghi( lai| am)?|(recorded by the )?device)$/u],
  ['second-person', /^((co )?nguoi (thu hai|thu 2|khac)( xac nhan)?|(confirmed by a )?second person)$/u],
  ['declared', /^((nguoi ghi |can bo )?tu khai|declared)$/u],
];

const meaning = <T>(text: string, table: readonly (readonly [T, RegExp])[]): T | undefined =>
  table.find(([, pattern]) => pattern.test(fold(text)))?.[0];

/** One row of a log: what was played or shown in one village on one day. Line and village are looked up later. */
export interface LogRow {
  readonly row: number;
  readonly line: string;
  readonly village: string;
  /** The day as it was written. */
  readonly day: string;
  readonly happenedOn: Day;
  readonly kind: AreaKind;
  readonly language: SpokenLanguage;
  readonly proof: Exclude<Proof, 'network'>;
  readonly count: number | null;
  readonly note: string;
}

export interface ReadLog {
  readonly rows: readonly LogRow[];
  readonly faults: readonly ListFault[];
  /** How the columns are headed that say which line, which village and which day. */
  readonly headings: { readonly line: string; readonly village: string; readonly day: string };
}

type Columns = ReadonlyMap<LogField, { readonly index: number; readonly heading: string }>;

const columnsOf = (cells: readonly string[]): Columns => {
  const columns = new Map<LogField, { index: number; heading: string }>();
  for (const [index, heading] of cells.entries()) {
    const field = meaning(heading, HEADINGS);
    if (field && heading.length <= 60 && !columns.has(field)) columns.set(field, { index, heading: clean(heading) });
  }
  return columns;
};

const readRow = (columns: Columns, { row, cells }: TextRow, faults: ListFault[]): LogRow | undefined => {
  const textOf = (field: LogField) => clean(cells[columns.get(field)?.index ?? -1] ?? '');
  const before = faults.length;
  const fault = (field: LogField, code: string) =>
    faults.push({ row, column: columns.get(field)?.heading ?? '', value: textOf(field), severity: 'error', code });
  const needed = <T>(field: LogField, value: T | undefined, code: string): T | undefined => {
    if (value === undefined) fault(field, code);
    return value;
  };
  const day = readDay(textOf('day'));
  const happenedOn = needed('day', day?.precision === 'day' ? day.date : undefined, 'not-a-day');
  const kind = needed('kind', meaning(textOf('kind'), KINDS), 'evidence.log-kind');
  const language = needed(
    'language',
    meaning(textOf('language').replace(/^tiếng\s+/iu, ''), LANGUAGES),
    'evidence.language',
  );
  const proof = needed('proof', meaning(textOf('proof'), PROOFS), 'evidence.proof');
  const line = needed('line', textOf('line') || undefined, 'evidence.log-line');
  const village = needed('village', textOf('village') || undefined, 'evidence.village');
  const counted = textOf('count');
  if (counted && !/^\d{1,6}$/u.test(counted)) fault('count', 'evidence.number');
  if (faults.length > before) return undefined;
  const count = counted && Number(counted) > 0 ? Number(counted) : null;
  return {
    ...{ row, line: line!, village: village!, day: textOf('day'), happenedOn: happenedOn!, kind: kind! },
    ...{ language: language!, proof: proof!, count, note: textOf('note') },
  };
};

/**
 * Reads a log of several days and villages, one row each, columns by their headings in any order.
 * @returns undefined when no row heads line, village, day, kind, language and proof
 */
export const readLog = (rows: readonly TextRow[]): ReadLog | undefined => {
  const at = rows.slice(0, 30).findIndex(({ cells }) => NEEDED.every((field) => columnsOf(cells).has(field)));
  if (at < 0) return undefined;
  const columns = columnsOf(rows[at]!.cells);
  const faults: ListFault[] = [];
  const read = rows
    .slice(at + 1)
    // What stands below a log (totals, signatures) fills one or two cells.
    .filter(({ cells }) => cells.filter((cell) => clean(cell)).length > 2)
    .flatMap((row) => readRow(columns, row, faults) ?? []);
  const heading = (field: LogField) => columns.get(field)!.heading;
  const headings = { line: heading('line'), village: heading('village'), day: heading('day') };
  return { rows: read, faults, headings };
};
