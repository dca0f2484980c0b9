import { afterAll, beforeAll, expect, it } from 'vitest';
import { getCoverage, listMonths, markAll } from '../../src/modules/coverage/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages } from '../support/browserless.ts';
import { openStory, reviewInApril, type Story, tell } from '../support/coverage.ts';
import { signedIn } from '../support/day.ts';
import { actorOf } from '../support/evidence.ts';
import { since2025, taXiLang } from '../support/lists.ts';

const leader = actorOf('leader', taXiLang);

let story: Story;
let web: Web;
beforeAll(async () => {
  story = await openStory();
  await tell(story);
  await reviewInApril(story);
  await story.world.execute(markAll, systemActor, {});
  story.world.queued.push({ name: 'coverage.recompute', data: {} }, { name: 'coverage.close-months', data: {} });
  await story.world.settle();
  web = await startPages(story.world);
});
afterAll(async () => {
  await web.close();
  await story.world.close();
});

const months = (actor = leader, placeId?: string) =>
  story.world.execute(listMonths, actor, { planCode: 'ke-hoach', position: 1, placeId });

it('the closed months are those of the figures, together and village by village', async () => {
  const found = await months();
  expect(found.months.length).toBeGreaterThan(3);
  expect(found.months.map(({ on }) => on)).toEqual(found.months.map(({ on }) => on).sort());
  for (const month of found.months) {
    const asked = { planCode: 'ke-hoach', position: 1, on: month.on };
    const [line] = (await story.world.execute(getCoverage, leader, asked)).lines;
    const { n, couldHear, s2, s3, s4, s5 } = line!.sum;
    expect(month).toMatchObject({ n, couldHear, s2, s3, s4, s5, threshold: line!.threshold });
    const villages = found.villages.flatMap(({ months: own }) => own.filter(({ on }) => on === month.on));
    expect(villages.reduce((sum, each) => sum + each.n, 0)).toBe(n);
  }
  expect(found.villages.map(({ place }) => place)).toEqual(['Thôn Hai', 'Thôn Một']);
});

it('of one village only its own; of another commune nothing', async () => {
  const { months: own, villages } = await months(leader, story.village.hai);
  const all = (await months()).villages.find(({ placeId }) => placeId === story.village.hai)!;
  expect(own).toEqual(all.months);
  expect(villages).toEqual([]);
  const stranger = actorOf('leader', since2025('04609'));
  await expect(months(stranger)).rejects.toMatchObject({ kind: 'not-found' });
  await expect(months(stranger, taXiLang)).rejects.toMatchObject({ kind: 'forbidden' });
});

it('what is drawn says the same as the table, and each village opens its rows', async () => {
  const { walker } = await signedIn(story.world, web, 'leader');
  const html = await (await walker.get('/coverage?plan=ke-hoach&line=ke-hoach%3A1')).text();
  const [line] = (await story.world.execute(getCoverage, leader, { planCode: 'ke-hoach', position: 1 })).lines;
  for (const row of line!.rows.filter(({ n }) => n > 0)) {
    expect(html).toContain(`Đạt ${row.reached} trên ${row.n} · ✕ chưa đạt ${row.n - row.reached}`);
    const tile = new RegExp(`<li><a href="(/coverage/rows[^"]*row=${row.placeId}[^"]*)">`, 'u').exec(html);
    const rows = await walker.get(tile![1]!.replaceAll('&amp;', '&'));
    expect(rows.status).toBe(200);
    const what = row.reached < row.n ? `Chưa đạt mức của dòng: ${row.n - row.reached}` : `Thuộc diện: ${row.n}`;
    expect(await rows.text()).toContain(what);
  }
  expect(html).toContain('không có ai thuộc diện');
});
