import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { coverageJobs, listMarkedLines, markAll, recomputeLine } from '../../src/modules/coverage/index.ts';
import { recordContacts } from '../../src/modules/reach/index.ts';
import { addOfficer } from '../../src/modules/registry/index.ts';
import { referenceId } from '../../src/modules/territory/index.ts';
import { command, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { cellsOn, keptCells, openStory, type Story, scratchCells } from '../support/coverage.ts';
import { addLine, addMessage, putContacts, putExposures, voidEvidence } from '../support/evidence.ts';
import { bringIn, since2025, taXiLang } from '../support/lists.ts';

let story: Story;
let lines: string[];
let otherMessage: string;
let officer: string;
beforeAll(async () => {
  story = await openStory();
  const { world } = story;
  otherMessage = await addMessage(world, { code: 'vay-von' });
  officer = (
    await world.execute(addOfficer, systemActor, {
      ...{ name: 'Mùa A Thử', body: 'UBND xã', post: 'Công chức', placeId: taXiLang, from: '2026-01-01' },
    })
  ).subjectId;
  const poor = { class: ['poor'] };
  const notReached = { not: { reached: { message: 'bhyt', stage: 3 } } };
  lines = [
    story.lineId,
    await addLine(world, {
      messageId: otherMessage,
      rule: { subject: 'household', where: { all: [poor, notReached] } },
    }),
    await addLine(world, { messageId: story.messageId, rule: { subject: 'officer', where: { all: [] } } }),
  ];
  await world.execute(markAll, systemActor, {});
  world.queued.push({ name: 'coverage.recompute', data: {} });
  await world.settle();
});
afterAll(() => story.world.close());

const codes = ['H01', 'H02', 'H03', 'H04', 'H05', 'H06', 'H07'];
const days = ['2026-02-10', '2026-03-15', '2026-05-20', '2026-06-14'];

const contactOf = async (code: string, parts: object = {}) => ({
  ...{
    messageId: story.messageId,
    edition: 1,
    subjectId: await story.subject(code),
    stage: 3 as const,
    language: 'hmn',
  },
  ...{ channel: 'meeting' as const, proof: 'signed-list' as const, happenedOn: '2026-06-01', activityId: null },
  ...parts,
});

const worker = coverageJobs.find(({ name }) => name === 'coverage.recompute')!;
const work = () => worker.run(story.world.execute, {});

describe('cells follow the facts', () => {
  // Review days only go forward, as lists come in.
  let review = 0;
  const village = fc.constantFrom('Thôn Một', 'Thôn Hai', 'Thôn Ba');
  const event = fc.oneof(
    fc.record({
      kind: fc.constant('contact' as const),
      code: fc.constantFrom(...codes, 'officer'),
      stage: fc.constantFrom(2, 3, 4, 5),
      language: fc.constantFrom('hmn', 'vi'),
      proof: fc.constantFrom('declared', 'signed-list'),
      day: fc.constantFrom(...days),
      other: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('exposure' as const),
      village: fc.constantFrom('mot', 'hai', 'ba'),
      language: fc.constantFrom('hmn', 'vi'),
      day: fc.constantFrom(...days),
      other: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('void' as const), at: fc.nat() }),
    fc.record({
      kind: fc.constant('list' as const),
      rows: fc.uniqueArray(
        fc.record({ code: fc.constantFrom(...codes), village, class: fc.constantFrom('Hộ nghèo', 'Hộ cận nghèo', 'Hộ thoát nghèo') }),
        { selector: ({ code }) => code, minLength: 1, maxLength: 4 },
      ),
    }),
    fc.record({ kind: fc.constant('day' as const) }),
  ); // biome-ignore format: one event a line
  type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;
  const activities: string[] = [];

  const happen = async (it: Event): Promise<void> => {
    const { world, messageId } = story;
    const activityId = newId();
    if (it.kind === 'contact') {
      const subjectId = it.code === 'officer' ? officer : await story.subject(it.code);
      activities.push(activityId);
      await putContacts(world, [
        {
          ...{
            messageId: it.other ? otherMessage : messageId,
            edition: 1,
            subjectId,
            stage: it.stage as 2 | 3 | 4 | 5,
          },
          ...{ language: it.language, channel: 'visit', proof: it.proof as 'declared', happenedOn: it.day, activityId },
        },
      ]);
    } else if (it.kind === 'exposure') {
      activities.push(activityId);
      await putExposures(world, [
        {
          ...{
            messageId: it.other ? otherMessage : messageId,
            edition: 1,
            placeId: story.village[it.village as 'mot'],
          },
          ...{ language: it.language, channel: 'loudspeaker', proof: 'device', happenedOn: it.day, activityId },
        },
      ]);
    } else if (it.kind === 'void') {
      const [taken] = activities.splice(it.at % Math.max(activities.length, 1), 1);
      if (taken) await voidEvidence(world, taken);
    } else if (it.kind === 'list') {
      review += 1;
      const asOf = new Date(Date.UTC(2026, 0, 1 + review)).toISOString().slice(0, 10);
      const rows = it.rows.map((row) => ({ ...row, head: `Giàng A ${row.code}`, birth: '1980' }));
      await bringIn(world, { rows, asOf, complete: null });
    } else {
      world.queued.push({ name: 'registry.refresh-now', data: {} });
      await world.settle();
    }
  };

  it('whatever happens, in whatever order: every cell is what a computation from scratch gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 7 }), async (events) => {
        for (const each of events) await happen(each);
        await story.world.settle();
        const kept = await keptCells(story.world);
        expect(kept).toEqual(await scratchCells(story.world));
        for (const lineId of lines) {
          const computed = await cellsOn(story.world, lineId, '2026-06-15');
          const own = kept.own.filter((row) => row.line_id === lineId);
          const flat = computed.map((cell) => [
            cell.placeId,
            cell.facet,
            cell.value,
            cell.n,
            cell.couldHear,
            cell.s3,
            cell.d3,
            cell.unknown,
          ]);
          expect(flat.sort()).toEqual(
            own
              .map((row) => [row.place_id, row.facet, row.value, row.n, row.could_hear, row.s3, row.d3, row.unknown])
              .sort(),
          );
        }
      }),
      { numRuns: 8, seed: 20260615 },
    );
    // The random story must have had something in it.
    const { rows } = await story.world.database.pool.query(
      `select sum(n)::int as n, sum(could_hear)::int as heard, sum(s3)::int as told from coverage.base_cell where as_of = 'infinity'`,
    );
    expect([rows[0].n > 0, rows[0].heard > 0, rows[0].told > 0]).toEqual([true, true, true]);
  });

  it('a place above holds the sum of its villages, up to the country', async () => {
    const { own, all } = await keptCells(story.world);
    const sum = (rows: typeof own, placeId?: string) =>
      rows
        .filter((row) => row.line_id === story.lineId && row.facet === 'all' && (!placeId || row.place_id === placeId))
        .reduce((n, row) => n + row.n, 0);
    expect(sum(own)).toBeGreaterThan(0);
    expect(sum(all, taXiLang)).toBe(sum(own));
    const { rows } = await story.world.database.pool.query(
      `select ancestor_id from territory.place_tree where place_id = $1 and valid_to is null`,
      [taXiLang],
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { ancestor_id } of rows) expect(sum(all, ancestor_id)).toBe(sum(own));
  });
});

