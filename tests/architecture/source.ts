import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One source file as the rules see it: paths relative to the repository, imports resolved the same way. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  /** Repository paths of relative imports (types too), and bare names of packages. */
  readonly imports: readonly string[];
  readonly program: Node;
}

export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const ROOT = new URL('../../', import.meta.url).pathname;

/** Source files that git knows or would add; the truth that the count is held against. */
export const listed = (): string[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /\.tsx?$/u.test(path) && existsSync(`${ROOT}${path}`));

export const parse = (path: string, text: string): SourceFile => {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const sources = [
    ...module.staticImports.map((found) => found.moduleRequest.value),
    ...module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.map((found) => text.slice(found.moduleRequest.start + 1, found.moduleRequest.end - 1)),
  ];
  const imports = [...new Set(sources)].map((source) =>
    source.startsWith('.') ? normalize(`${dirname(path)}/${source}`) : source,
  );
  return { path, lines: text.split('\n').length - 1, imports, program: program as unknown as Node };
};

export const readSources = (): SourceFile[] =>
  listed().map((path) => parse(path, readFileSync(`${ROOT}${path}`, 'utf8')));

export const isTest = (path: string): boolean => /\.test\.tsx?$/u.test(path) || path.includes('/fixtures/');

/** Every node below, depth first. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && typeof (child as Node).type === 'string') yield* walk(child as Node);
    }
  }
}
