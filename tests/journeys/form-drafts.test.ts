import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink, grantRole } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { roles } from '../../src/shared/roles.ts';
import { say } from '../../src/shared/words/index.ts';
import { pages } from '../../src/web/routes.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { everyRow } from '../support/foreign.ts';
import { type FormSample, formSamples, nothingTyped } from '../support/form-samples.ts';
import { taXiLang } from '../support/lists.ts';
import { bodyOf, type Fields, formTo } from '../support/shown-forms.ts';
import { openWholeCommune, type WholeCommune } from '../support/whole-commune.ts';

const PASSWORD = 'một mật khẩu dài';
/** Fewer than are kept for one person at a time. */
const AT_ONCE = 15;
const MEGABYTE = 1_048_576;
/** What no page shows that was not given it. */
const TYPED = /Nhà bà Mỷ|go-do|đi buổi tối hôm sau/u;

const posts = pages.filter(({ method, signedIn }) => method === 'POST' && signedIn);

let commune: WholeCommune;
let web: Web;
let samples: FormSample[];

const hours = (count: number): void =>
  commune.world.clock.set(new Date(commune.world.clock.now().getTime() + count * 3_600_000));

/** Somebody of the commune with every role, so that they see every form. */
const addPerson = async (username: string): Promise<void> => {
  const { world } = commune;
  const about = {
    username,
    name: `Người ${username}`,
    password: PASSWORD,
    role: 'officer',
    placeId: taXiLang,
  } as const;
  const { userId } = await world.execute(addUser, systemActor, about);
  for (const role of roles.filter((each) => each !== 'officer'))
    await world.execute(grantRole, systemActor, { userId, role, placeId: taXiLang });
};

/** Signs in at the door that somebody was sent to; says where it leads. */
const enter = async (walker: Walker, username: string, door = '/sign-in'): Promise<string> => {
  const next = new URL(door, web.url).searchParams.get('next') ?? '/';
  const entered = await walker.send(door, '/sign-in', { username, password: PASSWORD, next });
  return entered.headers.get('location')!;
};

const enterByLink = async (walker: Walker, username: string): Promise<string> => {
  const { path } = await commune.world.execute(createSignInLink, systemActor, { username });
  return (await walker.send(path, path, {})).headers.get('location')!;
};

const file = (size = 40) => new Blob(['x'.repeat(size)], { type: 'text/csv' });

const bodyFor = (csrf: string, { typed, hidden, file: field }: FormSample, content = file()) =>
  bodyOf(csrf, { ...hidden, ...typed }, field === undefined ? undefined : { field, content });

/** What a form shows of the fields that were typed, in the order of the sample. */
const shownOf = (html: string, { at, typed }: FormSample): Fields | undefined => {
  const shown = formTo(html, at);
  const of = (name: string) => {
    const values = (shown?.[name] ?? []).toSorted();
    return Array.isArray(typed[name]) ? values : values.length > 1 ? values : (values[0] ?? '');
  };
  return shown && Object.fromEntries(Object.keys(typed).map((name) => [name, of(name)]));
};

const look = async (walker: Walker, path: string): Promise<string> => {
  const response = await walker.get(path);
  expect(response.status, path).toBe(200);
  return response.text();
};

beforeAll(async () => {
  commune = await openWholeCommune();
  web = await startPages(commune.world);
  samples = await formSamples(commune);
  await addPerson('mai');
  await addPerson('nam');
  await addPerson('lan');
});
afterAll(async () => {
  await web?.close();
  await commune?.world.close();
});

describe('every form of somebody who is signed in', () => {
  it('stands in the table of forms, or is an exception with its reason', () => {
    const known = [...new Set(samples.map(({ page }) => page)), ...Object.keys(nothingTyped)];
    expect(known.sort()).toEqual(posts.map(({ path }) => path).sort());
    expect(samples.every(({ typed }) => Object.keys(typed).length > 0)).toBe(true);
  });

  it('stands at an address that can be looked at', () => {
    const seen = new Set(pages.filter(({ method }) => method === 'GET').map(({ path }) => path));
    const named = (path: string) =>
      Object.fromEntries([...path.matchAll(/:(\w+)/gu)].map(([parameter, name]) => [name!, parameter]));
    const standing = posts.map(({ path, formAt }) => formAt?.(named(path)) ?? path);
    expect(standing.filter((path) => !seen.has(path))).toEqual([]);
  });
});