describe('several at work', () => {
  it('workers and those who record, all at once, leave no wrong cell', async () => {
    const record = async (code: string, day: string) =>
      putContacts(story.world, [await contactOf(code, { happenedOn: day, language: 'vi' })]);
    const busy = days.flatMap((day) => codes.slice(0, 4).map((code) => record(code, day)));
    const workers = Array.from({ length: 4 }, () => work());
    await Promise.all([...busy, ...workers]);
    await Promise.all([work(), work()]);
    expect(await story.world.execute(listMarkedLines, systemActor, {})).toEqual([]);
    const kept = await keptCells(story.world);
    expect(kept).toEqual(await scratchCells(story.world));
  });

  it('a mark of somebody who has not finished outlives a worker who could not see what they write', async () => {
    let [written, finish] = [() => {}, () => {}];
    const hasWritten = new Promise<void>((done) => {
      written = done;
    });
    const mayFinish = new Promise<void>((done) => {
      finish = done;
    });
    const slow = command({
      name: 'test.slow',
      input: z.object({}),
      allow: 'system',
      area: 'none',
      run: async (ctx) => {
        await recordContacts(ctx, [await contactOf('H06', { stage: 5, language: 'blt' })]);
        written();
        await mayFinish;
      },
      audit: () => ({}),
    });
    // The same village is marked by somebody else already, so their mark must not stand for both.
    await putContacts(story.world, [await contactOf('H06', { stage: 4, language: 'blt' })]);
    const recording = story.world.execute(slow, systemActor, {});
    await hasWritten;
    await work();
    expect(await story.world.execute(listMarkedLines, systemActor, {})).toEqual([]);
    finish();
    await recording;
    expect(await story.world.execute(listMarkedLines, systemActor, {})).toContain(story.lineId);
    await work();
    const kept = await keptCells(story.world);
    expect(kept).toEqual(await scratchCells(story.world));
  });
});

