import type { Params } from '../../../shared/errors.ts';
import { fold } from '../../../shared/text.ts';
import type { ListedHousehold, ListFault, ReadList } from './read-list.ts';
import type { KnownHousehold } from './store.ts';

/** A household of the list, found. */
export interface FoundHousehold {
  readonly subjectId: string;
  readonly code: string;
  /** What it understood that day; null = nothing is known. */
  readonly languages: readonly string[] | null;
  readonly answered: boolean;
  readonly acted: boolean;
}

/** What a list may speak of. */
export interface Known {
  /** Those who lived in the village on the day. */
  readonly here: readonly KnownHousehold[];
  /** Those with one of the codes who lived elsewhere. */
  readonly elsewhere: readonly KnownHousehold[];
  /** Villages from which a guest may be recorded here: of the line's places, and of the areas of who records. */
  readonly guestsFrom: ReadonlySet<string>;
  readonly nameOf: (placeId: string) => string;
  readonly headings: ReadList['headings'];
}

/** Codes as they are typed: case, spaces and signs aside; leading zeros get lost in Excel. */
const plainCode = (code: string): string =>
  fold(code)
    .replaceAll(' ', '')
    .replace(/^0+(?=\w)/u, '');

const byCode = (households: readonly KnownHousehold[], code: string): KnownHousehold[] =>
  households.filter(({ codes }) => codes.some((each) => plainCode(each) === plainCode(code)));

type Outcome =
  | { readonly found: KnownHousehold }
  | { readonly code: string; readonly params?: Params; readonly at: 'code' | 'head' };

const list = (households: readonly KnownHousehold[]): string => households.map(({ code }) => code).join(', ');

const lookUp = ({ here, elsewhere, guestsFrom, nameOf }: Known, { code, head, guest }: ListedHousehold): Outcome => {
  if (!code) {
    const named = here.filter(({ headFolded }) => headFolded === fold(head));
    if (named.length === 1) return { found: named[0]! };
    if (named.length > 1) return { at: 'head', code: 'evidence.same-name', params: { codes: list(named) } };
    return { at: 'head', code: 'evidence.unknown-name' };
  }
  const own = byCode(here, code);
  if (own.length === 1) return { found: own[0]! };
  if (own.length > 1) return { at: 'code', code: 'evidence.same-code', params: { codes: list(own) } };
  const others = byCode(elsewhere, code);
  const [other] = others;
  if (!other) return { at: 'code', code: 'evidence.unknown-code' };
  if (!guest) {
    // Of villages that are not their own, who records learns nothing but that it is none of theirs.
    const inside = others.filter(({ villageId }) => guestsFrom.has(villageId));
    return inside[0]
      ? { at: 'code', code: 'evidence.other-village', params: { village: nameOf(inside[0].villageId) } }
      : { at: 'code', code: 'evidence.unknown-code' };
  }
  const guests = others.filter(({ villageId }) => guestsFrom.has(villageId));
  if (guests.length > 1) return { at: 'code', code: 'evidence.same-code', params: { codes: list(guests) } };
  return guests[0] ? { found: guests[0] } : { at: 'code', code: 'evidence.guest-outside' };
};

/** Looks each household of a list up: by its code, else by its head's name where only one in the village has it. */
export const matchHouseholds = (
  listed: readonly ListedHousehold[],
  known: Known,
): { readonly found: readonly FoundHousehold[]; readonly faults: readonly ListFault[] } => {
  const found = new Map<string, FoundHousehold & { row: number }>();
  const faults: ListFault[] = [];
  for (const each of listed) {
    const { row, code, head, answered, acted } = each;
    const fault = (at: 'code' | 'head', severity: 'error' | 'warning', why: string, params: Params = {}) =>
      faults.push({
        row,
        column: known.headings[at],
        value: at === 'code' ? code : head,
        severity,
        code: why,
        params,
      });
    const outcome = lookUp(known, each);
    if (!('found' in outcome)) {
      fault(outcome.at, 'error', outcome.code, outcome.params);
      continue;
    }
    const { subjectId, headName, headFolded, villageId } = outcome.found;
    const before = found.get(subjectId);
    if (before) {
      fault(code ? 'code' : 'head', 'error', 'evidence.twice', { row: before.row });
      continue;
    }
    if (code && head && headFolded !== null && headFolded !== fold(head))
      fault('head', 'warning', 'evidence.other-head', { head: headName ?? '' });
    if (!known.here.includes(outcome.found))
      fault('code', 'warning', 'evidence.guest', { village: known.nameOf(villageId) });
    found.set(subjectId, {
      row,
      subjectId,
      code: outcome.found.code,
      languages: outcome.found.languages,
      answered,
      acted,
    });
  }
  return { found: [...found.values()].map(({ row: _, ...rest }) => rest), faults };
};
