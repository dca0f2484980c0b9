import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import { languages, say } from '../../src/shared/words/index.ts';
import { howIds } from '../../src/ui/index.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { signedIn } from '../support/day.ts';
import { everyPage } from '../support/every-page.ts';
import { openWholeCommune, type WholeCommune } from '../support/whole-commune.ts';

let commune: WholeCommune;
let web: Web;

beforeAll(async () => {
  commune = await openWholeCommune();
  web = await startPages(commune.world);
});
afterAll(async () => {
  await web?.close();
  await commune?.world.close();
});

const matches = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, found]) => found!);

const idsOf = (html: string): string[] => matches(html, / id="([^"]+)"/gu);

const mainOf = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

/** Figures side by side, charts, and how far a sending is. */
const FIGURES = /class="(?:figures|ladder-key|month-columns)"/u;

describe('help', () => {
  it.each(languages)('about figures is shown whole, and its links lead somewhere (%s)', async (language) => {
    const walker = createWalker(web.url);
    walker.cookies.set('lantoa_language', language);
    const response = await walker.get('/help/figures');
    expect(response.status).toBe(200);
    const html = await response.text();
    const main = mainOf(html);
    expect(html).toContain(`<html lang="${language}"`);
    expect(main.match(/<h1/gu)).toHaveLength(1);
    expect(main).not.toMatch(/\*\*|^#+ |\| |&lt;|\]\(|href="[^"]*\.md/mu);
    const ids = idsOf(html);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of howIds) expect(ids).toContain(id);
    const inside = matches(main, /href="#([^"]+)"/gu);
    expect(inside.length).toBeGreaterThan(5);
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
    // The table of stages, and each with a name of its own.
    const tables = matches(main, /role="group" aria-label="([^"]+)"/gu);
    expect(tables.length).toBeGreaterThan(5);
    expect(new Set(tables).size).toBe(tables.length);
  });

  it.each(languages)('names the keys and leads to the figures, for whoever asks (%s)', async (language) => {
    const walker = createWalker(web.url);
    walker.cookies.set('lantoa_language', language);
    const html = await (await walker.get('/help')).text();
    expect(html).toContain(`<dt>${say(language, 'help.keyname.shift-tab')}</dt>`);
    expect(html).toContain(say(language, 'help.key.shift-tab'));
    expect(html).toContain('href="/help/figures"');
  });

  it('leads from the figures of every page to the paragraph about them', async () => {
    const walkers = new Map<Role, Walker>();
    for (const role of ['officer', 'leader'] as const)
      walkers.set(role, (await signedIn(commune.world, web, role)).walker);
    const agent = createWalker(web.url);
    const { path } = await commune.world.execute(createSignInLink, systemActor, { username: commune.agentName });
    await agent.send(path, path, {});
    walkers.set('agent', agent);
    const shown: string[] = [];
    const without: string[] = [];
    const broken: string[] = [];
    for (const { name, as, at } of everyPage) {
      const response = await walkers.get(as)!.get(at(commune));
      if (response.status !== (name === 'nowhere' ? 404 : 200)) broken.push(`${name}: ${response.status}`);
      const main = mainOf(await response.text());
      const led = matches(main, /href="\/help\/figures#([^"]*)"/gu);
      expect(led.filter((id) => !(howIds as readonly string[]).includes(id))).toEqual([]);
      if (led.length > 0) shown.push(name);
      if (FIGURES.test(main) && led.length === 0) without.push(name);
    }
    expect(broken).toEqual([]);
    expect(without).toEqual([]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ...['today', 'today of a leader', 'today of an agent', 'plan', 'line', 'evidence activity', 'evidence sample'],
        ...['audience', 'dispatch', 'dispatch under way', 'coverage', 'coverage line', 'coverage rows'],
        ...['left behind of a plan', 'import', 'import decisions', 'household with a ledger', 'counts'],
        ...['plans', 'dispatches', 'visits', 'households'],
      ]),
    );
  });
});