describe('a session that ends in the middle of a form', () => {
  it('keeps what was typed: for the same person, and not for the next one at the same browser', async () => {
    const walker = createWalker(web.url);
    const before = await everyRow(commune.world);
    for (let from = 0; from < samples.length; from += AT_ONCE) {
      const batch = samples.slice(from, from + AT_ONCE);
      await enter(walker, 'mai');
      const csrf = await walker.token('/account');
      hours(13);
      const doors: string[] = [];
      for (const sample of batch)
        doors.push((await walker.post(sample.at, bodyFor(csrf, sample))).headers.get('location')!);
      const kept = doors.map((door) => new URL(door, web.url).searchParams.get('next')!);
      expect(await look(walker, doors[0]!)).toContain(say('vi', 'page.sign-in.kept'));

      expect(await enter(walker, 'nam', doors[0])).toBe(kept[0]);
      for (const [at, sample] of batch.entries()) {
        const answered = await walker.get(kept[at]!);
        // Without what was chosen some pages lead elsewhere.
        expect([200, 303], sample.at).toContain(answered.status);
        const html = await answered.text();
        expect(html, sample.at).not.toMatch(TYPED);
        const shown = shownOf(html, sample);
        for (const [name, value] of Object.entries(sample.typed))
          expect(shown?.[name], `${sample.at} ${name}`).not.toEqual(value);
      }
      await walker.send('/account', '/sign-out', {});

      expect(await enter(walker, 'mai', doors[0])).toBe(kept[0]);
      for (const [at, sample] of batch.entries()) {
        const html = await look(walker, kept[at]!);
        expect(shownOf(html, sample), sample.at).toEqual(sample.typed);
        expect(html, sample.at).toContain(say('vi', 'page.form.kept'));
      }
      await walker.send('/account', '/sign-out', {});
    }
    expect(await everyRow(commune.world)).toEqual(before);
  });

  it('is led back to by a sign-in link too: the same person, once, and within a day', async () => {
    const walker = createWalker(web.url);
    const [sample] = samples as [FormSample];
    const lose = async (): Promise<string> => {
      expect(await enterByLink(walker, 'lan')).toBe('/');
      const csrf = await walker.token('/account');
      hours(13);
      const door = (await walker.post(sample.at, bodyFor(csrf, sample))).headers.get('location')!;
      return new URL(door, web.url).searchParams.get('next')!;
    };
    const kept = await lose();
    expect(kept).toContain('draft=');
    expect(await enterByLink(walker, 'nam')).toBe('/');
    expect(await enterByLink(walker, 'lan')).toBe(kept);
    expect(shownOf(await look(walker, kept), sample)).toEqual(sample.typed);
    // Whoever has been back, and sent it meanwhile, is not led there once more.
    expect(await enterByLink(walker, 'lan')).toBe('/');
    hours(1);
    await lose();
    hours(25);
    expect(await enterByLink(walker, 'lan')).toBe('/');
  });
});

describe('a file that is too large', () => {
  let small: Web;
  let walker: Walker;
  const stored = async () => (await readdir(join(commune.world.dataDir, 'files'))).sort();
  const tooLarge = () => file(MEGABYTE + 1);

  beforeAll(async () => {
    const { world } = commune;
    const files = { ...world.files, put: (source: AsyncIterable<Uint8Array>) => world.files.put(source, MEGABYTE) };
    small = await startPages({ ...world, files });
    walker = createWalker(small.url);
    await enterByLink(walker, 'mai');
  });
  afterAll(async () => {
    await small?.close();
  });

  it('is told of at its field on every page that takes files; what was typed stays, and nothing else does', async () => {
    const bare = ['/plans/import', '/evidence/log', '/villages/import'].map((path) => ({
      page: path,
      at: path,
      typed: {},
      file: 'file',
    }));
    const uploads = [...samples.filter((sample) => sample.file !== undefined), ...bare];
    expect(uploads.map(({ page }) => page).sort()).toEqual(
      posts.flatMap(({ path, files }) => (files ? [path] : [])).sort(),
    );
    const [rows, before] = [await everyRow(commune.world), await stored()];
    const csrf = await walker.token('/account');
    for (const sample of uploads) {
      const refused = await walker.post(sample.at, bodyFor(csrf, sample, tooLarge()));
      expect(refused.status, sample.at).toBe(422);
      const html = await refused.text();
      expect(html, sample.at).toContain(say('vi', 'error.file.too-large', { limit: 1 }));
      expect(html, sample.at).toContain('href="#field-file"');
      expect(shownOf(html, sample), sample.at).toEqual(sample.typed);
    }
    expect([await everyRow(commune.world), await stored()]).toEqual([rows, before]);
  });

  it('takes no other file of the form with it into the store, nor does a form with too many files', async () => {
    const before = await stored();
    const csrf = await walker.token('/account');
    const sample = samples.find(({ page }) => page === '/imports')!;
    const two = bodyFor(csrf, sample, tooLarge()) as FormData;
    two.append('members', file(), 'thanh-vien.csv');
    expect((await walker.post(sample.at, two)).status).toBe(422);
    const many = bodyOf(csrf, sample.typed) as unknown as URLSearchParams;
    const crowded = new FormData();
    for (const [name, value] of many) crowded.append(name, value);
    for (let count = 0; count < 12; count += 1) crowded.append('file', file(100 + count), `${count}.csv`);
    const refused = await walker.post(sample.at, crowded);
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain(say('vi', 'error.form-too-large'));
    expect(shownOf(html, sample)).toEqual(sample.typed);
    expect(await stored()).toEqual(before);
  });
});
