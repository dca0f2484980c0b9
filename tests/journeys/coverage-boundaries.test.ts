import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAudience, listAudienceSubjects } from '../../src/modules/audiences/index.ts';
import {
  closeMonths,
  exportCoverage,
  exportEvidence,
  getCoverage,
  listReached,
  markAll,
  summarisePlan,
} from '../../src/modules/coverage/index.ts';
import { referenceId } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { openStory, type Story, tell } from '../support/coverage.ts';
import { actorOf, addLine, putContacts } from '../support/evidence.ts';
import { since2025, taXiLang } from '../support/lists.ts';

const district = referenceId('old:district:139');
const province = referenceId('2025:province:15');
const neighbour = since2025('04609');

let story: Story;
let wide: string;
beforeAll(async () => {
  story = await openStory();
  await tell(story);
  const { world, messageId, lineId } = story;
  wide = await addLine(world, { messageId, code: 'ca-huyen', placeIds: [district, province] });
  world.clock.set(new Date('2026-04-02T02:00:00Z'));
  for (const each of [lineId, wide]) await world.execute(closeMonths, systemActor, { lineId: each });
  world.clock.set(new Date('2026-06-15T02:00:00Z'));
  await moveVillage(story.village.hai, neighbour);
  await endVillage(story.village.ba);
  await world.database.pool.query(`update registry.classification set class = 'poor' where subject_id = $1`, [
    await story.subject('H07'),
  ]);
  world.queued.push({ name: 'registry.refresh-now', data: {} });
  await world.execute(markAll, systemActor, {});
  await world.settle();
});
afterAll(() => story.world.close());

const DAY = '2026-06-01';

/** The village lies in another commune from the first of June on. */
const moveVillage = async (placeId: string, communeId: string): Promise<void> => {
  const { pool } = story.world.database;
  await pool.query(
    `insert into territory.place_tree (place_id, ancestor_id, valid_from, valid_to, depth)
     select $1, t.ancestor_id, $3::date, null, t.depth + 1 from territory.place_tree t where t.place_id = $2 and t.valid_to is null
       and not exists (select 1 from territory.place_tree o where o.place_id = $1 and o.ancestor_id = t.ancestor_id and o.valid_to is null)`,
    [placeId, communeId, DAY],
  );
  await pool.query(
    `update territory.place_tree set valid_to = $3 where place_id = $1 and ancestor_id = $2 and valid_to is null`,
    [placeId, taXiLang, DAY],
  );
  await pool.query(`update territory.place_version set valid_to = $2 where place_id = $1 and valid_to is null`, [
    placeId,
    DAY,
  ]);
  await pool.query(
    `insert into territory.place_version select (jsonb_populate_record(v, jsonb_build_object('parent_id', $2::uuid,
       'valid_from', $3::date, 'valid_to', null))).* from territory.place_version v where v.place_id = $1 and v.valid_to = $3::date`,
    [placeId, neighbour, DAY],
  );
};

const endVillage = async (placeId: string): Promise<void> => {
  const { pool } = story.world.database;
  for (const table of ['place_tree', 'place_version'])
    await pool.query(`update territory.${table} set valid_to = $2 where place_id = $1 and valid_to is null`, [
      ...[placeId, DAY],
    ]);
};

