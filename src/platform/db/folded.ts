import { type RawBuilder, sql } from 'kysely';
import { fold } from '../../shared/text.ts';

// Taken apart (NFD), a Vietnamese letter is a plain one and its marks, whose case every database knows; đ alone is not.
const MARKS = '\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323';

/** A text of the database as `fold` writes it: no marks, no case, signs as spaces. For tables too small to keep it beside the text. */
export const folded = (text: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`trim(regexp_replace(lower(translate(normalize(${text}, NFD), ${`đĐ${MARKS}`}, 'dd')), '[^a-z0-9]+', ' ', 'g'))`;

/** Does the text hold what somebody looks for, marks and case aside? Everything does where nothing is looked for. */
export const foldedHolds = (text: RawBuilder<unknown>, wanted: string | null | undefined): RawBuilder<unknown> => {
  if (!wanted?.trim()) return sql`true`;
  const plain = fold(wanted);
  // Text without a letter or digit ("…", "%") is in nothing: everything would hold nothing.
  return plain === '' ? sql`false` : sql`position(${plain} in ${folded(text)}) > 0`;
};
