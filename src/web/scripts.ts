import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

// The build beside the build; run from the sources, the same file without its types.
const SOURCES = import.meta.url.endsWith('.ts');
const ROOT = new URL('../', import.meta.url);

/** `name.ext` with the hash of its content in it: it never changes under that name. */
export const hashed = (name: string, content: string | Buffer): string => {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return name.replace(/(\.[a-z0-9]+)$/u, `.${hash}$1`);
};

const readModule = async (path: string): Promise<string> => {
  const text = await readFile(new URL(`${path}.${SOURCES ? 'ts' : 'js'}`, ROOT), 'utf8');
  return (SOURCES ? stripTypeScriptTypes(text) : text).replace(/^\/\/# sourceMappingURL=.*$/mu, '');
};

const IMPORT = /(\bfrom\s*|\bimport\s*)(['"])(\.[^'"]+)\.[jt]s\2/gu;

/**
 * Modules that run in the browser, and what they import of ours, each under a name that carries its hash: of `src/ui/islands`
 * and `src/shared`, which reach nothing else (an architecture test sees to it).
 */
export const readScripts = async (
  entries: readonly string[],
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly names: ReadonlyMap<string, string> }> => {
  const files = new Map<string, string>();
  const names = new Map<string, string>();
  const add = async (path: string): Promise<string> => {
    const known = names.get(path);
    if (known) return known;
    let text = await readModule(path);
    for (const [whole, keyword, , target] of [...text.matchAll(IMPORT)]) {
      const resolved = new URL(target!, new URL(path, ROOT)).href.slice(ROOT.href.length);
      text = text.replace(whole, `${keyword}'./${await add(resolved)}'`);
    }
    const name = hashed(`${path.slice(path.lastIndexOf('/') + 1)}.js`, text);
    files.set(name, text);
    names.set(path, name);
    return name;
  };
  for (const entry of entries) await add(entry);
  return { files, names };
};
