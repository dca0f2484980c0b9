import { afterAll, beforeAll, expect, it } from 'vitest';
import { importPlan } from '../../src/modules/plans/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { clean } from '../../src/shared/text.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages, type Walker } from '../support/browserless.ts';
import { signedIn } from '../support/day.ts';
import { addLine, addMessage, villageOf } from '../support/evidence.ts';
import { bringIn, check, importVillages, type Row, taXiLang } from '../support/lists.ts';
import { lineText, planText, record } from '../support/plans.ts';
import { createWorld, type World } from '../support/world.ts';

const STEPS = ['villages', 'list', 'message', 'plan', 'evidence'] as const;

let world: World;
let web: Web;
let officer: Walker;

const household: Row = { code: 'H-1', head: 'Giàng A Mẫu', village: 'Thôn Một', class: 'Hộ nghèo' };
const list = { rows: [household], asOf: '2025-11-30', synthetic: true } as const;

/** The steps of the page, in its order, with where each leads and whether it is done; none = the page has no such part. */
const stepsOf = async (walker: Walker): Promise<[step: string, href: string, done: boolean][]> => {
  const html = clean(await (await walker.get('/')).text());
  const part = /<ol class="first-steps">(.*?)<\/ol>/su.exec(html)?.[1] ?? '';
  return part
    .split('<li>')
    .slice(1)
    .map((item) => {
      const [, href, text] = /<a href="([^"]+)">([^<]+)</u.exec(item)!;
      const step = STEPS.find((each) => say('vi', `today.first.${each}`) === text)!;
      return [step, href!, item.includes(`✓ ${say('vi', 'today.first.done')}`)];
    });
};

const doneSteps = async (): Promise<string[]> =>
  (await stepsOf(officer)).filter(([, , done]) => done).map(([step]) => step);

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  web = await startPages(world);
  officer = (await signedIn(world, web, 'officer', taXiLang)).walker;
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

it('where nothing is there yet an officer is shown where to begin, step by step, until the work is going', async () => {
  expect(await stepsOf(officer)).toEqual([
    ['villages', '/villages/import', false],
    ['list', '/imports/new', false],
    ['message', '/messages', false],
    ['plan', '/plans/import', false],
    ['evidence', '/evidence', false],
  ]);
  for (const [, href] of await stepsOf(officer)) expect((await officer.get(href)).status, href).toBe(200);
  const html = await (await officer.get('/')).text();
  expect(html).not.toContain(say('vi', 'today.nothing'));
  expect(html).toContain('lantoa -- user add');
  expect(await (await officer.get('/imports/new')).text()).toContain(say('vi', 'page.imports.no-villages'));

  await importVillages(world);
  expect(await doneSteps()).toEqual(['villages']);
  expect(await (await officer.get('/imports/new')).text()).not.toContain(say('vi', 'page.imports.no-villages'));

  // A list that was only tried is not done.
  await check(world, list);
  expect(await stepsOf(officer)).toContainEqual(['list', '/imports', false]);
  await bringIn(world, list);
  expect(await doneSteps()).toEqual(['villages', 'list']);

  const messageId = await addMessage(world, { code: 'bhyt' });
  expect(await doneSteps()).toEqual(['villages', 'list', 'message']);

  await world.execute(importPlan, systemActor, {
    text: planText({ code: 'ke-hoach-nhap' }, [lineText({ message: 'bhyt' })]),
  });
  expect(await stepsOf(officer)).toContainEqual(['plan', '/plans', false]);
  const lineId = await addLine(world, { messageId });
  expect(await doneSteps()).toEqual(['villages', 'list', 'message', 'plan']);

  await record(world, { lineId, placeIds: [await villageOf(world, 'Thôn Một')] });
  expect(await stepsOf(officer)).toEqual([]);
});

it('who does not begin the work is not shown it', async () => {
  for (const role of ['leader', 'agent', 'editor', 'admin'] as const)
    expect(await stepsOf((await signedIn(world, web, role, taXiLang)).walker), role).toEqual([]);
});
