import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { hashed, readScripts } from './scripts.ts';

/** Addresses of small files that never change under their name. */
export interface AssetPaths {
  readonly stylesheet: string;
  /** The colours of dark screens. */
  readonly dark: string;
  readonly icon: string;
  /** Modules that add to a page what it can do without; `desk` runs on every page of who is signed in. */
  readonly scripts: { readonly desk: string; readonly smsCounter: string };
}

interface Assets {
  readonly paths: AssetPaths;
  serve(app: FastifyInstance): void;
}

const FONTS = [
  ...['latin-400', 'latin-600', 'vietnamese-400', 'vietnamese-600'].map((font) => ({
    name: `be-vietnam-pro-${font}.woff2`,
    file: `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${font}-normal.woff2`,
  })),
  {
    name: 'noto-sans-tai-viet-400.woff2',
    file: '@fontsource/noto-sans-tai-viet/files/noto-sans-tai-viet-tai-viet-400-normal.woff2',
  },
];
// One after the other, sent as one; where two rules disagree the later one holds.
const STYLES = [
  'fonts',
  'tokens',
  'base',
  'shell',
  'controls',
  'notices',
  'tables',
  'figures',
  'wide',
  'parts',
  'list',
  'sheet',
  'sending',
  'ladder',
  'swatches',
  'how',
  'prose',
  'print',
  'village-map',
];

const readStyle = (name: string): Promise<string> =>
  readFile(new URL(`../ui/styles/${name}.css`, import.meta.url), 'utf8');

/** Reads them once; a name carries the hash of its content, so browsers may keep it for good. */
export const readAssets = async (): Promise<Assets> => {
  const resolve = createRequire(import.meta.url).resolve;
  const kept = new Map<string, { content: Buffer; type: string }>();
  const keep = (name: string, type: string, content: Buffer): string => {
    const at = hashed(name, content);
    kept.set(at, { content, type });
    return at;
  };
  let style = (await Promise.all(STYLES.map(readStyle))).join('\n');
  for (const { name, file } of FONTS)
    style = style.replaceAll(`"${name}"`, `"${keep(name, 'font/woff2', await readFile(resolve(file)))}"`);
  const css = 'text/css; charset=utf-8';
  const stylesheet = keep('style.css', css, Buffer.from(style));
  const dark = keep('dark.css', css, Buffer.from(await readStyle('dark')));
  const icon = keep('icon.svg', 'image/svg+xml', await readFile(new URL('../ui/icon.svg', import.meta.url)));
  const [desk, smsCounter] = ['ui/islands/desk', 'ui/islands/sms-counter'];
  const scripts = await readScripts([desk, smsCounter]);
  for (const [name, text] of scripts.files)
    kept.set(name, { content: Buffer.from(text), type: 'text/javascript; charset=utf-8' });
  const script = (path: string): string => `/assets/${scripts.names.get(path)!}`;
  return {
    paths: {
      stylesheet: `/assets/${stylesheet}`,
      dark: `/assets/${dark}`,
      icon: `/assets/${icon}`,
      scripts: { desk: script(desk), smsCounter: script(smsCounter) },
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
