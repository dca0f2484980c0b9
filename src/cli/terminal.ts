import { AppError, type Params } from '../shared/errors.ts';
import { type Language, languages, type Say, sayIn } from '../shared/words/index.ts';
import { legible, legibleJson } from './legible.ts';

/** What every command of the terminal may be told: who asks, in which language, and whether a program reads the answer. */
export interface TerminalOptions {
  readonly json?: boolean;
  readonly lang?: string;
}

export interface Output {
  /** Standard output: the answer. */
  readonly out: (text: string) => void;
  /** Standard error: what went wrong, and what there is to tell beside an answer for a program. */
  readonly err: (text: string) => void;
}

type TableCell = string | number | null | undefined;

export interface Terminal {
  readonly json: boolean;
  readonly language: Language;
  readonly say: Say;
  /** A line for people; nothing with `--json`. */
  line(key: string, params?: Params): void;
  /** An empty line for people. */
  gap(): void;
  /** A table for people; nothing with `--json`. */
  table(headings: readonly string[], rows: readonly (readonly TableCell[])[]): void;
  /** The answer for a program; nothing without `--json`. Once per command. */
  result(value: unknown): void;
  /** A line on standard error, with `--json` too. */
  note(key: string, params?: Params): void;
}

const legibleParams = (params: Params = {}): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? legible(value) : value]),
  );

const show = (value: TableCell, language: Language): string =>
  typeof value === 'number'
    ? value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB')
    : legible((value ?? '').normalize('NFC'));

const letters = (text: string): number => [...text].length;

const pad = (text: string, width: number, right: boolean): string => {
  const room = ' '.repeat(Math.max(0, width - letters(text)));
  return right ? room + text : text + room;
};

const drawTable = (
  headings: readonly string[],
  rows: readonly (readonly TableCell[])[],
  language: Language,
): string => {
  const cells = [headings, ...rows.map((row) => row.map((value) => show(value, language)))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => letters(row[column] ?? ''))));
  const numeric = headings.map(
    (_, column) => rows.length > 0 && rows.every((row) => row[column] == null || typeof row[column] === 'number'),
  );
  const lines = cells.map((row) => row.map((cell, column) => pad(cell, widths[column]!, numeric[column]!)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
};

const languageOf = (name: string | undefined): Language => languages.find((known) => known === name) ?? 'vi';

export const openTerminal = (options: TerminalOptions, { out, err }: Output): Terminal => {
  const language = languageOf(options.lang);
  const say: Say = (key, params) => sayIn(language)(key, legibleParams(params));
  const json = options.json === true;
  const people = (text: string): void => {
    if (!json) out(text);
  };
  return {
    json,
    language,
    say,
    line: (key, params) => people(`${say(key, params)}\n`),
    gap: () => people('\n'),
    table: (headings, rows) => people(drawTable(headings, rows, language)),
    result: (value) => {
      if (json) out(`${legibleJson(value)}\n`);
    },
    note: (key, params) => err(`${say(key, params)}\n`),
  };
};

/** Exit codes by kind, so that scripts can tell a wrong input from a broken machine. */
const EXIT: Readonly<Record<AppError['kind'], number>> = {
  invalid: 2,
  forbidden: 3,
  'not-found': 4,
  conflict: 5,
  unavailable: 6,
};

export const exitCodeOf = (error: AppError): number => EXIT[error.kind];

/** A failure as words: what a program gets under `error`, and what people read. */
export const describeFailure = (error: AppError, say: Say) => ({
  kind: error.kind,
  code: error.code,
  message: say(`error.${error.code}`, error.params),
  fields: error.fields.map(({ path, code, params }) => ({ path, message: say(`error.${code}`, params) })),
});

/**
 * Tells a failure on standard error, in a sentence and a line for each field; with `--json` it is the one object on
 * standard output as well. @returns the exit code, which says its kind. A defect is rethrown.
 */
export const reportFailure = (error: unknown, terminal: Terminal, { err }: Pick<Output, 'err'>): number => {
  if (!(error instanceof AppError)) throw error;
  const failure = describeFailure(error, terminal.say);
  terminal.result({ error: failure });
  const fields = failure.fields.map(({ path, message }) => `  ${path ? `${legible(path)}: ` : ''}${message}\n`);
  err(`${failure.message}\n${fields.join('')}`);
  return exitCodeOf(error);
};