describe('a village that went to another commune', () => {
  const past = { on: '2026-03-31', boundaries: '2026-03-31' };
  const here = actorOf('officer', taXiLang);

  it('is not opened by a map of the past to who no longer holds it: no name, no figure, not of a closed month either', async () => {
    const { world, lineId } = story;
    const names = async (input: object) =>
      (await world.execute(listReached, here, { lineId, what: 'n', limit: 100, ...input })).rows
        .map(({ code }) => code)
        .sort();
    const own = ['H01', 'H02', 'H03', 'H04'];
    for (const input of [past, { boundaries: past.on }, { on: '2026-03-30' }])
      for (const placeId of [taXiLang, null])
        expect(
          (await names({ ...input, placeId })).filter((code) => code !== 'H07'),
          JSON.stringify(input),
        ).toEqual(own);
    for (const by of ['village', 'commune', 'total'] as const)
      for (const ask of [getCoverage, exportCoverage]) {
        const { lines } = await world.execute(ask as typeof getCoverage, here, {
          lineId,
          placeId: taXiLang,
          by,
          ...past,
        });
        expect([by, lines[0]!.source, lines[0]!.sum.n]).toEqual([by, 'closed', 4]);
        expect(lines[0]!.rows.map(({ placeId }) => placeId)).not.toContain(story.village.hai);
      }
    const { households } = await world.execute(summarisePlan, here, { planCode: 'ke-hoach', ...past });
    // With H07, which is poor now, and was always as far as the register knows.
    expect(households.reduce((sum, { subjects }) => sum + subjects, 0)).toBe(5);
    // Who holds everything, and who holds it now, still sees it.
    const all = await world.execute(getCoverage, systemActor, { lineId, placeId: taXiLang, by: 'total', ...past });
    expect(all.lines[0]!.sum.n).toBe(6);
    const there = actorOf('officer', neighbour);
    const theirs = await world.execute(listReached, there, { lineId: wide, what: 'n', placeId: neighbour });
    expect(theirs.rows.map(({ code }) => code).sort()).toEqual(['H05', 'H06']);
  });

  it('nor by an audience of a past day', async () => {
    const { world } = story;
    for (const placeId of [taXiLang, null]) {
      const question = { rule: { subject: 'household', where: { all: [] } }, on: past.on, placeId };
      const { rows } = await world.execute(listAudienceSubjects, here, question);
      expect(rows.map(({ code }) => code).filter((code) => ['H05', 'H06'].includes(code))).toEqual([]);
      expect(rows.length).toBeGreaterThan(3);
      const { total } = await world.execute(countAudience, here, question);
      expect(total).toBe(rows.length);
    }
  });

  it('nor by the export of what rates rest on, which holds lines of issued plans of the place alone', async () => {
    const { world, messageId } = story;
    await addLine(world, { messageId, code: 'nhap', state: 'draft' });
    await addLine(world, { messageId, code: 'noi-khac', placeIds: [neighbour] });
    const tables = new Map<string, (readonly unknown[])[]>();
    const put = async (table: string, rows: readonly (readonly unknown[])[]) => {
      tables.set(table, [...(tables.get(table) ?? []), ...rows]);
    };
    await world.execute(exportEvidence, here, { placeId: taXiLang, put });
    expect(
      tables
        .get('lines')!
        .slice(1)
        .map((row) => row[1]),
    ).toEqual(['ca-huyen', 'ke-hoach']);
    expect(tables.get('subjects')!.map((row) => row[2])).not.toContain('H05');
    expect(tables.get('subjects')!.map((row) => row[2])).toContain('H07');
  });

  it('what came of a household after it left is not in that export', async () => {
    const { world, messageId, village } = story;
    const [subjectId, { pool }] = [await story.subject('H01'), world.database];
    await putContacts(world, [
      {
        ...{ subjectId, messageId, edition: 1, stage: 4, language: 'hmn', channel: 'visit', proof: 'signed-list' },
        ...{ happenedOn: '2026-06-05', activityId: null },
      },
    ]);
    await pool.query(`update registry.residency set valid_to = $2 where subject_id = $1`, [subjectId, DAY]);
    await pool.query(
      `insert into registry.residency select (jsonb_populate_record(r, jsonb_build_object('village_id', $2::uuid, 'valid_from', $3::date, 'valid_to', null))).*
       from registry.residency r where r.subject_id = $1`,
      [subjectId, village.hai, DAY],
    );
    const contacts: unknown[][] = [];
    const put = async (table: string, rows: readonly (readonly unknown[])[]) => {
      if (table === 'contacts') contacts.push(...rows.map((row) => [...row]));
    };
    await world.execute(exportEvidence, here, { placeId: taXiLang, put });
    const own = contacts.filter((row) => row[0] === subjectId);
    expect(own.map((row) => row[2])).toEqual([3]);
    await pool.query(`delete from registry.residency where subject_id = $1 and valid_to is null`, [subjectId]);
    await pool.query(`update registry.residency set valid_to = null where subject_id = $1`, [subjectId]);
    world.queued.push({ name: 'registry.refresh-now', data: {} });
    await world.settle();
  });
});

describe('a village that has ended, with households still in it', () => {
  it('is counted under the commune it lay in at the end, from cells as computed', async () => {
    const { world, lineId, village } = story;
    const look = async () => {
      const sums: unknown[] = [];
      for (const by of ['village', 'commune', 'total'] as const) {
        const { lines } = await world.execute(getCoverage, systemActor, { lineId, placeId: taXiLang, by });
        sums.push([by, lines[0]!.sum.n, lines[0]!.rows.map(({ placeId, n }) => [placeId, n])]);
        sources.add(lines[0]!.source);
      }
      return sums;
    };
    const sources = new Set<string>();
    const kept = await look();
    expect([...sources]).toEqual(['cells']);
    expect(kept[0]).toEqual([
      'village',
      5,
      expect.arrayContaining([
        [village.mot, 4],
        [village.ba, 1],
      ]),
    ]);
    expect(kept.slice(1)).toEqual([
      ['commune', 5, [[taXiLang, 5]]],
      ['total', 5, [[taXiLang, 5]]],
    ]);
    await world.database.pool.query('delete from coverage.computed');
    expect(await look()).toEqual(kept);
    expect([...sources]).toEqual(['cells', 'computed']);
    const { rows } = await world.execute(listReached, actorOf('officer', taXiLang), {
      ...{ lineId, placeId: taXiLang, what: 'n', row: village.ba },
    });
    expect(rows.map(({ code }) => code)).toEqual(['H07']);
  });
});

describe('places that overlap', () => {
  it('an old district and the communes of today count nobody twice', async () => {
    const { world } = story;
    const ask = (actor: typeof systemActor) => world.execute(getCoverage, actor, { lineId: wide, by: 'total' });
    const both = {
      ...actorOf('officer', district),
      grants: [district, province].map((placeId) => ({ role: 'officer' as const, placeId })),
    };
    for (const actor of [systemActor, both]) {
      const { lines } = await ask(actor);
      expect(lines[0]!.sum.n).toBe(7);
      expect(lines[0]!.rows.reduce((sum, { n }) => sum + n, 0)).toBe(7);
      const { total } = await world.execute(listReached, actor, { lineId: wide, what: 'n' });
      expect(total).toBe(7);
    }
  });
});
