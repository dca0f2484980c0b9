import { type SpokenLanguage, spokenLanguages } from '../../shared/channels.ts';
import { type Day, readDay } from '../../shared/dates.ts';
import type { Params } from '../../shared/errors.ts';
import { clean, fold } from '../../shared/text.ts';
import { say } from '../../shared/words/index.ts';
import type { VisitOutcome } from './visit.ts';

/** A line of a file as texts, with the number it has there. */
export interface TextRow {
  readonly row: number;
  readonly cells: readonly string[];
}

const columns = ['code', 'day', 'outcome', 'language', 'right', 'acted', 'note'] as const;

type ColumnName = (typeof columns)[number];

const HEADINGS: Readonly<Record<ColumnName, RegExp>> = {
  code: /^ma (so )?ho\b|^household/u,
  day: /^ngay\b|^day$|^date$/u,
  outcome: /^ket qua\b|^result$|^outcome$/u,
  language: /^tieng\b|^ngon ngu\b|^language$/u,
  right: /^tra loi( dung)?\b|^right( answer)?$/u,
  acted: /^da lam\b|^acted$/u,
  note: /^ghi chu\b|^note/u,
};

/** What is wrong with a row: `code` is a key under `error.`. */
export interface VisitFault {
  readonly row: number;
  readonly column: ColumnName | null;
  readonly value: string;
  readonly code: string;
  readonly params: Params;
}

/** One household of the list, read. */
export interface VisitListRow {
  readonly row: number;
  readonly code: string;
  readonly day: Day;
  readonly outcome: VisitOutcome;
  /** null unless somebody was met. */
  readonly language: SpokenLanguage | null;
  readonly right: boolean | null;
  readonly acted: boolean;
  readonly note: string;
}

/** Where which column stands; undefined when the row is no heading. A household and a result are the least. */
const headingsOf = (cells: readonly string[]): Map<ColumnName, number> | undefined => {
  const found = new Map<ColumnName, number>();
  for (const [at, cell] of cells.entries()) {
    const name = columns.find((each) => !found.has(each) && HEADINGS[each].test(fold(cell)));
    if (name) found.set(name, at);
  }
  return found.has('code') && found.has('outcome') ? found : undefined;
};

const OUTCOMES: readonly (readonly [RegExp, VisitOutcome])[] = [
  [/^(da gap|gap|da nghe|nghe|da doc|met)$/u, 'met'],
  [/^(khong gap( ai)?|chua gap|vang( nha)?|di vang|khong co nha|not met)$/u, 'not-met'],
  [/^(tu choi|khong tiep|refused)$/u, 'refused'],
];

const outcomeOf = (text: string): VisitOutcome | undefined =>
  OUTCOMES.find(([pattern]) => pattern.test(fold(text)))?.[1];

const OTHER_NAMES: Readonly<Record<string, SpokenLanguage>> = {
  kinh: 'vi',
  'pho thong': 'vi',
  hmong: 'hmn',
  'h mong': 'hmn',
  meo: 'hmn',
};

/** A language by its code, or by what it is called in Vietnamese or English. */
export const languageCalled = (text: string): SpokenLanguage | undefined => {
  const asked = fold(text).replace(/^tieng /u, '');
  const named = (code: SpokenLanguage) =>
    (['vi', 'en'] as const).some(
      (language) => fold(say(language, `language.${code}`)).replace(/^tieng /u, '') === asked,
    );
  return spokenLanguages.find((code) => code === asked || named(code)) ?? OTHER_NAMES[asked];
};

const truth = (text: string): boolean | null | undefined => {
  const folded = fold(text);
  if (folded === '' || folded === 'khong hoi') return null;
  if (/^(co|x|dung|roi|yes|right|1)$/u.test(folded)) return true;
  return /^(khong|sai|chua|no|wrong|0)$/u.test(folded) ? false : undefined;
};

type Read = { readonly read: VisitListRow } | { readonly faults: readonly VisitFault[] };

const readRow = ({ row, cells }: TextRow, at: ReadonlyMap<ColumnName, number>, today: Day): Read => {
  const faults: VisitFault[] = [];
  const text = (name: ColumnName): string => clean(cells[at.get(name) ?? -1] ?? '');
  const fault = (column: ColumnName, code: string, params: Params = {}): void => {
    faults.push({ row, column, value: text(column).slice(0, 80), code, params });
  };
  const asked = readDay(text('day'));
  const day = text('day') === '' ? today : asked?.precision === 'day' ? asked.date : undefined;
  if (!day) fault('day', 'not-a-day');
  else if (day > today) fault('day', 'visit.day-ahead');
  const outcome = outcomeOf(text('outcome'));
  if (!outcome) fault('outcome', 'visit-list.outcome');
  const language = languageCalled(text('language')) ?? null;
  if (outcome === 'met' && !language) fault('language', 'visit-list.language');
  const [right, acted] = [truth(text('right')), truth(text('acted'))];
  if (right === undefined) fault('right', 'visit-list.yes-no');
  if (acted === undefined) fault('acted', 'visit-list.yes-no');
  if (text('code') === '') fault('code', 'visit-list.no-code');
  if (outcome === 'refused' && text('note') === '') fault('note', 'visit.note-missing');
  if (faults.length > 0) return { faults };
  const met = outcome === 'met';
  const said = { language: met ? language : null, right: met ? right! : null, acted: met && acted === true };
  return { read: { row, code: text('code'), day: day!, outcome: outcome!, ...said, note: text('note').slice(0, 500) } };
};

/**
 * A list of visits as somebody keeps it: a heading, then a row a household. Rows without a household's code and without a
 * result are empty lines or signatures. Undefined when there is no heading. Pure.
 */
export const readVisitList = (
  rows: readonly TextRow[],
  today: Day,
): { readonly rows: VisitListRow[]; readonly faults: VisitFault[] } | undefined => {
  const start = rows.findIndex(({ cells }) => headingsOf(cells));
  if (start < 0) return undefined;
  const at = headingsOf(rows[start]!.cells)!;
  const [found, faults]: [VisitListRow[], VisitFault[]] = [[], []];
  const seen = new Map<string, number>();
  for (const each of rows.slice(start + 1)) {
    const filled = (name: ColumnName) => clean(each.cells[at.get(name)!] ?? '') !== '';
    if (!filled('code') && !filled('outcome')) continue;
    const result = readRow(each, at, today);
    if ('faults' in result) faults.push(...result.faults);
    else {
      const other = seen.get(result.read.code);
      if (other === undefined) found.push(result.read);
      else
        faults.push({
          row: each.row,
          column: 'code',
          value: result.read.code,
          code: 'visit-list.twice',
          params: { other },
        });
      seen.set(result.read.code, other ?? each.row);
    }
  }
  return { rows: found, faults };
};
