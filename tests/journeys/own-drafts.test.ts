import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink, grantRole } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { roles } from '../../src/shared/roles.ts';
import { say } from '../../src/shared/words/index.ts';
import { pages } from '../../src/web/routes.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { everyRow } from '../support/foreign.ts';
import { type FormSample, formSamples } from '../support/form-samples.ts';
import { taXiLang } from '../support/lists.ts';
import { bodyOf, type Fields, formTo } from '../support/shown-forms.ts';
import { openWholeCommune, type WholeCommune } from '../support/whole-commune.ts';

let commune: WholeCommune;
let web: Web;
let samples: FormSample[];
let mai: Walker;
let nam: Walker;

const hours = (count: number): void =>
  commune.world.clock.set(new Date(commune.world.clock.now().getTime() + count * 3_600_000));
const minutes = (count: number): void => hours(count / 60);

const addPerson = async (username: string): Promise<void> => {
  const { world } = commune;
  const about = { username, name: `Người ${username}`, role: 'officer', placeId: taXiLang } as const;
  const { userId } = await world.execute(addUser, systemActor, { ...about, password: 'một mật khẩu dài' });
  for (const role of roles.filter((each) => each !== 'officer'))
    await world.execute(grantRole, systemActor, { userId, role, placeId: taXiLang });
};

const enter = async (walker: Walker, username: string): Promise<string> => {
  const { path } = await commune.world.execute(createSignInLink, systemActor, { username });
  return (await walker.send(path, path, {})).headers.get('location')!;
};

const look = async (walker: Walker, path: string): Promise<string> => {
  const response = await walker.get(path);
  expect(response.status, path).toBe(200);
  return response.text();
};

interface Opened {
  readonly csrf: string;
  readonly draft: string;
  readonly path: string;
}

const written = (text: string): string => text.replaceAll('&amp;', '&');

/** What the page of a kept form tells the script that keeps it; undefined = no form of that page is kept. */
const keptIn = (html: string): Opened | undefined => {
  const path = /<form [^>]*data-keep="([^"]*)"/u.exec(html)?.[1];
  const draft = /name="draft" value="([^"]*)"/u.exec(html)?.[1];
  const csrf = /name="csrf" value="([^"]*)"/u.exec(html)?.[1];
  return path && draft && csrf ? { path: written(path), draft, csrf } : undefined;
};

const open = async (walker: Walker, path: string): Promise<Opened> => keptIn(await look(walker, path))!;

/** As the page's script sends it. */
const keep = (walker: Walker, about: object, headers: Record<string, string> = {}): Promise<Response> =>
  walker.post('/drafts', JSON.stringify(about) as never, { 'content-type': 'application/json', ...headers });

/** The address of the draft that this page offers to open again. */
const offeredIn = (html: string): string | undefined => {
  const found = /<a class="[^"]*" href="([^"]*[?&;]draft=[^"]*)">/u.exec(html)?.[1];
  return found && written(found);
};

const drafts = async (): Promise<{ draftId: string; form: Fields }[]> =>
  (await commune.world.database.pool.query('select draft_id as "draftId", form from identity.form_draft order by 1'))
    .rows;

/** What the audit says of drafts since the last look. */
let heard = 0;
const rowsOfAudit = async (): Promise<string[]> => {
  const { rows } = await commune.world.database.pool.query<{ id: string; name: string }>(
    `select audit_id as id, name from platform.audit where audit_id > $1 and name like 'identity.%-draft' order by 1`,
    [heard],
  );
  heard = Number(rows.at(-1)?.id ?? heard);
  return rows.map(({ name }) => name);
};