describe('lines that come and go', () => {
  beforeEach(() => story.world.settle());

  const announce = command({
    name: 'test.announce',
    input: z.object({ event: z.string(), data: z.record(z.string(), z.unknown()) }),
    allow: 'system',
    area: 'none',
    run: (ctx, { event, data }) => ctx.announce(event, data),
    audit: () => ({}),
  });
  const tell = (event: string, data: object) =>
    story.world.execute(announce, systemActor, { event, data: { ...data } });
  const countOf = async (lineId: string, table = 'cell') =>
    (
      await story.world.database.pool.query(
        `select count(*)::int as n from coverage.${table} where line_id = $1 and as_of = 'infinity'`,
        [lineId],
      )
    ).rows[0].n;

  it('a new line has cells once announced; a closed one has none that would grow old', async () => {
    const lineId = await addLine(story.world, { messageId: story.messageId, code: 'ke-hoach-moi' });
    expect(await countOf(lineId)).toBe(0);
    await tell('plans.changed', { lineIds: [lineId], removedLineIds: [] });
    await story.world.settle();
    expect(await countOf(lineId)).toBeGreaterThan(0);
    await story.world.database.pool.query(`update plans.plan set state = 'closed' where code = 'ke-hoach-moi'`);
    await tell('plans.changed', { lineIds: [lineId], removedLineIds: [] });
    await story.world.settle();
    expect([await countOf(lineId), await countOf(lineId, 'base_cell')]).toEqual([0, 0]);
  });

  it('a draft line that is taken out takes its cells with it', async () => {
    const lineId = await addLine(story.world, { messageId: story.messageId, code: 'ban-nhap', state: 'draft' });
    await tell('plans.changed', { lineIds: [lineId], removedLineIds: [] });
    await story.world.settle();
    expect(await countOf(lineId)).toBeGreaterThan(0);
    await story.world.database.pool.query(`delete from plans.plan_line where line_id = $1`, [lineId]);
    await tell('plans.changed', { lineIds: [], removedLineIds: [lineId] });
    await story.world.settle();
    expect([await countOf(lineId), await countOf(lineId, 'base_cell')]).toEqual([0, 0]);
  });

  it('a village that goes to another commune is counted there, and no longer where it was', async () => {
    const cellOf = async () =>
      (
        await story.world.database.pool.query(
          `select n from coverage.cell where line_id = $1 and place_id = $2 and facet = 'all' and as_of = 'infinity'`,
          [story.lineId, taXiLang],
        )
      ).rows[0]?.n;
    const before = await cellOf();
    // Whichever village the events above have left with somebody poor in it.
    const cells = await cellsOn(story.world, story.lineId, '2026-06-15');
    const { placeId, n } = cells.find((cell) => cell.facet === 'all' && cell.n > 0)!;
    await story.world.database.pool.query(
      `delete from territory.place_tree where place_id = $1 and ancestor_id = $2 and valid_to is null`,
      [placeId, taXiLang],
    );
    await tell('territory.changed', {});
    await story.world.settle();
    expect(await cellOf()).toBe(before - n === 0 ? undefined : before - n);
    const kept = await keptCells(story.world);
    expect(kept).toEqual(await scratchCells(story.world));
  });

  it('one that cannot be computed holds up no other, and is told of at the end', async () => {
    const broken = await addLine(story.world, { messageId: story.messageId, rule: { subject: 'nobody' } });
    const { pool } = story.world.database;
    await pool.query(`insert into coverage.dirty (line_id, marked_at) values ($1, now()), ($2, now())`, [
      ...[broken, story.lineId],
    ]);
    await expect(work()).rejects.toThrow('1 of 2 lines failed');
    expect(await story.world.execute(listMarkedLines, systemActor, {})).toEqual([broken]);
    await pool.query('delete from coverage.dirty');
    await pool.query('delete from plans.plan_line where line_id = $1', [broken]);
  });

  it('a change in a village is marked in the lines that cover it alone', async () => {
    const far = await addLine(story.world, { messageId: story.messageId, placeIds: [since2025('04609')] });
    const whole = await addLine(story.world, {
      messageId: story.messageId,
      placeIds: [referenceId('old:district:139')],
    });
    const { pool } = story.world.database;
    await pool.query('delete from coverage.dirty');
    await tell('registry.changed', { placeIds: [story.village.mot] });
    const { rows } = await pool.query('select line_id, place_id from coverage.dirty');
    expect(rows).not.toContainEqual(expect.objectContaining({ line_id: far }));
    for (const line_id of [story.lineId, whole]) expect(rows).toContainEqual({ line_id, place_id: story.village.mot });
  });

  it('with a new day nothing is computed before the facts are brought to it; then everything, whatever was marked', async () => {
    const computedOn = async () =>
      (await story.world.database.pool.query('select on_day from coverage.computed where line_id = $1', [story.lineId]))
        .rows[0]?.on_day;
    await story.world.execute(recomputeLine, systemActor, { lineId: story.lineId });
    const before = await computedOn();
    story.world.clock.set(new Date('2026-06-16T02:00:00Z'));
    await putContacts(story.world, [await contactOf('H01', { happenedOn: '2026-06-16', stage: 5 })]);
    story.world.queued.length = 0;
    await work();
    expect(await computedOn()).toBe(before);
    expect(await story.world.execute(listMarkedLines, systemActor, {})).toContain(story.lineId);
    expect(story.world.queued).toEqual([{ name: 'registry.refresh-now', data: {} }]);
    await story.world.settle();
    expect(await computedOn()).toBe('2026-06-16');
    await story.world.execute(recomputeLine, systemActor, { lineId: story.lineId });
    expect(await computedOn()).toBe('2026-06-16');
  });
});
