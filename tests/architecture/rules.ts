import { isTest, type Node, type SourceFile, walk } from './source.ts';

/** A rule looks at all files and says what breaks it, one sentence each. */
export type Rule = (files: readonly SourceFile[]) => string[];

const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//u.exec(path)?.[1];

/** A module imports only modules above it in the river, and only through their index. */
export const riverRule =
  (river: readonly string[]): Rule =>
  (files) =>
    files
      .filter((file) => !isTest(file.path))
      .flatMap((file) => {
        const own = moduleOf(file.path);
        return file.imports.flatMap((target) => {
          const other = moduleOf(target);
          if (!other || other === own) return [];
          const broken: string[] = [];
          if (target !== `src/modules/${other}/index.ts`) broken.push(`${file.path} goes past the door of ${other}`);
          if (!river.includes(other)) broken.push(`${other} is not in the river`);
          if (own && river.indexOf(other) >= river.indexOf(own)) broken.push(`${file.path} imports ${other}, below it`);
          return broken;
        });
      });

// What each part of src may import besides itself; the files at the top (app, main, cli) may import anything.
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  ui: ['shared'],
  field: ['shared', 'ui'],
  player: ['shared', 'platform', 'channels'],
  platform: ['shared'],
  channels: ['shared', 'platform'],
  modules: ['shared', 'platform', 'channels'],
  web: ['shared', 'platform', 'modules', 'ui'],
  example: ['shared', 'platform', 'modules'],
  cli: ['shared', 'platform', 'modules', 'example'],
};

const layerOf = (path: string): string | undefined => /^src\/([^/]+)\//u.exec(path)?.[1];

/** Technique knows no domain, the browser's parts never reach modules or platform, pages are thin and on top. */
export const layerRule: Rule = (files) =>
  files
    .filter((file) => !isTest(file.path))
    .flatMap((file) => {
      const own = layerOf(file.path);
      if (!own) return [];
      const allowed = LAYERS[own];
      if (!allowed) return [`${file.path}: the folder ${own} is not in the list of layers`];
      return file.imports
        .filter((target) => target.startsWith('src/') && layerOf(target) !== own)
        .filter((target) => !allowed.includes(layerOf(target) ?? ''))
        .map((target) => `${file.path} may not import ${target}`);
    });

/** No file reaches itself again through its imports. */
export const circleRule: Rule = (files) => {
  const graph = new Map(files.map((file) => [file.path, file.imports.filter((target) => target.startsWith('src/'))]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      circles.push([...trail.slice(at), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
};

const memberOf = (node: Node): string => {
  const object = node.object as Node | undefined;
  const property = node.property as Node | undefined;
  return node.type === 'MemberExpression' ? `${object?.name ?? ''}.${property?.name ?? ''}` : '';
};

/** The environment is read in one place, and the clock is asked in one place. */
export const ambientRule: Rule = (files) =>
  files
    .filter((file) => !isTest(file.path))
    .flatMap((file) =>
      [...walk(file.program)].flatMap((node) => {
        const member = memberOf(node);
        if (member === 'process.env' && file.path !== 'src/platform/config.ts')
          return [`${file.path} reads process.env`];
        const asksClock =
          member === 'Date.now' ||
          (node.type === 'NewExpression' &&
            (node.callee as Node).name === 'Date' &&
            (node.arguments as Node[]).length === 0);
        if (asksClock && file.path !== 'src/platform/clock.ts') return [`${file.path} asks the clock itself`];
        if (member === 'Math.random') return [`${file.path} rolls dice`];
        return [];
      }),
    );

const QUERY_WORDS = ['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'withTables'];
const isStore = (path: string): boolean => /\/store(-[a-z-]+)?\.ts$/u.test(path);

/** Inside modules SQL stands only in stores; use cases and pages never write any. */
export const sqlRule: Rule = (files) =>
  files
    .filter((file) => /^src\/(modules|web|example)\//u.test(file.path) && !isTest(file.path) && !isStore(file.path))
    .flatMap((file) =>
      [...walk(file.program)].flatMap((node) => {
        const name = (node.property as Node | undefined)?.name;
        const query = node.type === 'MemberExpression' && QUERY_WORDS.includes(String(name));
        const template = node.type === 'TaggedTemplateExpression' && (node.tag as Node).name === 'sql';
        return query || template ? [`${file.path} writes SQL outside a store`] : [];
      }),
    );

const BANNED = /(^|[-/.])(utils?|helpers?|common|manager|service|base|misc)([-/.]|$)/u;

/** Names say what a thing is; sizes stay readable. */
export const houseRule: Rule = (files) =>
  files.flatMap((file) => {
    const limit = isStore(file.path) || isTest(file.path) ? 400 : 300;
    const wordList = file.path.startsWith('src/shared/words/');
    const broken: string[] = [];
    if (BANNED.test(file.path)) broken.push(`${file.path}: a name that says nothing`);
    if (file.lines > limit && !wordList) broken.push(`${file.path}: ${file.lines} lines, ${limit} allowed`);
    return broken;
  });