/** Where the form of a sample stands. */
const standsAt = ({ page, at, hidden = {} }: FormSample): string => {
  const [path = '', query] = at.split('?');
  const names = page.split('/');
  const params = Object.fromEntries(path.split('/').map((part, place) => [names[place]!.slice(1), part]));
  const { formAt } = pages.find((each) => each.method === 'POST' && each.path === page)!;
  // Which village it is about stands in the address, and in hidden fields once it is sent.
  if (page === '/households/languages') return `${path}?${new URLSearchParams(hidden as Record<string, string>)}`;
  return formAt?.(params) ?? (query ? `${path}?${query}` : path);
};

const MESSAGE = { title: 'Nhà bà Mỷ & con <út>', core: 'Đi buổi tối', 'bases.0.number': '12/NQ' };

beforeAll(async () => {
  commune = await openWholeCommune();
  web = await startPages(commune.world);
  samples = await formSamples(commune);
  for (const name of ['mai', 'nam', 'lan']) await addPerson(name);
  mai = createWalker(web.url);
  nam = createWalker(web.url);
  await enter(mai, 'mai');
  await enter(nam, 'nam');
});
afterAll(async () => {
  await web?.close();
  await commune?.world.close();
});

describe('what is typed into a long form', () => {
  it('is kept as it stands, and stands there again for the same person alone, at that form alone', async () => {
    const before = await everyRow(commune.world);
    const kept = new Set<string>();
    for (const sample of samples) {
      const html = await (await mai.get(standsAt(sample))).text();
      const opened = keptIn(html);
      const typed = { ...sample.hidden, ...sample.typed };
      // A page may have one form that is kept and others that are not.
      if (!opened || !formTo(html, sample.at)?.draft) continue;
      kept.add(sample.page);
      const saved = await keep(mai, { ...opened, form: typed });
      expect(saved.status, sample.at).toBe(200);
      expect(await saved.json()).toEqual({ savedAt: commune.world.clock.now().toISOString(), time: '09:00' });
      const page = await look(mai, opened.path);
      expect(page).toContain(say('vi', 'ui.draft.earlier', { time: '09:00', day: '15/06/2026' }));
      const again = await look(mai, offeredIn(page)!);
      const shown = formTo(again, sample.at)!;
      for (const [name, value] of Object.entries(sample.typed))
        expect([shown[name]].flat().toSorted(), `${sample.at} ${name}`).toEqual([value].flat().toSorted());
      expect(shown.draft).toEqual([opened.draft]);
      expect(again).toContain(say('vi', 'page.form.kept'));
      expect(offeredIn(again)).toBeUndefined();
      for (const address of [opened.path, offeredIn(page)!]) {
        const foreign = await (await nam.get(address)).text();
        expect(offeredIn(foreign), sample.at).toBeUndefined();
        expect(foreign, sample.at).not.toContain(say('vi', 'page.form.kept'));
      }
      const elsewhere = sample.page === '/audiences' ? '/messages/new' : '/audiences/new';
      expect(await look(mai, `${elsewhere}?draft=${opened.draft}`)).not.toContain(say('vi', 'page.form.kept'));
    }
    expect([...kept].sort()).toEqual([
      '/audiences',
      '/evidence/new',
      '/households/:subjectId/languages',
      '/households/languages',
      '/imports/:importId/decisions',
      '/imports/:importId/mapping',
      '/messages',
      '/messages/:messageId/editions/:edition',
      '/messages/:messageId/editions/:edition/form',
      '/messages/:messageId/editions/:edition/retire',
      '/messages/:messageId/new-edition',
      '/plans/:code/issue',
      '/visits/:visitId',
    ]);
    expect(await everyRow(commune.world)).toEqual(before);
  });

  it('leaves one row in the audit when it begins to be kept, and none each time that it is kept again', async () => {
    const opened = await open(mai, '/messages/new');
    await rowsOfAudit();
    for (const core of ['Đi', 'Đi buổi', 'Đi buổi tối']) {
      expect((await keep(mai, { ...opened, begun: core !== 'Đi', form: { core } })).status).toBe(200);
      minutes(1);
    }
    expect(await rowsOfAudit()).toEqual(['identity.save-own-draft']);
    expect((await drafts()).filter(({ draftId }) => draftId === opened.draft)).toEqual([
      { draftId: opened.draft, form: { core: 'Đi buổi tối' } },
    ]);
    const { rows } = await commune.world.database.pool.query(
      `select refs from platform.audit where name = 'identity.save-own-draft' order by audit_id desc limit 1`,
    );
    expect(rows).toEqual([{ refs: { draftId: opened.draft } }]);
  });

  it('does not write over what was typed there before and not opened', async () => {
    const first = await open(mai, '/messages/new');
    await keep(mai, { ...first, form: { core: 'bản đầu' } });
    minutes(1);
    const second = await open(mai, '/messages/new');
    expect(second.draft).not.toBe(first.draft);
    await keep(mai, { ...second, form: { core: 'bản sau' } });
    const kept = (await drafts()).map(({ form }) => form.core);
    expect(kept).toEqual(expect.arrayContaining(['bản đầu', 'bản sau']));
    const offered = async () =>
      formTo(await look(mai, offeredIn(await look(mai, '/messages/new'))!), '/messages')!.core;
    expect(await offered()).toEqual(['bản sau']);
    await mai.post('/drafts/drop', new URLSearchParams({ csrf: second.csrf, dropped: second.draft, back: '/' }));
    expect(await offered()).toEqual(['bản đầu']);
  });

  it('has neither passwords nor tokens in it, and is nothing but texts', async () => {
    const opened = await open(mai, '/messages/new');
    const form = { core: 'Đi', csrf: opened.csrf, draft: 'x', password: 'bí mật', newPassword: 'bí mật', file: 'tệp' };
    expect((await keep(mai, { ...opened, form })).status).toBe(200);
    const kept = (await drafts()).find(({ draftId }) => draftId === opened.draft)!;
    expect(kept.form).toEqual({ core: 'Đi', file: 'tệp' });
    const before = await drafts();
    for (const wrong of [{ core: { deep: 1 } }, { core: 5 }, { core: [1] }, ['Đi'], 'Đi', null, undefined])
      expect((await keep(mai, { ...opened, form: wrong })).status).toBe(422);
    for (const wrong of [{ draft: 'x' }, { draft: undefined }, { path: 'x'.repeat(3000) }])
      expect((await keep(mai, { ...opened, form: {}, ...wrong })).status).toBeLessThan(500);
    expect((await drafts()).filter(({ draftId }) => draftId !== opened.draft)).toEqual(
      before.filter(({ draftId }) => draftId !== opened.draft),
    );
  });

  it('is refused when it is too much, and what was kept before stays', async () => {
    const opened = await open(mai, '/messages/new');
    await keep(mai, { ...opened, form: { core: 'vừa' } });
    const refused = await keep(mai, { ...opened, form: { core: 'ế'.repeat(70_000) } });
    expect([refused.status, await refused.json()]).toEqual([422, { code: 'draft.too-large' }]);
    expect((await drafts()).find(({ draftId }) => draftId === opened.draft)!.form).toEqual({ core: 'vừa' });
    expect((await keep(mai, { ...opened, form: { core: 'ế'.repeat(60_000) } })).status).toBe(200);
  });

  it('is kept for twenty forms of a person, the newest, and of others all the same', async () => {
    const theirs = await open(nam, '/messages/new');
    await keep(nam, { ...theirs, form: { core: 'của Nam' } });
    for (let count = 0; count < 25; count += 1) {
      minutes(1);
      await keep(mai, { ...(await open(mai, '/messages/new')), form: { core: `bản ${count}` } });
    }
    const { rows } = await commune.world.database.pool.query(
      `select u.username, count(*)::int as n, min(d.form->>'core') filter (where u.username = 'mai') as first
       from identity.form_draft d join identity."user" u on u.id = d.user_id group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { username: 'mai', n: 20, first: 'bản 10' },
      { username: 'nam', n: 1, first: null },
    ]);
  });

  it('is nobody’s any more after a day', async () => {
    const opened = await open(mai, '/messages/new');
    await keep(mai, { ...opened, form: MESSAGE });
    const offered = offeredIn(await look(mai, '/messages/new'))!;
    for (let step = 0; step < 5; step += 1) {
      hours(5);
      await look(mai, '/account');
    }
    expect(offeredIn(await look(mai, '/messages/new'))).toBeUndefined();
    expect(await look(mai, offered)).not.toContain(say('vi', 'page.form.kept'));
  });
});

describe('the draft of a form', () => {
  it('goes once the form was sent, without a row of its own; a refused form keeps it, and its number', async () => {
    const opened = await open(mai, '/messages/new');
    await keep(mai, { ...opened, form: MESSAGE });
    await rowsOfAudit();
    const { csrf, draft } = opened;
    const refused = await mai.post('/messages', bodyOf(csrf, { ...MESSAGE, draft, which: 'save' }));
    expect(refused.status).toBe(422);
    const shown = await refused.text();
    // The token is another on every page.
    const again = { ...opened, csrf: expect.any(String) };
    expect(keptIn(shown)).toEqual(again);
    expect(offeredIn(shown)).toBeUndefined();
    // Another row of fields is no end either.
    const more = await mai.post('/messages', bodyOf(csrf, { ...MESSAGE, draft, which: 'more' }));
    expect([more.status, keptIn(await more.text())]).toEqual([200, again]);
    expect((await drafts()).some(({ draftId }) => draftId === draft)).toBe(true);
    const sent = { title: 'Tên', topic: 'credit', placeId: taXiLang, core: 'Lời', draft, which: 'save' };
    expect((await mai.post('/messages', bodyOf(csrf, sent))).status).toBe(303);
    expect((await drafts()).some(({ draftId }) => draftId === draft)).toBe(false);
    expect(await rowsOfAudit()).toEqual([]);
    // What was on its way when the form was sent comes too late to bring it back.
    const late = await keep(mai, { ...opened, begun: true, form: MESSAGE });
    expect([late.status, await late.json()]).toEqual([404, { code: 'draft' }]);
    expect(offeredIn(await look(mai, '/messages/new'))).toBeUndefined();
  });

  it('goes with the answer where a form is asked back first', async () => {
    const sample = samples.find(({ page }) => page === '/households/languages')!;
    const opened = await open(mai, standsAt(sample));
    await keep(mai, { ...opened, form: { ...sample.typed, ...sample.hidden } });
    const { csrf, draft } = opened;
    const asked = await mai.post('/households/languages', bodyOf(csrf, { ...sample.typed, ...sample.hidden, draft }));
    expect(asked.status).toBe(200);
    const confirm = formTo(await asked.text(), '/households/languages')!;
    expect(confirm.draft).toEqual([draft]);
    expect((await drafts()).some(({ draftId }) => draftId === draft)).toBe(true);
    expect((await mai.post('/households/languages', bodyOf(csrf, confirm))).status).toBe(303);
    expect((await drafts()).some(({ draftId }) => draftId === draft)).toBe(false);
  });

  it('is dropped by whose it is, without scripts, and that leaves a row; of another person it can be neither dropped nor written', async () => {
    const opened = await open(mai, '/messages/new');
    const { csrf, draft } = opened;
    await keep(mai, { ...opened, form: MESSAGE });
    await rowsOfAudit();
    await enter(nam, 'nam');
    const foreign = await open(nam, '/messages/new');
    const before = await drafts();
    expect((await keep(nam, { ...foreign, draft, form: { core: 'đè lên' } })).status).toBe(404);
    expect((await keep(nam, { ...foreign, draft, begun: true, form: { core: 'đè lên' } })).status).toBe(404);
    const drop = (walker: Walker, token: string, back = '/messages/new') =>
      walker.post('/drafts/drop', new URLSearchParams({ csrf: token, dropped: draft, back }));
    expect((await drop(nam, foreign.csrf)).status).toBe(303);
    const sent = { title: 'Tên khác', topic: 'credit', placeId: taXiLang, core: 'Lời', draft, which: 'save' };
    expect((await nam.post('/messages', bodyOf(foreign.csrf, sent))).status).toBe(303);
    expect(await drafts()).toEqual(before);
    expect(await rowsOfAudit()).toEqual([]);

    const [, form] = /<form [^>]*data-drop-draft[^>]*>(.*?)<\/form>/su.exec(await look(mai, '/messages/new'))!;
    expect(form).toContain(`name="dropped" value="${draft}"`);
    expect(form).toContain('name="back" value="/messages/new"');
    const dropped = await drop(mai, csrf);
    expect([dropped.status, dropped.headers.get('location')]).toEqual([303, '/messages/new']);
    expect((await drop(mai, csrf, 'https://noi-khac.example/')).headers.get('location')).toBe('/');
    expect(offeredIn(await look(mai, '/messages/new'))).toBeUndefined();
    expect(await rowsOfAudit()).toEqual(['identity.drop-own-draft']);
  });

  it('is the one that is kept over the end of a session, too', async () => {
    const opened = await open(mai, '/messages/new');
    const { csrf, draft } = opened;
    await keep(mai, { ...opened, form: { core: 'lúc trước' } });
    hours(13);
    const refused = await keep(mai, { ...opened, form: { core: 'muộn' } });
    expect([refused.status, await refused.json()]).toEqual([401, { code: 'signed-out' }]);
    const late = await mai.post('/messages', bodyOf(csrf, { ...MESSAGE, draft, which: 'save' }));
    const next = new URL(late.headers.get('location')!, web.url).searchParams.get('next')!;
    expect(next).toBe(`/messages/new?draft=${draft}`);
    expect((await drafts()).filter(({ draftId }) => draftId === draft)).toEqual([
      { draftId: draft, form: { ...MESSAGE, which: 'save' } },
    ]);
    expect(await enter(mai, 'mai')).toBe(next);
    expect(formTo(await look(mai, next), '/messages')).toMatchObject({ core: ['Đi buổi tối'], draft: [draft] });
  });

  it('leads nobody astray who signs in: it was left, not lost', async () => {
    const lan = createWalker(web.url);
    await enter(lan, 'lan');
    await keep(lan, { ...(await open(lan, '/messages/new')), form: MESSAGE });
    minutes(1);
    await lan.send('/account', '/sign-out', {});
    minutes(1);
    expect(await enter(lan, 'lan')).toBe('/');
    expect(offeredIn(await look(lan, '/messages/new'))).toBeDefined();
  });
});

describe('what asks to keep a draft', () => {
  it('has to be a page of ours, of this session', async () => {
    await enter(nam, 'nam');
    const opened = await open(mai, '/messages/new');
    const before = await drafts();
    const asked = { ...opened, draft: newId(), form: MESSAGE };
    const codes: [number, string][] = [];
    for (const [walker, about, headers] of [
      [mai, { ...asked, csrf: '' }, {}],
      [mai, { ...asked, csrf: (await open(nam, '/messages/new')).csrf }, {}],
      [mai, asked, { origin: 'https://noi-khac.example' }],
      [mai, asked, { 'sec-fetch-site': 'cross-site' }],
      [createWalker(web.url), asked, {}],
    ] as const) {
      const response = await keep(walker, about, headers);
      codes.push([response.status, (await response.json()).code]);
    }
    expect(codes).toEqual([
      [403, 'form-expired'],
      [403, 'form-expired'],
      [403, 'foreign-origin'],
      [403, 'foreign-origin'],
      [401, 'signed-out'],
    ]);
    expect(await drafts()).toEqual(before);
  });
});
