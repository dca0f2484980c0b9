import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Cell,
  getCoverage,
  listReached,
  markAll,
  type Numbers,
  summarisePlan,
} from '../../src/modules/coverage/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { cellsOn, openStory, reviewInApril, type Story, tell } from '../support/coverage.ts';
import { actorOf, addLine, putContacts, voidEvidence } from '../support/evidence.ts';
import { paHu, since2025, taXiLang } from '../support/lists.ts';

let story: Story;
let activityId: string;
beforeAll(async () => {
  story = await openStory();
  activityId = await tell(story);
  await reviewInApril(story);
  await story.world.execute(markAll, systemActor, {});
  await story.world.settle();
});
afterAll(() => story.world.close());

/** n, could hear, s2, s3, d2, d3, unknown: what the story's hand count fills. */
const numbers = (cell: Numbers | undefined) =>
  cell && [cell.n, cell.couldHear, cell.s2, cell.s3, cell.d2, cell.d3, cell.unknown];

const at = (cells: readonly Cell[], placeId: string, facet = 'all', value = '') =>
  numbers(cells.find((cell) => cell.placeId === placeId && cell.facet === facet && cell.value === value));

describe('figures of a day, by hand', () => {
  // day, Thôn Một, Thôn Hai
  const days: [string, number[] | undefined, number[] | undefined][] = [
    ['2025-11-29', undefined, undefined],
    ['2025-11-30', [4, 0, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0]],
    // The loudspeaker in Mông: H01 and H02 understand it, H04 does not, of H03 nobody knows.
    ['2026-02-09', [4, 0, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0]],
    ['2026-02-10', [4, 2, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0]],
    ['2026-03-10', [4, 2, 1, 1, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0]],
    // H02 by leaflet, declared; H05 by a visit, declared; H06 was told in Mông, of which it understands nothing.
    ['2026-03-31', [4, 2, 2, 1, 1, 0, 0], [2, 1, 1, 1, 1, 1, 0]],
    // H02 has moved and takes along what it heard, H04 is no longer poor, H05 is gone.
    ['2026-04-30', [2, 1, 1, 1, 0, 0, 0], [2, 2, 1, 0, 1, 0, 0]],
    ['2026-06-15', [2, 1, 1, 1, 0, 0, 0], [2, 2, 1, 0, 1, 0, 0]],
  ];
  for (const [day, mot, hai] of days)
    it(`on ${day}`, async () => {
      const cells = await cellsOn(story.world, story.lineId, day);
      expect(at(cells, story.village.mot)).toEqual(mot);
      expect(at(cells, story.village.hai)).toEqual(hai);
      // Near poor: out of the rule, so it is nowhere.
      expect(at(cells, story.village.ba)).toBeUndefined();
    });

  it('a household counts under each language it understands, and under unknown when nobody knows', async () => {
    const cells = await cellsOn(story.world, story.lineId, '2026-03-31');
    const language = (value: string) => at(cells, story.village.mot, 'language', value);
    expect(language('hmn')).toEqual([2, 2, 2, 1, 1, 0, 0]);
    expect(language('vi')).toEqual([2, 1, 1, 0, 1, 0, 0]);
    expect(language('unknown')).toEqual([1, 0, 0, 0, 0, 0, 0]);
    expect(language('blt')).toBeUndefined();
    expect(at(cells, story.village.mot, 'class', 'poor')).toEqual([4, 2, 2, 1, 1, 0, 0]);
  });

  it('what the rule asks for and nobody knows is unknown, neither in nor out', async () => {
    const where = { all: [{ class: ['poor'] }, { languages: { some: ['hmn'] } }] };
    const lineId = await addLine(story.world, {
      messageId: story.messageId,
      rule: { subject: 'household', where },
    });
    const cells = await cellsOn(story.world, lineId, '2026-03-31');
    expect(at(cells, story.village.mot)).toEqual([2, 2, 2, 1, 1, 0, 1]);
    expect(at(cells, story.village.mot, 'language', 'unknown')).toBeUndefined();
    const { rows } = await story.world.execute(listReached, systemActor, { lineId, on: '2026-03-31', what: 'unknown' });
    expect(rows.map(({ code }) => code)).toEqual(['H03']);
  });

  it('a line of a place that has ended means what lay in it on its last day', async () => {
    const lineId = await addLine(story.world, { messageId: story.messageId, placeIds: [paHu] });
    expect(await cellsOn(story.world, lineId, '2026-03-31')).toEqual([]);
    const { lines, boundaries } = await story.world.execute(getCoverage, systemActor, { lineId });
    expect(boundaries).toBe('2025-06-30');
    expect(lines[0]!.rows.map(({ place, n }) => [place, n])).toEqual([
      ['Bản Cao, xã Pá Hu', 0],
      ['Bản Thấp, xã Pá Hu', 0],
      ['Thôn Một, xã Pá Hu', 0],
    ]);
  });
});

