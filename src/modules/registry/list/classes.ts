import type { Cell } from '../../../platform/sheets/index.ts';
import { fold } from '../../../shared/text.ts';
import { cut, empty, nothing, type Reading, textOf, unreadable } from './cells.ts';

export type HouseholdClass = 'poor' | 'near_poor' | 'newly_escaped' | 'average' | 'not_poor';
export type Origin = 'relapsed' | 'newly_arising';

export interface Standing {
  readonly class: HouseholdClass;
  readonly origin: Origin | null;
}

/** Words that lists use although no class of the decrees is called so: they are read, and the officer is told as what. */
const UNOFFICIAL = /^(kha( gia)?|giau( co)?)$/u;

// "TN" and "HTN" are not among them: people write them for thoát nghèo and for tái nghèo alike.
const CLASSES: readonly (readonly [pattern: RegExp, value: HouseholdClass, origin?: Origin])[] = [
  [/^tai can ngheo$|^can ngheo tai( ngheo| can ngheo)?$/u, 'near_poor', 'relapsed'],
  [/^can ngheo( moi)? phat sinh( moi)?$|^can ngheo moi$|^phat sinh( moi)? can ngheo$/u, 'near_poor', 'newly_arising'],
  [/^tai ngheo$|^ngheo tai ngheo$|^ngheo do tai ngheo$/u, 'poor', 'relapsed'],
  [/^(ngheo )?(moi )?phat sinh( moi)?( ngheo)?$|^ngheo moi$/u, 'poor', 'newly_arising'],
  [/^(moi )?thoat (can )?ngheo$|^h?mtn$/u, 'newly_escaped'],
  [/^can ngheo( da chieu)?$|^h?cn$/u, 'near_poor'],
  [/^ngheo( da chieu| ve thu nhap| thu nhap| thieu hut.*)?$|^h?n$/u, 'poor'],
  [/^ngheo (khong co kha nang lao dong|khong con kha nang lao dong|bao tro xa hoi|btxh|co .*|thuoc .*)$/u, 'poor'],
  [/^can ngheo (khong co kha nang lao dong|co .*|thuoc .*)$/u, 'near_poor'],
  [/(^|^lam nong .*)(co )?muc song trung binh$|^trung binh$|^mstb$/u, 'average'],
  [/^khong ngheo$|^kn$/u, 'not_poor'],
  [UNOFFICIAL, 'not_poor'],
];

const bareClass = (text: string): string =>
  fold(text)
    .replace(/^(?:thuoc )?(?:dien )?ho (?:thuoc )?(?:dien )?/u, '')
    .replace(/ (?:nam )?20\d\d$/u, '');

/** The class a text names, undefined when it names none, or more than one. */
export const classNamed = (text: string): Standing | undefined => {
  const folded = bareClass(text);
  const found = CLASSES.find(([pattern]) => pattern.test(folded));
  return found && { class: found[1], origin: found[2] ?? null };
};

export const readClass = (cell: Cell): Reading<Standing> => {
  const text = textOf(cell);
  if (empty(text)) return nothing;
  const value = classNamed(text);
  if (!value) return unreadable('list.class');
  if (!UNOFFICIAL.test(bareClass(text))) return { value };
  return { value, note: 'list.class-unofficial', params: { word: cut(text, 60), class: `@class.${value.class}` } };
};

/**
 * The one class a title or sheet name speaks of ("DANH SÁCH HỘ CẬN NGHÈO NĂM 2025"); null when it speaks of none or of
 * several, as most titles do.
 */
export const classInTitle = (title: string): HouseholdClass | null => {
  const rest = fold(title)
    .replace(/(?:chuan|giam|xoa doi giam|ra soat ho|chong doi) ngheo/gu, ' ')
    .replace(/tai ngheo|phat sinh ngheo/gu, 'ngheo');
  const named = [
    [/thoat (?:can )?ngheo/u, 'newly_escaped'],
    [/(?<!thoat )can ngheo/u, 'near_poor'],
    [/(?<!thoat |can |khong )\bngheo/u, 'poor'],
  ] as const;
  const found = named.filter(([pattern]) => pattern.test(rest));
  return found.length === 1 ? found[0]![1] : null;
};
