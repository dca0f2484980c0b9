import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import type { FieldFault, Params } from '../shared/errors.ts';

export type Path = readonly PropertyKey[];

/** The file as it was opened; `refuse` says what is wrong at which key, with its line in the file. */
export interface Source {
  readonly value: unknown;
  readonly faults: FieldFault[];
  refuse(path: Path, code: string, params?: Params): void;
}

const startOf = (node: unknown): number | undefined =>
  (node as { range?: readonly number[] | null } | null)?.range?.[0];

/** Where a key stands; as deep as the file goes. */
const offsetOf = (root: unknown, path: Path): number => {
  let [node, offset] = [root, 0];
  for (const key of path) {
    if (isMap(node)) {
      const pair = (node.items as Pair[]).find(({ key: found }) => isScalar(found) && String(found.value) === key);
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
};

export const openSource = (text: string): Source => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults: FieldFault[] = [];
  // A line is a text: 1024 in an editor, not 1.024.
  const fault = (offset: number, path: Path, code: string, params: Params = {}) => {
    const line = String(lines.linePos(offset).line);
    faults.push({
      path: path.map(String).join('.'),
      code,
      params: { key: String(path.at(-1) ?? ''), line, ...params },
    });
  };
  for (const { pos } of document.errors) fault(pos[0], [], 'channels.layout');
  let value: unknown;
  try {
    value = faults.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 });
  } catch {
    fault(0, [], 'channels.alias');
  }
  const root = document.contents;
  return { value, faults, refuse: (path, code, params) => fault(offsetOf(root, path), path, code, params) };
};
