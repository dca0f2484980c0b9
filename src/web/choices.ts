import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.ts';
import { type Language, languages } from '../shared/words/index.ts';
import { type Theme, themes } from '../ui/index.ts';
import { cookieOptions } from './guard.ts';

/** How somebody wants pages to look. Kept by their browser, not by us: it is nothing personal and needs no account. */
export interface Choices {
  readonly language: Language;
  readonly theme: Theme;
  /** Single letters do something (`/`, `?`, `g`); whoever is troubled by it turns it off (WCAG 2.1.4). */
  readonly keys: boolean;
  /** Columns chosen for a list, by the list's name; of a list that is not here, its own. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

const NAMES = {
  language: 'lantoa_language',
  theme: 'lantoa_theme',
  keys: 'lantoa_keys',
  columns: 'lantoa_columns',
} as const;

const YEAR_SECONDS = 31_536_000;
/** A browser keeps about 4,000 bytes a cookie; lists looked at last stay. */
const MOST_COLUMN_BYTES = 3_000;
/** Name of a list or of a column. */
export const WORD = /^[a-z0-9-]{1,40}$/u;

const columnsIn = (text: string | undefined): Choices['columns'] =>
  Object.fromEntries(
    [...new URLSearchParams(text ?? '')]
      .filter(([list]) => WORD.test(list))
      .map(([list, names]) => [list, names.split(' ').filter((name) => WORD.test(name))] as const)
      .filter(([, names]) => names.length > 0),
  );

const columnsText = (columns: Choices['columns']): string => {
  const kept = Object.entries(columns).map(([list, names]) => [list, names.join(' ')]);
  let text = String(new URLSearchParams(kept));
  while (text.length > MOST_COLUMN_BYTES) {
    kept.shift();
    text = String(new URLSearchParams(kept));
  }
  return text;
};

const cookieOf = (request: FastifyRequest, choice: keyof typeof NAMES): string | undefined =>
  request.cookies?.[NAMES[choice]];

const languageOf = (request: FastifyRequest): Language =>
  languages.find((language) => language === cookieOf(request, 'language')) ?? 'vi';

/** What was chosen in this browser; what is no choice of ours is as if nothing had been chosen. */
export const choicesOf = (request: FastifyRequest): Choices => ({
  language: languageOf(request),
  theme: themes.find((theme) => theme === cookieOf(request, 'theme')) ?? 'auto',
  keys: cookieOf(request, 'keys') !== 'off',
  columns: columnsIn(cookieOf(request, 'columns')),
});

/** Keeps what was chosen now; the columns of the other lists stay. */
export const keepChoices = (
  request: FastifyRequest,
  reply: FastifyReply,
  config: Config,
  { language, theme, keys, columns }: Partial<Choices>,
): void => {
  const keep = (choice: keyof typeof NAMES, value: string): void => {
    void reply.setCookie(NAMES[choice], value, { ...cookieOptions(request, config), maxAge: YEAR_SECONDS });
  };
  if (language) keep('language', language);
  if (theme) keep('theme', theme);
  if (keys !== undefined) keep('keys', keys ? 'on' : 'off');
  if (columns) {
    const before = Object.entries(choicesOf(request).columns).filter(([list]) => !(list in columns));
    keep('columns', columnsText({ ...Object.fromEntries(before), ...columns }));
  }
};
