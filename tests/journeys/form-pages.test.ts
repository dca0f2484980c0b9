import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { addLine, addMessage } from '../support/evidence.ts';
import { bringIn, check, importVillages, taXiLang } from '../support/lists.ts';
import { householdNo } from '../support/sending.ts';
import { bodyOf, type Fields, formTo } from '../support/shown-forms.ts';
import { createWorld, type World } from '../support/world.ts';

/** More than stand on one page of either list. */
const HOUSEHOLDS = 110;

let world: World;
let web: Web;
let walker: Walker;
let line: string;
let importId: string;

/** By a link, as the person of this file; says where it leads. */
const enter = async (): Promise<string> => {
  const { path } = await world.execute(createSignInLink, systemActor, { username: 'can-bo' });
  return (await walker.send(path, path, {})).headers.get('location')!;
};

const look = async (path: string): Promise<string> => (await walker.get(path)).text();

interface Sent {
  readonly action: string;
  readonly fields: Fields;
}

/** The form of this address with the last household of the page ticked, as a browser would send it. */
const tickLast = async (path: string, to: string, box: string): Promise<Sent & { readonly id: string }> => {
  const html = await look(path);
  const action = new RegExp(`<form method="post" action="(${to}[^"]*)"`, 'u').exec(html)![1]!.replaceAll('&amp;', '&');
  const boxes = [...html.matchAll(new RegExp(`type="checkbox"[^>]* name="${box}" value="([^"]+)"`, 'gu'))];
  const id = boxes.at(-1)![1]!;
  return { action, id, fields: { ...formTo(html, to), [box]: id } };
};

const send = ({ action, fields: { csrf, ...fields } }: Sent): Promise<Response> =>
  walker.post(action, bodyOf(csrf![0]!, fields));

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const rows = Array.from({ length: HOUSEHOLDS }, (_, at) => householdNo(at + 1));
  await bringIn(world, { rows, asOf: '2025-11-30', synthetic: true });
  line = await addLine(world, { messageId: await addMessage(world) });
  ({ importId } = await check(world, { rows: rows.slice(0, 2), asOf: '2026-05-30', synthetic: true }));
  web = await startPages(world);
  const about = { username: 'can-bo', name: 'Lò Thị Cán Bộ', role: 'officer', placeId: taXiLang } as const;
  await world.execute(addUser, systemActor, about);
  walker = createWalker(web.url);
  await enter();
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

describe('households ticked on a later page of a list', () => {
  const lists = [
    {
      ...{ name: 'of those left behind', to: '/left-behind/assign', box: 'subject' },
      path: () => `/left-behind?line=${line}&page=2`,
    },
    {
      ...{ name: 'of those missing from an import', to: '/imports/.*/decisions', box: 'ids' },
      path: () => `/imports/${importId}/decisions?kind=missing&page=2`,
    },
  ] as const;

  it.each(lists)('$name stay ticked when the form is refused, and when the session had ended', async (list) => {
    const to = list.to.replace('.*', importId);
    const ticked = await tickLast(list.path(), to, list.box);
    const refused = await send(ticked);
    expect(refused.status).toBe(422);
    expect(formTo(await refused.text(), to)![list.box]).toEqual([ticked.id]);

    world.clock.set(new Date(world.clock.now().getTime() + 13 * 3_600_000));
    expect((await send(ticked)).headers.get('location')).toContain('draft');
    const kept = await enter();
    expect(formTo(await look(kept), to)![list.box]).toEqual([ticked.id]);
  });

  it('are given out from there', async () => {
    const ticked = await tickLast(`/left-behind?line=${line}&page=2`, '/left-behind/assign', 'subject');
    const done = await send({ ...ticked, fields: { ...ticked.fields, ownerName: 'Trưởng thôn', sure: 'yes' } });
    expect(done.headers.get('location')).toContain('assigned=1');
    const { rows } = await world.database.pool.query('select subject_id as id from visits.visit');
    expect(rows).toEqual([{ id: ticked.id }]);
  });
});
