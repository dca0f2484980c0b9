import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeMonths, getCoverage, listOpenMonths, listReached } from '../../src/modules/coverage/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { schedules } from '../../src/schedule.ts';
import { openStory, reviewInApril, type Story, tell } from '../support/coverage.ts';
import { actorOf, addLine, putContacts } from '../support/evidence.ts';
import { taXiLang } from '../support/lists.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
  await tell(story);
  await reviewInApril(story);
});
afterAll(() => story.world.close());

const closed = async (lineId = story.lineId): Promise<string[]> => {
  const { rows } = await story.world.database.pool.query(
    `select as_of from coverage.closing where line_id = $1 order by as_of`,
    [lineId],
  );
  return rows.map(({ as_of }) => as_of);
};

const runJob = async () => {
  story.world.queued.push({ name: 'coverage.close-months', data: {} });
  await story.world.settle();
};

const setDay = (day: string) => story.world.clock.set(new Date(`${day}T02:00:00Z`));

const march = async (recomputed: boolean) =>
  story.world.execute(getCoverage, systemActor, {
    ...{ lineId: story.lineId, placeId: taXiLang, on: '2026-03-31', recomputed },
  });

const keptOf = async (day: string): Promise<string> => {
  const { rows } = await story.world.database.pool.query(
    `select md5(string_agg(c::text, '|' order by c::text)) as hash from (
       select * from coverage.cell where as_of = $1 union all select * from coverage.base_cell where as_of = $1) c`,
    [day],
  );
  return rows[0].hash;
};

