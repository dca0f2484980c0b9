import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { fold } from '../shared/text.ts';

/** Rows of one file: what an office program opens without trouble; whoever needs more narrows the list first. */
export const MOST_IN_FILE = 50_000;

/** How a list may be asked for: by one of its orders, either way round. Without any it comes as the list itself thinks best. */
export const orderInput = <const S extends readonly [string, ...string[]]>(sorts: S) => ({
  sort: z.enum(sorts).nullish(),
  descending: z.boolean().default(false),
});

/** Which part of a list: `most` rows at once at the utmost. */
export const pageInput = (most = 500) => ({
  limit: z.coerce.number().int().min(1).max(most).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});

/**
 * Words that a list is searched by, as its read takes them for `like`: `text` for names, folded; `code` as typed, without what
 * `like` would take for any letter. Both null when nothing was typed, empty when there was nothing in it to look for.
 */
export const lookedFor = (typed: string | null | undefined): { text: string | null; code: string | null } => {
  const words = typed?.trim();
  return words ? { text: fold(words), code: words.replace(/[%_\\]/gu, '') } : { text: null, code: null };
};

export interface Order<S extends string> {
  readonly sort?: S | null | undefined;
  readonly descending?: boolean | undefined;
}

/**
 * What follows `order by`: what was asked for, then the list's own order, so that rows of equal value keep it and no row
 * stands on two pages. What is empty comes last either way. `usual` must end in something unique.
 */
export const orderOf = <S extends string>(
  { sort, descending }: Order<S>,
  columns: Readonly<Record<S, RawBuilder<unknown>>>,
  usual: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sort ? sql`${columns[sort]} ${descending ? sql`desc` : sql`asc`} nulls last, ${usual}` : usual;
