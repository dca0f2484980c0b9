import { AppError, type Params } from '../shared/errors.ts';
import { type Language, languages, type Say, sayIn } from '../shared/words/index.ts';

/** What every command of the terminal may be told: who asks, in which language, and whether a program reads the answer. */
export interface TerminalOptions {
  readonly json?: boolean;
  readonly as?: string;
  readonly lang?: string;
}

export interface Terminal {
  readonly json: boolean;
  readonly language: Language;
  readonly say: Say;
  /** A line for people; nothing with `--json`. */
  line(key: string, params?: Params): void;
  /** A table for people; nothing with `--json`. */
  table(headings: readonly string[], rows: readonly (readonly (string | number | null)[])[]): void;
  /** The answer for a program; nothing without `--json`. */
  result(value: unknown): void;
}

const show = (value: string | number | null, language: Language): string =>
  typeof value === 'number' ? value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB') : (value ?? '');

export const openTerminal = (options: TerminalOptions, write: (text: string) => void): Terminal => {
  const language = languages.find((known) => known === options.lang) ?? 'vi';
  const say = sayIn(language);
  const json = options.json === true;
  return {
    json,
    language,
    say,
    line: (key, params) => {
      if (!json) write(`${say(key, params)}\n`);
    },
    table: (headings, rows) => {
      if (json) return;
      const cells = [headings, ...rows.map((row) => row.map((value) => show(value, language)))];
      const widths = headings.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)));
      const numeric = headings.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
      for (const row of cells) {
        const padded = row.map((cell, column) => (numeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)));
        write(`${padded.join('  ').trimEnd()}\n`);
      }
    },
    result: (value) => {
      if (json) write(`${JSON.stringify(value)}\n`);
    },
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

/** One sentence (or one JSON object) for a failure, on standard error; the exit code says its kind. A defect is rethrown. */
export const reportFailure = (error: unknown, terminal: Terminal, write: (text: string) => void): number => {
  if (!(error instanceof AppError)) throw error;
  const message = terminal.say(`error.${error.code}`, error.params);
  const fields = error.fields.map((field) => ({ path: field.path, message: terminal.say(`error.${field.code}`, field.params) }));
  if (terminal.json) write(`${JSON.stringify({ error: { kind: error.kind, code: error.code, message, fields } })}\n`);
  else write([message, ...fields.map((field) => `  ${field.path}: ${field.message}`), ''].join('\n'));
  return EXIT[error.kind];
};