describe('month ends', () => {
  it('are closed from the second day of the next month on, from the month in which the line began', async () => {
    setDay('2026-04-01');
    await runJob();
    expect(await closed()).toEqual(['2026-01-31', '2026-02-28']);
    setDay('2026-04-02');
    await runJob();
    expect(await closed()).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
    expect(await story.world.execute(listOpenMonths, systemActor, {})).toEqual([]);
    expect(schedules.find(({ job }) => job === 'coverage.close-months')?.cron).toBe('0 1 2 * *');
  });

  it('a closed month answers as it was closed, with the list it rests on', async () => {
    const coverage = await march(false);
    expect(coverage.closed).toBe(true);
    expect(coverage.lines[0]).toMatchObject({ source: 'closed', listDate: '2025-11-30', sum: { n: 6, s3: 2, d3: 1 } });
    expect(coverage.lines[0]!.closedAt).toEqual(new Date('2026-04-02T02:00:00Z'));
  });

  it('late evidence changes nothing of it, and shows beside it', async () => {
    const before = await keptOf('2026-03-31');
    setDay('2026-06-15');
    await putContacts(story.world, [
      {
        ...{ messageId: story.messageId, edition: 1, subjectId: await story.subject('H04'), stage: 3, language: 'vi' },
        ...{ channel: 'meeting', proof: 'photo-list', happenedOn: '2026-03-28', activityId: null },
      },
    ]);
    await runJob();
    await story.world.execute(closeMonths, systemActor, { lineId: story.lineId });
    expect(await keptOf('2026-03-31')).toBe(before);
    const coverage = await march(true);
    expect(coverage.lines[0]).toMatchObject({ source: 'closed', sum: { s3: 2 }, recomputedSum: { s3: 3 } });
    const row = coverage.lines[0]!.rows.find(({ placeId }) => placeId === story.village.mot)!;
    expect([row.s3, row.recomputed?.s3]).toEqual([1, 2]);
    // Rows in which nothing changed say the same twice.
    const hai = coverage.lines[0]!.rows.find(({ placeId }) => placeId === story.village.hai)!;
    expect(hai.recomputed?.s3).toBe(hai.s3);
    // A day that is no closed month end has nothing to compare with.
    const open = await story.world.execute(getCoverage, systemActor, {
      ...{ lineId: story.lineId, placeId: taXiLang, on: '2026-03-30', recomputed: true },
    });
    expect(open.lines[0]).toMatchObject({ source: 'computed', sum: { s3: 3 } });
    expect(open.lines[0]!.recomputedSum).toBeUndefined();
  });

  it('what a machine slept through is closed with the first new day', async () => {
    expect(await closed()).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
    setDay('2026-08-20');
    story.world.queued.push({ name: 'registry.refresh-now', data: {} });
    await story.world.settle();
    expect((await closed()).at(-1)).toBe('2026-07-31');
  });

  it('end with the month in which the line ends; a draft has none', async () => {
    const short = await addLine(story.world, { messageId: story.messageId, from: '2026-02-15', to: '2026-04-10' });
    const draft = await addLine(story.world, { messageId: story.messageId, from: '2026-02-15', state: 'draft' });
    await runJob();
    expect(await closed(short)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(await closed(draft)).toEqual([]);
    await expect(story.world.execute(closeMonths, systemActor, { lineId: draft })).rejects.toMatchObject({
      code: 'line',
    });
    await expect(
      story.world.execute(closeMonths, actorOf('officer', taXiLang), { lineId: short }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('two who close at once close once', async () => {
    const lineId = await addLine(story.world, { messageId: story.messageId, from: '2026-03-01' });
    const results = await Promise.all([1, 2, 3].map(() => story.world.execute(closeMonths, systemActor, { lineId })));
    expect(results.map((each) => each.closed.length).sort()).toEqual([0, 0, 5]);
  });

  const enter = (lineId: string, times: object) =>
    Promise.all(
      Object.entries(times).map(([column, at]) =>
        story.world.database.pool.query(
          `update plans.plan set ${column} = $2 where plan_id = (select plan_id from plans.plan_line where line_id = $1)`,
          [lineId, at],
        ),
      ),
    );

  it('up to the day on which the plan was entered as issued are left open, and computed for who asks', async () => {
    const late = await addLine(story.world, { messageId: story.messageId });
    await enter(late, { issued_at: '2026-03-31T10:00:00Z' });
    await story.world.execute(closeMonths, systemActor, { lineId: late });
    expect(await closed(late)).toEqual(['2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31']);
    const question = { lineId: late, placeId: taXiLang, on: '2026-03-31' };
    const { lines } = await story.world.execute(getCoverage, systemActor, question);
    expect(lines[0]).toMatchObject({ source: 'computed', closedAt: null, sum: { n: 6, s3: 3 } });
  });

  it('of a plan that was closed are closed up to that day', async () => {
    const times = { closed_at: '2026-05-31T10:00:00Z', state: 'closed' };
    const lineId = await addLine(story.world, { messageId: story.messageId, from: '2026-04-01', to: '2026-05-31' });
    await enter(lineId, times);
    expect(await story.world.execute(listOpenMonths, systemActor, {})).toContain(lineId);
    await runJob();
    expect(await closed(lineId)).toEqual(['2026-04-30', '2026-05-31']);
    const early = await addLine(story.world, { messageId: story.messageId, from: '2026-04-01' });
    await enter(early, { ...times, closed_at: '2026-05-30T10:00:00Z' });
    await runJob();
    expect(await closed(early)).toEqual(['2026-04-30']);
    expect(await story.world.execute(listOpenMonths, systemActor, {})).toEqual([]);
  });

  it('stand by the edition and threshold of their day, closed before a change or after it, and so do past days', async () => {
    const lineId = await addLine(story.world, { messageId: story.messageId, from: '2026-03-01', to: '2026-04-30' });
    const { pool } = story.world.database;
    const ask = async (on: string) => {
      const question = { lineId, placeId: taXiLang, on, recomputed: true };
      const { lines } = await story.world.execute(getCoverage, systemActor, question);
      const { total } = await story.world.execute(listReached, systemActor, { ...question, what: 'reached' });
      const { source, threshold, sum, recomputedSum } = lines[0]!;
      return [source, threshold, sum.reached, recomputedSum?.reached, total];
    };
    const change = async (what: 'edition' | 'threshold', before: number, after: number, at: string) => {
      await pool.query(`update plans.plan_line set ${what} = $2 where line_id = $1`, [lineId, after]);
      await pool.query(
        `insert into plans.line_change (change_id, line_id, what, before, after, changed_by_name, changed_at)
         values (gen_random_uuid(), $1, $2, $3, $4, 'Người thử', $5)`,
        [lineId, what, String(before), String(after), at],
      );
    };
    setDay('2026-04-02');
    await story.world.execute(closeMonths, systemActor, { lineId });
    setDay('2026-08-20');
    expect(await ask('2026-03-31')).toEqual(['closed', 3, 3, 3, 3]);
    await change('threshold', 3, 4, '2026-05-10T02:00:00Z');
    await change('threshold', 4, 5, '2026-05-11T02:00:00Z');
    // Half past midnight of the 12th in Vietnam.
    await change('edition', 1, 2, '2026-05-11T17:30:00Z');
    await story.world.execute(closeMonths, systemActor, { lineId });
    const { rows } = await pool.query(
      'select as_of, edition, threshold from coverage.closing where line_id = $1 order by as_of',
      [lineId],
    );
    expect(rows).toEqual(['2026-03-31', '2026-04-30'].map((as_of) => ({ as_of, edition: 1, threshold: 3 })));
    expect(await ask('2026-03-31')).toEqual(['closed', 3, 3, 3, 3]);
    expect((await ask('2026-04-30')).slice(0, 2)).toEqual(['closed', 3]);
    expect((await ask('2026-04-30')).slice(2)).toEqual([1, 1, 1]);
    expect(await ask('2026-05-09')).toEqual(['computed', 3, 1, undefined, 1]);
    expect(await ask('2026-05-10')).toEqual(['computed', 4, 0, undefined, 0]);
    const s3 = async (on: string) =>
      (await story.world.execute(listReached, systemActor, { lineId, placeId: taXiLang, on, what: 's3' })).total;
    expect([await s3('2026-05-11'), await s3('2026-05-12')]).toEqual([1, 0]);
  });
});
