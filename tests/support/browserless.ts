import { openToKeys } from '../../src/open-to-keys.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Page } from '../../src/web/page.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import type { WebParts } from '../../src/web/visit.ts';
import type { World } from './world.ts';

/** The product's pages over a world, on a free port. */
export const startPages = (
  world: World,
  pages?: readonly Page[],
  env: Record<string, string> = {},
  takeReceipts: WebParts['takeReceipts'] = async () => ({ status: 404 }),
  pricePerPart: number | null = 350,
): Promise<Web> => {
  const { clock, database, execute, files } = world;
  const config = readConfig({ PORT: '0', ...env });
  // As the example has it: a simulated network at an assumed price.
  const sms = async () => ({ provider: 'mo-phong', pricePerPart, answerable: true, simulator: true });
  const secret = Buffer.alloc(32, 7);
  return startWeb(
    {
      config,
      clock,
      database,
      execute,
      files,
      log: silentLog(),
      secret,
      sms,
      mail: async () => ({ provider: 'thu', simulator: true }),
      takeReceipts,
      openToKeys,
    },
    pages,
  );
};

/** A browser without a screen: keeps cookies, reads a form's hidden fields, sends as a browser of today sends. */
export interface Walker {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Opens `at`, takes the token of its forms, and sends `fields` to `path`. */
  send(at: string, path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** Sends as it stands, without opening anything. */
  post(path: string, body: URLSearchParams | FormData, headers?: Record<string, string>): Promise<Response>;
  token(at: string): Promise<string>;
  readonly cookies: Map<string, string>;
}

export const createWalker = (url: string): Walker => {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) };
    const response = await fetch(`${url}${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/u.exec(line)!;
      if (value) cookies.set(name!, value);
      else cookies.delete(name!);
    }
    return response;
  };
  const walker: Walker = {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) => ask(path, { method: 'POST', body, headers: { origin: url, ...headers } }),
    token: async (at) => /name="csrf" value="([^"]+)"/u.exec(await (await walker.get(at)).text())![1]!,
    send: async (at, path, fields, headers) =>
      walker.post(path, new URLSearchParams({ csrf: await walker.token(at), ...fields }), headers),
  };
  return walker;
};