describe('coverage as it is shown', () => {
  const ask = (input: object, actor = systemActor) =>
    story.world.execute(getCoverage, actor, { lineId: story.lineId, placeId: taXiLang, ...input });

  it('of today, from the cells, with everything a reader needs to judge it', async () => {
    const coverage = await ask({});
    expect(coverage).toMatchObject({ on: '2026-06-15', boundaries: '2026-06-15', by: 'village', closed: false });
    const [line] = coverage.lines;
    expect(line).toMatchObject({ source: 'cells', listDate: '2026-04-30', threshold: 3, targetPercent: 95 });
    expect(line!.rows.map(({ place, n, reached, rate, declared }) => [place, n, reached, rate, declared])).toEqual([
      ['Thôn Ba, xã Tà Xi Láng', 0, 0, null, 0],
      ['Thôn Hai, xã Tà Xi Láng', 2, 0, 0, 0],
      ['Thôn Một, xã Tà Xi Láng', 2, 1, 0.5, 0],
    ]);
    expect(line!.sum).toMatchObject({ n: 4, couldHear: 3, s2: 2, s3: 1, d2: 1, reached: 1, rate: 0.25 });
  });

  it('of another day, computed, with the list of that day', async () => {
    const coverage = await ask({ on: '2026-03-31', by: 'total' });
    expect(coverage.lines[0]).toMatchObject({ source: 'computed', listDate: '2025-11-30' });
    expect(coverage.lines[0]!.rows).toHaveLength(1);
    expect(coverage.lines[0]!.rows[0]).toMatchObject({ n: 6, reached: 2, declared: 1, declaredShare: 0.5 });
  });

  it('the same from cells of every level as computed from the facts', async () => {
    for (const by of ['village', 'commune', 'total'] as const)
      for (const facet of ['all', 'class', 'language'] as const)
        for (const placeId of [taXiLang, story.village.mot]) {
          const kept = await ask({ by, facet, placeId });
          expect(kept.lines[0]!.source).toBe('cells');
          await story.world.database.pool.query('delete from coverage.computed');
          const computed = await ask({ by, facet, placeId });
          expect(computed.lines[0]!.source).toBe('computed');
          expect({ ...computed.lines[0], source: 'cells' }).toEqual(kept.lines[0]);
          await story.world.execute(markAll, systemActor, {});
          story.world.queued.push({ name: 'coverage.recompute', data: {} });
          await story.world.settle();
        }
  });

  it('every figure opens the rows behind it', async () => {
    const whats = {
      n: 'n',
      couldHear: 'could_hear',
      s2: 's2',
      s3: 's3',
      unknown: 'unknown',
      reached: 'reached',
    } as const;
    for (const on of ['2026-03-31', '2026-06-15'])
      for (const facet of ['all', 'language', 'class'] as const) {
        const { lines } = await ask({ on, facet });
        for (const row of lines[0]!.rows)
          for (const [name, what] of Object.entries(whats)) {
            const question = {
              lineId: story.lineId,
              placeId: taXiLang,
              on,
              facet,
              value: row.value,
              row: row.placeId,
              what,
            };
            const { total, rows } = await story.world.execute(listReached, systemActor, question);
            expect([on, row.place, row.value, what, total, rows.length]).toEqual([
              ...[on, row.place, row.value, what],
              ...[row[name as keyof typeof whats], row[name as keyof typeof whats]],
            ]);
          }
      }
  });

  it('names who was not reached, who only says so, and how strongly the others were', async () => {
    const list = (what: 'not-reached' | 'declared' | 's2', on: string) =>
      story.world.execute(listReached, systemActor, { lineId: story.lineId, placeId: taXiLang, what, on });
    expect((await list('not-reached', '2026-06-15')).rows.map(({ code }) => code).sort()).toEqual([
      'H02',
      'H03',
      'H06',
    ]);
    expect((await list('declared', '2026-03-31')).rows.map(({ code }) => code)).toEqual(['H05']);
    const told = (await list('s2', '2026-06-15')).rows.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    expect(told.map(({ code, stage, since, declared, place }) => [code, stage, since, declared, place])).toEqual([
      ['H01', 3, '2026-03-10', false, 'Thôn Một, xã Tà Xi Láng'],
      ['H02', 2, '2026-03-12', true, 'Thôn Hai, xã Tà Xi Láng'],
    ]);
  });

  it('reached on k of n lines, none first', async () => {
    const summary = await story.world.execute(summarisePlan, systemActor, { planCode: 'ke-hoach', placeId: taXiLang });
    expect(summary).toMatchObject({ lines: 1, officers: [] });
    expect(summary.households).toEqual([
      { of: 1, reached: 0, subjects: 3 },
      { of: 1, reached: 1, subjects: 1 },
    ]);
  });

  it('is for who holds the place, and a line of others is not found', async () => {
    const officer = actorOf('officer', taXiLang);
    expect((await ask({}, officer)).lines).toHaveLength(1);
    expect((await ask({ placeId: null }, officer)).lines).toHaveLength(1);
    const agent = actorOf('agent', story.village.mot);
    expect((await ask({ placeId: story.village.mot }, agent)).lines[0]!.sum.n).toBe(2);
    await expect(ask({}, agent)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(ask({}, actorOf('editor', taXiLang))).rejects.toMatchObject({ kind: 'forbidden' });
    const other = actorOf('officer', since2025('04609'));
    await expect(ask({}, other)).rejects.toMatchObject({ kind: 'forbidden' });
    for (const input of [{ placeId: since2025('04609') }, { placeId: null }])
      await expect(ask(input, other)).rejects.toMatchObject({ code: 'line' });
    const rows = { lineId: story.lineId, what: 'n' } as const;
    await expect(story.world.execute(listReached, other, { ...rows, placeId: taXiLang })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(story.world.execute(listReached, other, rows)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(story.world.execute(summarisePlan, other, { planCode: 'ke-hoach' })).rejects.toMatchObject({
      code: 'plan',
    });
  });

  it('refuses a day that has not come, and asking for both or neither', async () => {
    await expect(ask({ on: '2026-06-16' })).rejects.toMatchObject({ code: 'coverage.future' });
    await expect(ask({ planCode: 'ke-hoach' })).rejects.toMatchObject({ code: 'coverage.line-or-plan' });
    await expect(ask({ lineId: null })).rejects.toMatchObject({ code: 'coverage.line-or-plan' });
  });

  it('a look at names is written to the audit with their number, never with a name', async () => {
    const { rows } = await story.world.database.pool.query(
      `select refs from platform.audit where name = 'coverage.list-reached' order by at desc, audit_id desc limit 1`,
    );
    expect(rows[0].refs).toMatchObject({ lineId: story.lineId });
    expect(JSON.stringify(rows[0].refs)).not.toContain('Giàng');
  });
});

describe('what changes later', () => {
  it('a void takes the household out of every day since', async () => {
    await voidEvidence(story.world, activityId);
    await story.world.settle();
    for (const on of ['2026-03-31', '2026-06-15'])
      expect(at(await cellsOn(story.world, story.lineId, on), story.village.mot)?.[3]).toBe(0);
    const coverage = await story.world.execute(getCoverage, systemActor, { lineId: story.lineId, placeId: taXiLang });
    expect(coverage.lines[0]).toMatchObject({ source: 'cells', sum: { s3: 0 } });
  });

  it('until the job has run, the answer is computed', async () => {
    await putContacts(story.world, [
      {
        ...{ messageId: story.messageId, edition: 1, subjectId: await story.subject('H02'), stage: 3, language: 'hmn' },
        ...{ channel: 'visit', proof: 'second-person', happenedOn: '2026-06-01', activityId: null },
      },
    ]);
    const look = async (placeId: string) =>
      (await story.world.execute(getCoverage, systemActor, { lineId: story.lineId, placeId })).lines[0]!;
    expect(await look(taXiLang)).toMatchObject({ source: 'computed', sum: { s3: 1 } });
    // Elsewhere nothing waits.
    expect(await look(story.village.mot)).toMatchObject({ source: 'cells' });
    await story.world.settle();
    expect(await look(taXiLang)).toMatchObject({ source: 'cells', sum: { s3: 1 } });
  });
});
