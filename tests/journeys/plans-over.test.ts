import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAll, notReachedTrend } from '../../src/modules/coverage/index.ts';
import { listPlans } from '../../src/modules/plans/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { type Day, LATE_PLAN, openDay, signedIn } from '../support/day.ts';
import { actorOf, addLine, addMessage } from '../support/evidence.ts';
import { taXiLang } from '../support/lists.ts';

const OLD_PLAN = 'ke-hoach-2025';
const COMING_PLAN = 'ke-hoach-2027';
const GROUP = say('vi', 'page.plans.over-group');

let day: Day;
let web: Web;
let walker: Walker;
let oldLine: string;

// Beside the plans of this year one of last year, of which nothing was ever recorded, and one of the next.
beforeAll(async () => {
  day = await openDay();
  const { world } = day;
  const messageId = await addMessage(world, { code: 'nam-ngoai' });
  oldLine = await addLine(world, { messageId, code: OLD_PLAN, from: '2025-01-01', to: '2025-12-31' });
  await addLine(world, { messageId, code: COMING_PLAN, from: '2027-01-01', to: '2027-12-31' });
  const named = `update plans.plan_line set head_name = 'Hà Văn Cũ' where line_id = $1`;
  await world.database.pool.query(named, [oldLine]);
  // Figures of all lines are kept, as after a night.
  await world.execute(markAll, systemActor, {});
  world.queued.push({ name: 'coverage.recompute', data: {} });
  await world.settle();
  web = await startPages(world);
  ({ walker } = await signedIn(world, web, 'officer'));
});
afterAll(async () => {
  await web.close();
  await day.world.close();
});

const shown = async (path: string): Promise<string> => (await walker.get(path)).text();

/** Do these stand in this order? */
const inOrder = (html: string, ...texts: string[]): void => {
  const at = texts.map((text) => html.indexOf(text));
  expect(at).not.toContain(-1);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
};

describe('a plan whose period is over', () => {
  it('comes after those under way and those to come', async () => {
    const plans = await day.world.execute(listPlans, actorOf('officer', taXiLang), {});
    expect(plans.map(({ phase }) => phase)).toEqual(['now', 'now', 'coming', 'over']);
    expect(plans.slice(2).map(({ code }) => code)).toEqual([COMING_PLAN, OLD_PLAN]);
    const { out } = await cliIn(day.world)('plan', 'list');
    inOrder(out, LATE_PLAN, COMING_PLAN, OLD_PLAN);
  });

  it('is one press away on the page of plans, and folded away where something is recorded', async () => {
    const html = await shown('/plans');
    const other = say('vi', 'page.plans.others-over', { count: 1 });
    inOrder(html, `/plans/${LATE_PLAN}"`, `/plans/${COMING_PLAN}"`, 'href="/plans?phase=over"', other);
    expect(html).not.toContain(`/plans/${OLD_PLAN}"`);
    const over = await shown('/plans?phase=over');
    inOrder(over, `/plans/${OLD_PLAN}"`, 'href="/plans?phase=open"');
    expect(over).not.toContain(`/plans/${LATE_PLAN}"`);
    const evidence = await shown('/evidence');
    inOrder(evidence, '/evidence/new?line=', `<summary>${GROUP}</summary>`, `/evidence/new?line=${oldLine}`);
  });

  it('stands last in lists to choose from, below a heading of its own, and is not what is shown unasked', async () => {
    const group = `<optgroup label="${GROUP}">`;
    const coverage = await shown('/coverage');
    inOrder(coverage, `<option value="${LATE_PLAN}"`, group, `<option value="${OLD_PLAN}"`);
    expect(coverage).not.toContain(`<option value="${OLD_PLAN}" selected`);
    expect(await shown(`/coverage?plan=${OLD_PLAN}`)).toContain(`<option value="${OLD_PLAN}" selected`);
    const left = await shown(`/left-behind?line=${oldLine}`);
    inOrder(left, `<option value="plan:${LATE_PLAN}"`, group, `<option value="plan:${OLD_PLAN}"`);
    expect(left).toContain(`<option value="line:${oldLine}" selected`);
  });

  it('keeps what was left of it folded away below what there is to do today', async () => {
    const html = await shown('/');
    const folded = `<summary>${say('vi', 'today.lines-over', { count: 1 })}</summary>`;
    inOrder(
      html,
      say('vi', 'today.lines'),
      `/plans/${LATE_PLAN}/lines/1`,
      folded,
      'Hà Văn Cũ',
      `/plans/${OLD_PLAN}/lines/1`,
    );
    const { lines } = await day.world.execute(notReachedTrend, actorOf('officer', taXiLang), { limit: 100 });
    expect(lines.map(({ over }) => over)).toEqual(lines.map(({ over }) => over).toSorted());
    expect(lines.find(({ lineId }) => lineId === oldLine)).toMatchObject({ over: true });
    // Lines of plans under way are told of first, however many more households it has not reached; it stands in the fold.
    expect(lines.at(-1)).toMatchObject({ lineId: oldLine });
    const under = lines.slice(0, 5).map(({ lineId }) => `/left-behind?what=line:${lineId}`);
    expect(under).toHaveLength(5);
    const card = html.slice(html.indexOf(`<h2>${say('vi', 'today.not-reached')}</h2>`));
    inOrder(card, ...under, folded, `/left-behind?what=line:${oldLine}`);
  });
});
