import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideInstallation } from '../../src/platform/installation.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { createPeople, PASSWORD } from '../support/sign-in.ts';
import type { World } from '../support/world.ts';

let world: World;
let web: Web;
let walker: Walker;

const text = async (response: Response): Promise<string> => response.text();

beforeAll(async () => {
  world = await createPeople();
  web = await startPages(world);
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});
beforeEach(() => {
  walker = createWalker(web.url);
});

describe('every page', () => {
  it('carries the headers, and runs no script', async () => {
    for (const path of ['/sign-in', '/nowhere']) {
      const response = await walker.get(path);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
      expect(response.headers.get('referrer-policy')).toBe('same-origin');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('no-store');
      const body = await text(response);
      expect(body).not.toMatch(/<script|style="|onclick/u);
      expect(body).toMatch(/^<!doctype html><html lang="vi">/u);
    }
  });

  it('that is not there says so; HEAD answers as GET without a body', async () => {
    const missing = await walker.get('/nowhere');
    expect(missing.status).toBe(404);
    expect(await text(missing)).toContain(say('vi', 'error.page'));
    expect((await walker.get('/%zz')).status).toBe(404);
    const head = await fetch(`${web.url}/sign-in`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  it('is never left for another site', async () => {
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/sign-out',
    ]) {
      walker = createWalker(web.url);
      expect(
        (await walker.send('/sign-in', '/sign-in', { username: 'hoa', password: PASSWORD, next })).headers.get(
          'location',
        ),
      ).toBe('/');
      const back = await walker.send('/', '/language', { language: 'vi', next });
      expect(back.headers.get('location')).toBe(next === '/sign-out' ? '/sign-out' : '/');
    }
  });

  it('changes its language and stays where it is', async () => {
    const changed = await walker.send('/sign-in?next=%2Faccount', '/language', {
      language: 'en',
      next: '/sign-in?next=%2Faccount',
    });
    expect(changed.headers.get('location')).toBe('/sign-in?next=%2Faccount');
    const body = await text(await walker.get('/sign-in?next=%2Faccount'));
    expect(body).toContain('<html lang="en">');
    expect(body).toContain(say('en', 'page.sign-in.password'));
  });

  it('brings a stylesheet and fonts that browsers may keep for good', async () => {
    const style = /href="(\/assets\/style\.[0-9a-f]{12}\.css)"/u.exec(await text(await walker.get('/sign-in')))![1]!;
    const response = await walker.get(style);
    expect(response.headers.get('cache-control')).toContain('immutable');
    const css = await text(response);
    const fonts = [...css.matchAll(/url\("([^"]+)"\)/gu)].map((found) => found[1]!);
    expect(fonts).toHaveLength(5);
    for (const font of fonts)
      expect((await walker.get(`/assets/${font}`)).headers.get('content-type')).toBe('font/woff2');
    expect((await walker.get('/assets/../package.json')).status).toBe(404);
    // What is text goes compressed; fonts are already.
    expect(response.headers.get('content-encoding')).toMatch(/^(br|gzip)$/u);
    expect((await walker.get('/sign-in')).headers.get('content-encoding')).toMatch(/^(br|gzip)$/u);
    expect((await walker.get(`/assets/${fonts[0]}`)).headers.get('content-encoding')).toBe(null);
  });

  it('says that its people are invented where they are', async () => {
    const banner = say('vi', 'ui.shell.synthetic');
    expect(await text(await walker.get('/sign-in'))).not.toContain(banner);
    await world.database.db.transaction().execute((tx) => decideInstallation(tx, 'example'));
    expect(await text(await walker.get('/sign-in'))).toContain(banner);
  });

  it('behind a proxy with HTTPS: the cookie is for HTTPS only and the origin is the proxy’s', async () => {
    const behind = await startPages(world, undefined, { TRUST_PROXY: '1' });
    const who = createWalker(behind.url);
    const over = {
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'lantoa.example',
      'x-forwarded-for': '203.0.113.9, 198.51.100.7',
    };
    const csrf = /name="csrf" value="([^"]+)"/u.exec(await text(await who.get('/sign-in', over)))![1]!;
    const fields = new URLSearchParams({ csrf, username: 'hoa', password: PASSWORD, next: '/' });
    const entered = await who.post('/sign-in', fields, { ...over, origin: 'https://lantoa.example' });
    expect(entered.headers.getSetCookie().join()).toMatch(/lantoa_session=[^;]+;.*Secure/u);
    const { rows } = await world.database.pool.query(
      `select distinct key from identity.sign_in_attempt where key like 'address:198%' or key like 'address:203%'`,
    );
    expect(rows).toEqual([{ key: 'address:198.51.100.7' }]);
    await behind.close();
  });
});
