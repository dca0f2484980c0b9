import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let walker: Walker;

beforeAll(async () => {
  world = await createWorld();
  web = await startPages(world);
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});
beforeEach(() => {
  walker = createWalker(web.url);
});

const send = (path: string, fields: Record<string, string>) => walker.send('/sign-in', path, fields);

describe('how pages look', () => {
  it('is chosen without an account, and kept by the browser', async () => {
    const dark = await send('/theme', { theme: 'dark', next: '/sign-in?next=%2Fplans' });
    expect(dark.status).toBe(303);
    expect(dark.headers.get('location')).toBe('/sign-in?next=%2Fplans');
    expect(await (await walker.get('/sign-in')).text()).toMatch(
      /href="\/assets\/dark\.[0-9a-f]+\.css" media="screen"/u,
    );
    await send('/theme', { theme: 'light', next: '/' });
    expect(await (await walker.get('/sign-in')).text()).not.toContain('dark.');
    await send('/language', { language: 'en', next: '/sign-in' });
    expect(await (await walker.get('/sign-in')).text()).toContain('<html lang="en">');
  });

  it('follows the machine at first', async () => {
    expect(await (await walker.get('/sign-in')).text()).toContain('media="screen and (prefers-color-scheme: dark)"');
  });

  it.each([
    ['/theme', { theme: 'blue' }],
    ['/language', { language: 'fr' }],
    ['/keys', { keys: '' }],
    ['/columns', { list: 'households' }],
    ['/columns', { list: 'house holds', column: 'code' }],
    ['/columns', { list: 'households', column: 'a=b' }],
  ])('is not changed by what %s does not know: %j', async (path, fields) => {
    const refused = await send(path, { ...fields, next: '/' } as Record<string, string>);
    expect(refused.status).toBe(422);
    expect([...walker.cookies.keys()]).toEqual(['lantoa_visitor']);
  });

  it('leads nowhere else', async () => {
    expect((await send('/theme', { theme: 'dark', next: '//elsewhere.example' })).headers.get('location')).toBe('/');
    const foreign = await walker.post('/theme', new URLSearchParams({ theme: 'dark' }), { origin: 'http://b.example' });
    expect(foreign.status).toBe(403);
  });
});

describe('columns of a list', () => {
  const chosen = () => new URLSearchParams(decodeURIComponent(walker.cookies.get('lantoa_columns') ?? ''));

  it('are kept for each list by itself', async () => {
    await send('/columns', { list: 'households', column: 'code', next: '/' });
    await send('/columns', { list: 'visits', column: 'due', next: '/' });
    expect(Object.fromEntries(chosen())).toEqual({ households: 'code', visits: 'due' });
    await send('/columns', { list: 'households', column: 'class', next: '/' });
    expect(Object.fromEntries(chosen())).toEqual({ visits: 'due', households: 'class' });
  });

  it('never fill the cookie up: those chosen longest ago go first', async () => {
    for (let no = 0; no < 90; no += 1)
      await send('/columns', { list: `list-${no}`, column: 'a'.repeat(40), next: '/' });
    const names = [...chosen().keys()];
    expect(names.at(-1)).toBe('list-89');
    expect(names).not.toContain('list-0');
    expect(walker.cookies.get('lantoa_columns')!.length).toBeLessThan(4_000);
  });
});
