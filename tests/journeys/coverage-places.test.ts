import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCoverage, listReached, markAll } from '../../src/modules/coverage/index.ts';
import { addOfficer } from '../../src/modules/registry/index.ts';
import { referenceId } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { openStory, type Story, tell } from '../support/coverage.ts';
import { addLine, putContacts } from '../support/evidence.ts';
import { bringIn, paHu, since2025, taXiLang } from '../support/lists.ts';

// Pá Hu went into the new commune that took over its code, together with others; Tà Xi Láng stayed as it was.
const district = referenceId('old:district:139');
const merged = since2025('04606');
const province = referenceId('2025:province:15');

let story: Story;
let lineId: string;
let officers: string;
beforeAll(async () => {
  story = await openStory();
  await tell(story);
  const { world, messageId } = story;
  const rows = ['P1', 'P2', 'P3'].map((code) => ({
    ...{ code, head: `Mùa A ${code}`, commune: 'Pá Hu', village: code === 'P3' ? 'Bản Thấp' : 'Bản Cao' },
    class: 'Hộ nghèo',
  }));
  await bringIn(world, { rows, asOf: '2024-11-30', placeId: paHu });
  lineId = await addLine(world, { messageId, placeIds: [district], code: 'ca-huyen', from: '2024-01-01' });
  officers = await addLine(world, {
    ...{ messageId, placeIds: [province], code: 'can-bo', rule: { subject: 'officer', where: { all: [] } } },
  });
  for (const [name, placeId] of [
    ['Xã Một', taXiLang],
    ['Xã Hai', merged],
    ['Tỉnh Một', province],
  ] as const) {
    const post = { body: 'UBND', post: 'Công chức', placeId, from: '2026-01-01' };
    const { subjectId } = await world.execute(addOfficer, systemActor, { name, ...post });
    if (name === 'Tỉnh Một')
      await putContacts(world, [
        {
          ...{ subjectId, messageId, edition: 1, stage: 3, language: 'vi', channel: 'meeting', proof: 'signed-list' },
          ...{ happenedOn: '2026-05-01', activityId: null },
        },
      ]);
  }
  await world.execute(markAll, systemActor, {});
  world.queued.push({ name: 'coverage.recompute', data: {} });
  await world.settle();
});
afterAll(() => story.world.close());

const ask = async (input: object) => {
  const { world } = story;
  const coverage = await world.execute(getCoverage, systemActor, { lineId, ...input });
  const [line] = coverage.lines;
  return { ...coverage, line: line!, rows: line!.rows.map(({ place, n, s3 }) => [place, n, s3]) };
};

describe('a plan of a district that is no more', () => {
  it('is counted by the communes of today, or by those of its last day', async () => {
    const today = await ask({ placeId: province, by: 'commune' });
    expect(today.line.source).toBe('cells');
    expect(today.rows.filter(([, n]) => n !== 0)).toEqual([
      ['xã Tà Xi Láng, tỉnh Lào Cai', 6, 2],
      ['xã Trạm Tấu, tỉnh Lào Cai', 3, 0],
    ]);
    const old = await ask({ placeId: province, by: 'commune', boundaries: '2025-06-30' });
    expect(old.rows.filter(([, n]) => n !== 0)).toEqual(
      expect.arrayContaining([
        ['xã Pá Hu, huyện Trạm Tấu', 3, 0],
        ['xã Tà Si Láng, huyện Trạm Tấu', 6, 2],
      ]),
    );
    // Nobody is lost between two maps.
    for (const { line } of [today, old]) expect(line.sum.n).toBe(9);
  });

  it('answers for the district and its old communes themselves, on their last map', async () => {
    const total = await ask({ placeId: district, by: 'total' });
    expect([total.boundaries, total.rows]).toEqual(['2025-06-30', [['huyện Trạm Tấu, tỉnh Yên Bái', 9, 2]]]);
    const commune = await ask({ placeId: paHu, by: 'village' });
    expect(commune.rows.filter(([, n]) => n !== 0)).toEqual([
      ['Bản Cao, xã Pá Hu', 2, 0],
      ['Bản Thấp, xã Pá Hu', 1, 0],
    ]);
    const { rows } = await story.world.database.pool.query(
      `select place_id, n from coverage.cell where line_id = $1 and facet = 'all' and as_of = 'infinity' and place_id = any($2) order by n`,
      [lineId, [district, paHu, merged]],
    );
    expect(rows.map(({ n }) => n)).toEqual([3, 3, 9]);
  });

  it('a part of a new commune, by the communes it came from, counts and names only that part', async () => {
    const { placeId } = (await ask({ placeId: paHu, by: 'village' })).line.rows[0]!;
    const village = await ask({ placeId, by: 'commune', boundaries: '2025-06-30' });
    expect(village.rows).toEqual([['Bản Cao, xã Pá Hu', 2, 0]]);
    const question = { placeId: merged, by: 'commune', boundaries: '2025-06-30' } as const;
    const parts = await ask(question);
    for (const row of parts.line.rows) {
      const { total } = await story.world.execute(listReached, systemActor, {
        ...{ lineId, ...question, row: row.placeId, what: 'n' },
      });
      expect(total).toBe(row.n);
    }
    expect(parts.line.sum.n).toBe(3);
  });

  it('a day before the merger is counted by its own map', async () => {
    const then = await ask({ placeId: district, by: 'commune', on: '2025-01-31' });
    expect([then.boundaries, then.line.source]).toEqual(['2025-01-31', 'computed']);
    expect(then.rows.filter(([, n]) => n !== 0)).toEqual([['xã Pá Hu, huyện Trạm Tấu', 3, 0]]);
  });
});

describe('a line for officers', () => {
  it('counts each where the post is; posts above the commune are in no commune', async () => {
    const look = () => ask({ lineId: officers, placeId: province, by: 'commune' });
    const kept = await look();
    expect(kept.line).toMatchObject({ subject: 'officer', source: 'cells', sum: { n: 3, reached: 1 } });
    expect(kept.rows.filter(([, n]) => n !== 0)).toEqual([
      ['xã Tà Xi Láng, tỉnh Lào Cai', 1, 0],
      ['xã Trạm Tấu, tỉnh Lào Cai', 1, 0],
      ['', 1, 1],
    ]);
    await story.world.database.pool.query('delete from coverage.computed');
    const computed = await look();
    expect({ ...computed.line, source: 'cells' }).toEqual(kept.line);
    const { rows } = await story.world.execute(listReached, systemActor, {
      ...{ lineId: officers, placeId: province, by: 'commune', row: 'elsewhere', what: 'n' },
    });
    expect(rows.map(({ kind, headName }) => [kind, headName])).toEqual([['officer', 'Tỉnh Một']]);
  });

  it('has no class, and speaks Vietnamese unless something else is known', async () => {
    const facet = async (name: string) =>
      (await ask({ lineId: officers, placeId: province, by: 'total', facet: name })).line.rows.map(({ value, n }) => [
        value,
        n,
      ]);
    expect(await facet('class')).toEqual([]);
    expect(await facet('language')).toEqual([['vi', 3]]);
  });
});
