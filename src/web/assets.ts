import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import type { FastifyInstance } from 'fastify';

/** Addresses of small files that never change under their name. */
export interface AssetPaths {
  readonly stylesheet: string;
  readonly icon: string;
  /** Modules that add to a page what it can do without. */
  readonly scripts: { readonly smsCounter: string };
}

interface Assets {
  readonly paths: AssetPaths;
  serve(app: FastifyInstance): void;
}

const FONTS = ['latin-400', 'latin-600', 'vietnamese-400', 'vietnamese-600'];
// One after the other, sent as one; where two rules disagree the later one holds.
const STYLES = [
  'base',
  'shell',
  'controls',
  'notices',
  'tables',
  'figures',
  'wide',
  'parts',
  'sheet',
  'sending',
  'ladder',
];

const hashed = (name: string, content: Buffer): string => {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return name.replace(/(\.[a-z0-9]+)$/u, `.${hash}$1`);
};

// The build beside the build; run from the sources, the same file without its types.
const SOURCES = import.meta.url.endsWith('.ts');

const readModule = async (path: string): Promise<string> => {
  const text = await readFile(new URL(`../${path}.${SOURCES ? 'ts' : 'js'}`, import.meta.url), 'utf8');
  return (SOURCES ? stripTypeScriptTypes(text) : text).replace(/^\/\/# sourceMappingURL=.*$/mu, '');
};

/** Reads them once; a name carries the hash of its content, so browsers may keep it for good. */
export const readAssets = async (): Promise<Assets> => {
  const resolve = createRequire(import.meta.url).resolve;
  const kept = new Map<string, { content: Buffer; type: string }>();
  const sheets = STYLES.map((name) => readFile(new URL(`../ui/styles/${name}.css`, import.meta.url), 'utf8'));
  let style = (await Promise.all(sheets)).join('\n');
  for (const font of FONTS) {
    const content = await readFile(resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${font}-normal.woff2`));
    const name = hashed(`be-vietnam-pro-${font}.woff2`, content);
    kept.set(name, { content, type: 'font/woff2' });
    style = style.replaceAll(`"be-vietnam-pro-${font}.woff2"`, `"${name}"`);
  }
  const stylesheet = hashed('style.css', Buffer.from(style));
  kept.set(stylesheet, { content: Buffer.from(style), type: 'text/css; charset=utf-8' });
  const picture = await readFile(new URL('../ui/icon.svg', import.meta.url));
  const icon = hashed('icon.svg', picture);
  kept.set(icon, { content: picture, type: 'image/svg+xml' });
  const keepScript = (name: string, text: string): string => {
    const script = hashed(name, Buffer.from(text));
    kept.set(script, { content: Buffer.from(text), type: 'text/javascript; charset=utf-8' });
    return script;
  };
  const sms = keepScript('sms.js', await readModule('shared/sms'));
  const island = (await readModule('ui/islands/sms-counter')).replace(/(['"])[./]+shared\/sms\.[jt]s\1/u, `'./${sms}'`);
  const smsCounter = keepScript('sms-counter.js', island);
  return {
    paths: {
      stylesheet: `/assets/${stylesheet}`,
      icon: `/assets/${icon}`,
      scripts: { smsCounter: `/assets/${smsCounter}` },
    },
    serve: (app) => {
      app.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => {
        const asset = kept.get(request.params.name);
        if (!asset) return reply.callNotFound();
        return reply
          .type(asset.type)
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('x-content-type-options', 'nosniff')
          .send(asset.content);
      });
    },
  };
};
