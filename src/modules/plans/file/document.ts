import { isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import type { FieldFault, Params } from '../../../shared/errors.ts';
import { clean } from '../../../shared/text.ts';

/** A value in somebody's file, with the way to it; `offset` says where it stands. */
export interface Item {
  readonly path: readonly (string | number)[];
  readonly node: unknown;
  readonly offset: number;
}

/** A plan file as it was opened. Faults are gathered, so that a file is corrected in one go. */
export interface Source {
  readonly root: Item;
  /** The same value with numbers, truth values and nothing as YAML means them; texts only everywhere else. */
  readonly typed: (item: Item) => unknown;
  readonly faults: FieldFault[];
  /** The layout itself is broken, so that what is read from here on would be guesswork. */
  readonly broken: boolean;
  readonly refuse: (item: Pick<Item, 'path' | 'offset'>, code: string, params?: Params) => void;
}

const LAYOUT: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'plan-file.tab',
  BAD_INDENT: 'plan-file.indent',
  DUPLICATE_KEY: 'plan-file.key-twice',
  MISSING_CHAR: 'plan-file.quote',
  MULTIPLE_DOCS: 'plan-file.several',
};

/**
 * Opens a plan file. Everything in it is read as text ("04585" keeps its zero); anchors and aliases are refused, so that a
 * small file cannot stand for a huge one.
 */
export const openSource = (text: string): Source => {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const faults: FieldFault[] = [];
  const refuse: Source['refuse'] = ({ path, offset }, code, params = {}) => {
    const { line, col } = lines.linePos(offset);
    // As texts: the line of an editor is 1024, not 1.024.
    const at = { line: String(line), column: String(col) };
    faults.push({ path: path.join('.'), code, params: { ...params, ...at } });
  };
  for (const { code, pos } of document.errors) refuse({ path: [], offset: pos[0] }, LAYOUT[code] ?? 'plan-file.layout');
  let typed: ReturnType<typeof parseDocument> | undefined;
  return {
    root: { path: [], node: document.contents, offset: 0 },
    typed: ({ path }) => {
      typed ??= parseDocument(text, { schema: 'core', prettyErrors: false });
      const node = typed.getIn(path, true);
      return (node as { toJS?: (document: unknown) => unknown } | undefined)?.toJS?.(typed) ?? node;
    },
    faults,
    broken: document.errors.some(({ code }) => code !== 'DUPLICATE_KEY'),
    refuse,
  };
};

const offsetOf = (node: unknown, otherwise: number): number =>
  (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? otherwise;

const child = (parent: Item, key: string | number, node: unknown): Item => ({
  path: [...parent.path, key],
  node,
  offset: offsetOf(node, parent.offset),
});

/** Nothing stands there: the key without a value. */
const isEmpty = (node: unknown): boolean =>
  node === null || node === undefined || (isScalar(node) && (node.value === null || node.value === ''));

/** The values of a mapping by key; a key that is not among those known is a fault, and what is missing is left out. */
export const fieldsOf = (
  source: Source,
  item: Item,
  known: readonly string[],
): ReadonlyMap<string, Item> | undefined => {
  if (!isMap(item.node)) {
    source.refuse(item, 'plan-file.not-a-map');
    return undefined;
  }
  const fields = new Map<string, Item>();
  for (const { key, value } of item.node.items as Pair<unknown, unknown>[]) {
    const name = isScalar(key) ? clean(String(key.value)) : '';
    const at = offsetOf(key, item.offset);
    if (!known.includes(name)) {
      source.refuse({ path: item.path, offset: at }, 'plan-file.unknown-key', { key: name, known: known.join(', ') });
    } else if (!isEmpty(value)) fields.set(name, child(item, name, value));
  }
  return fields;
};

/** The entries of a list; one value alone is a list of one. */
export const entriesOf = (source: Source, item: Item | undefined, most: number): readonly Item[] => {
  if (!item) return [];
  if (!isSeq(item.node)) return [item];
  const entries = item.node.items.map((node, at) => child(item, at, node));
  if (entries.length > most) source.refuse(item, 'plan-file.too-many', { most });
  return entries.slice(0, most);
};

export const isMapping = (item: Item): boolean => isMap(item.node);

/** The text that stands there, cleaned; undefined and a fault when it is none or too long. */
export const textIn = (source: Source, item: Item, most: number): string | undefined => {
  const { node } = item;
  if (isAlias(node)) source.refuse(item, 'plan-file.alias');
  else if (!isScalar(node) || typeof node.value !== 'string') source.refuse(item, 'plan-file.not-a-text');
  else {
    const text = clean(node.value);
    if (text === '') source.refuse(item, 'plan-file.empty');
    else if (text.length > most) source.refuse(item, 'plan-file.too-long', { most });
    else return text;
  }
  return undefined;
};

/** Where something inside an item stands that a deeper check found wrong: as deep as the file goes. */
export const within = (item: Item, path: readonly (string | number)[]): Item => {
  let at = item;
  for (const key of path) {
    const { node } = at;
    const next = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
    if (next === undefined || next === null) return at;
    at = child(at, key, next);
  }
  return at;
};
