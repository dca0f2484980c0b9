import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audiencesUseCases,
  countAudience,
  endAudience,
  exportAudienceSubjects,
  findAudience,
  getAudience,
  listAudienceSubjects,
  listAudiences,
  ruleSchema,
  saveAudience,
} from '../../src/modules/audiences/index.ts';
import { addOfficer } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits, referenceId } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Role } from '../../src/shared/roles.ts';
import { bringIn, importVillages, paHu, since2025, taXiLang } from '../support/lists.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { createWorld, type World } from '../support/world.ts';

const who = (role: Role, ...placeIds: string[]): Actor => ({
  userId: newId(),
  name: role,
  grants: placeIds.map((placeId) => ({ role, placeId })),
  via: 'web',
});
/** Pá Hu became a part of the commune Trạm Tấu in the merger of 2025; Tà Xi Láng stayed what it was. */
const tramTau = since2025('04606');
const district = referenceId('old:district:139');
const hereOfficer = who('officer', taXiLang);
const thereOfficer = who('officer', tramTau);
const leader = who('leader', taXiLang);

const household = (where: unknown) => ({ subject: 'household', where });
const poor = household({ class: ['poor'] });
const elder = household({ some: { age: { min: 60 } } });

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const person = (code: string, name: string, birth: string, relation = 'Con') => ({ code, name, birth, relation });
  await bringIn(world, {
    asOf: '2024-11-30',
    placeId: taXiLang,
    rows: [
      { code: 'A1', head: 'Giàng A Chu', birth: '12/03/1950', village: 'Thôn Một', class: 'Hộ nghèo', size: 2, lacks: [4, 6, 11], phones: ['0987654321'] },
      { code: 'A2', head: 'Giàng A Dế', birth: '1966', village: 'Thôn Một', class: 'Hộ nghèo', size: 1, lacks: [1, 11, 12] },
      { code: 'A3', head: 'Vàng A Sử', birth: '05/05/1990', village: 'Thôn Hai', class: 'Hộ cận nghèo', size: 1, lacks: [4] },
      { code: 'A4', head: 'Vàng A Tủa', birth: '05/05/1991', village: 'Thôn Hai', class: 'Hộ nghèo', size: 3, lacks: [7, 8, 9] },
    ],
    members: [
      person('A1', 'Giàng A Chu', '12/03/1950', 'Chủ hộ'),
      person('A1', 'Giàng Thị Mỷ', '15/06/2023'),
      person('A2', 'Giàng A Dế', '1966', 'Chủ hộ'),
      person('A3', 'Vàng A Sử', '05/05/1990', 'Chủ hộ'),
      // Two of the three of A4 are not on the sheet of members.
      person('A4', 'Vàng A Tủa', '05/05/1991', 'Chủ hộ'),
    ],
  }); // biome-ignore format: a table of households
  await bringIn(world, {
    asOf: '2024-11-30',
    placeId: paHu,
    rows: [
      { code: 'B1', head: 'Lò Văn Pó', village: 'Bản Cao', class: 'Hộ nghèo', size: 4 },
      { code: 'B2', head: 'Lò Văn Ún', village: 'Bản Thấp', class: 'Hộ cận nghèo', size: 2 },
    ],
  });
  await world.execute(addOfficer, systemActor, {
    name: 'Mùa A Páo', body: 'UBND xã Tà Xi Láng', post: 'Phó Chủ tịch', placeId: taXiLang, from: '2025-08-01',
  }); // biome-ignore format: a row
});
afterAll(() => world.close());

const count = (actor: Actor, input: Parameters<typeof countAudience.run>[1] | object) =>
  world.execute(countAudience, actor, input as { code: string });
const figures = async (actor: Actor, input: object) => {
  const { total, fits, unknown } = await count(actor, input);
  return [total, fits, unknown];
};

describe('counting', () => {
  it('tells how many were looked at, fit, and cannot be told', async () => {
    expect(await figures(systemActor, { code: 'ho-ngheo' })).toEqual([6, 4, 0]);
    expect(await figures(systemActor, { code: 'ho-thu-huong' })).toEqual([6, 6, 0]);
    // The list of Pá Hu has no columns of indicators: of its households nothing is known.
    expect(await figures(systemActor, { code: 'ho-thieu-bhyt' })).toEqual([6, 2, 2]);
    expect(await figures(systemActor, { code: 'ho-thieu-thong-tin' })).toEqual([6, 2, 2]);
  });

  it('takes a birth known by its year, and a household whose members are not all known, for unknown', async () => {
    // A1 has one of 76. A2 has one born in 1966: 59 or 60. A3 has nobody. Of A4 two people are not known, of B1 and B2 most.
    const { villages } = await count(systemActor, { rule: elder, by: 'village' });
    expect(villages).toMatchObject([
      { name: expect.stringContaining('Bản Cao'), total: 1, fits: 0, unknown: 1 },
      { name: expect.stringContaining('Bản Thấp'), total: 1, fits: 0, unknown: 1 },
      { name: expect.stringContaining('Thôn Hai'), total: 2, fits: 0, unknown: 1 },
      { name: expect.stringContaining('Thôn Một'), total: 2, fits: 1, unknown: 1 },
    ]);
    expect(await figures(hereOfficer, { rule: household({ no: { age: { min: 60 } } }) })).toEqual([4, 1, 2]);
    expect(await figures(hereOfficer, { rule: elder, on: '2024-12-31' })).toEqual([4, 1, 1]);
    expect(await figures(hereOfficer, { code: 'ho-tre-duoi-36-thang', on: '2026-06-14' })).toEqual([4, 1, 1]);
    // On the 15th of June 2026 the child is three.
    expect(await figures(hereOfficer, { code: 'ho-tre-duoi-36-thang' })).toEqual([4, 0, 1]);
  });

  it('goes by the day asked for, also before the communes of today', async () => {
    expect(await figures(thereOfficer, { code: 'ho-ngheo', on: '2024-12-31' })).toEqual([2, 1, 0]);
    expect(await figures(thereOfficer, { code: 'ho-ngheo', placeId: paHu })).toEqual([2, 1, 0]);
    expect(await figures(thereOfficer, { code: 'ho-ngheo', on: '2024-11-01' })).toEqual([0, 0, 0]);
    await expect(count(hereOfficer, { code: 'ho-ngheo', on: '2026-06-16' })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'audience.day-ahead',
    });
  });

  it('counts officers by their posts', async () => {
    expect(await figures(hereOfficer, { code: 'can-bo-lanh-dao' })).toEqual([1, 1, 0]);
    expect(await figures(hereOfficer, { code: 'can-bo-lanh-dao', on: '2025-07-31' })).toEqual([0, 0, 0]);
    expect(await figures(hereOfficer, { code: 'tuyen-truyen-vien' })).toEqual([1, 0, 0]);
    expect(await figures(thereOfficer, { code: 'can-bo-trong-so' })).toEqual([0, 0, 0]);
  });

  it('lists who is behind a figure, page by page, and writes the look down', async () => {
    const list = (input: object) =>
      world.execute(listAudienceSubjects, leader, { code: 'ho-ngheo', ...input } as { code: string });
    const { rows, total } = await list({ limit: 2 });
    expect(total).toBe(3);
    const next = await list({ limit: 2, offset: 2 });
    expect([...rows, ...next.rows].map(({ code }) => code).sort()).toEqual(['A1', 'A2', 'A4']);
    const unknown = await world.execute(listAudienceSubjects, leader, { rule: elder, show: 'unknown' });
    expect(unknown.rows.map(({ code }) => code).sort()).toEqual(['A2', 'A4']);
    const { rows: audit } = await world.database.pool.query(
      `select user_id, refs from platform.audit where name = 'audiences.list-audience-subjects' and refs ->> 'show' = 'unknown'`,
    );
    expect(audit).toEqual([
      {
        user_id: leader.userId,
        refs: { code: null, placeId: null, asks: ['age'], show: 'unknown', on: '2026-06-15', rows: 2 },
      },
    ]);
  });
});

describe('counting by what is sensitive', () => {
  const looks = async (actor: Actor) =>
    (
      await world.database.pool.query(
        `select refs from platform.audit where name = 'audiences.count-audience' and user_id = $1 order by at, audit_id`,
        [actor.userId],
      )
    ).rows.map(({ refs }) => refs);

  it('is written down, as a list is; by class or indicators it is not', async () => {
    const asker = who('leader', taXiLang);
    await count(asker, { code: 'ho-ngheo' });
    await count(asker, { code: 'ho-thieu-bhyt', by: 'village' });
    expect(await looks(asker)).toEqual([]);
    await count(asker, { rule: household({ all: [{ class: ['poor'] }, { not: { code: ['A1'] } }] }) });
    await count(asker, { rule: household({ some: { disabled: true } }), placeId: taXiLang, by: 'village' });
    await count(asker, { code: 'ho-mong-khong-doc-chu-viet' });
    const on = '2026-06-15';
    expect(await looks(asker)).toEqual(
      expect.arrayContaining([
        { code: null, placeId: null, asks: ['code'], by: null, on },
        { code: null, placeId: taXiLang, asks: ['disabled'], by: 'village', on },
        { code: 'ho-mong-khong-doc-chu-viet', placeId: null, asks: ['languages'], by: null, on },
      ]),
    );
    expect(await looks(asker)).toHaveLength(3);
  });

  it('a rule of one’s own is not counted by who only keeps the accounts', async () => {
    const admin = who('admin', taXiLang);
    expect(await figures(admin, { code: 'ho-ngheo' })).toEqual([4, 3, 0]);
    await expect(count(admin, { rule: poor })).rejects.toMatchObject({ kind: 'forbidden', code: 'not-allowed' });
    const both = { ...admin, grants: [...who('admin', tramTau).grants, ...hereOfficer.grants] };
    expect(await figures(both, { code: 'ho-ngheo' })).toEqual([6, 4, 0]);
    expect(await figures(both, { rule: poor })).toEqual([4, 3, 0]);
    await expect(count(both, { rule: poor, placeId: tramTau })).rejects.toMatchObject({ code: 'outside-area' });
  });
});

describe('saving', () => {
  const save = (actor: Actor, more: object = {}) =>
    world.execute(saveAudience, actor, {
      code: 'ho-gia',
      name: 'Hộ có người già',
      placeId: taXiLang,
      rule: elder,
      ...more,
    });

  it('keeps a rule under a code, changes it, ends it, and takes it up again', async () => {
    expect(await save(hereOfficer)).toMatchObject({ code: 'ho-gia', changed: false });
    expect(await findAudience(world.database.db, 'ho-gia')).toEqual({
      code: 'ho-gia',
      name: 'Hộ có người già',
      rule: elder,
      placeId: taXiLang,
    });
    expect(await figures(hereOfficer, { code: 'ho-gia' })).toEqual([4, 1, 2]);
    expect(await save(hereOfficer, { rule: poor })).toMatchObject({ changed: true });
    expect(await figures(hereOfficer, { code: 'ho-gia' })).toEqual([4, 3, 0]);
    await world.execute(endAudience, hereOfficer, { code: 'ho-gia' });
    expect(await findAudience(world.database.db, 'ho-gia')).toBeUndefined();
    await expect(world.execute(getAudience, hereOfficer, { code: 'ho-gia' })).rejects.toMatchObject({
      code: 'audience',
    });
    await expect(world.execute(endAudience, hereOfficer, { code: 'ho-gia' })).rejects.toMatchObject({
      code: 'audience.ended',
    });
    await save(hereOfficer);
    expect((await world.execute(listAudiences, hereOfficer, {})).map(({ code }) => code)).toContain('ho-gia');
  });

  it('refuses a rule that names what there is not, and says where', async () => {
    const at = (rule: unknown) =>
      save(hereOfficer, { rule }).then(
        () => [],
        (error) => [
          error.kind,
          ...error.fields.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`),
        ],
      );
    const nowhere = newId();
    expect(await at(household({ all: [{ class: ['poor'] }, { place: [taXiLang, nowhere] }] }))).toEqual([
      'invalid',
      'rule.where.all.1.place.1 place',
    ]);
    expect(await at(household({ not: { reached: { message: 'khong-co', stage: 2 } } }))).toEqual([
      'invalid',
      'rule.where.not.reached.message rule.message',
    ]);
    expect(await at(household({ any: [{ lacks: 13 }, { languages: { some: ['tieng-la'] } }] }))).toEqual([
      'invalid',
      'rule.where.any.0.lacks rule.indicator',
      'rule.where.any.1.languages.some.0 rule.language',
    ]);
    expect(await at(undefined)).toEqual(['invalid', 'rule rule.missing']);
    // Who counts a rule of their own is told the same.
    await expect(count(hereOfficer, { rule: household({ place: [nowhere] }) })).rejects.toMatchObject({
      kind: 'invalid',
      fields: [{ path: 'rule.where.place.0', code: 'place' }],
    });
    await expect(count(hereOfficer, { rule: household({ lacks: 0 }) })).rejects.toMatchObject({
      fields: [{ path: 'rule.where.lacks', code: 'rule.indicator' }],
    });
  });

  it('refuses an edition that a message does not have, and takes one that it has', async () => {
    await world.database.pool.query(
      `insert into content.message (message_id, code, place_id, topic, title, created_at) values ($1, 'the-bhyt', $2, 'health-insurance', 'Thẻ', now())`,
      [newId(), taXiLang],
    );
    await world.database.pool.query(
      `insert into content.message_edition (message_id, edition, core, state, folded)
       select message_id, 1, 'Thẻ', 'draft', 'the' from content.message where code = 'the-bhyt'`,
    );
    const rule = (edition: number) => household({ not: { reached: { message: 'the-bhyt', edition, stage: 2 } } });
    await expect(save(hereOfficer, { rule: rule(2) })).rejects.toMatchObject({
      fields: [{ path: 'rule.where.not.reached.edition', code: 'rule.edition' }],
    });
    await save(hereOfficer, { rule: rule(1) });
    expect(await figures(hereOfficer, { code: 'ho-gia' })).toEqual([4, 4, 0]);
    const first = await world.execute(listAudienceSubjects, leader, { code: 'ho-gia' });
    await world.database.pool.query(
      `insert into reach.state (subject_id, message_id, edition, first_2)
       select $1, message_id, 1, '2026-06-01' from content.message where code = 'the-bhyt'`,
      [first.rows[0]!.subjectId],
    );
    expect(await figures(hereOfficer, { code: 'ho-gia' })).toEqual([4, 3, 0]);
    expect(await figures(hereOfficer, { code: 'ho-gia', on: '2026-05-31' })).toEqual([4, 4, 0]);
  });

  it('does not touch what is built in', async () => {
    await expect(save(systemActor, { code: 'ho-ngheo' })).rejects.toMatchObject({ code: 'audience.built-in' });
    await expect(world.execute(endAudience, systemActor, { code: 'ho-ngheo' })).rejects.toMatchObject({
      code: 'audience.built-in',
    });
    await expect(save(systemActor, { code: 'Hộ Nghèo' })).rejects.toMatchObject({
      fields: [{ path: 'code', code: 'audience.code' }],
    });
    await expect(save(systemActor, { placeId: newId() })).rejects.toMatchObject({ code: 'place' });
  });
});

describe('who may', () => {
  it('see an audience: whoever has a role above, in or below its place, also where that place has ended', async () => {
    const put = (code: string, placeId: string) =>
      world.execute(saveAudience, systemActor, { code, name: code, placeId, rule: poor });
    await put('cua-ta-xi-lang', taXiLang);
    await put('cua-tram-tau', tramTau);
    await put('cua-huyen-cu', district);
    const seen = async (actor: Actor) =>
      (await world.execute(listAudiences, actor, {}))
        .flatMap(({ code }) => (code.startsWith('cua-') ? [code] : []))
        .sort();
    expect(await seen(hereOfficer)).toEqual(['cua-huyen-cu', 'cua-ta-xi-lang']);
    expect(await seen(thereOfficer)).toEqual(['cua-huyen-cu', 'cua-tram-tau']);
    const province = referenceId('2025:province:15');
    expect(await seen(who('leader', province))).toEqual(['cua-huyen-cu', 'cua-ta-xi-lang', 'cua-tram-tau']);
    for (const ask of [getAudience, countAudience, listAudienceSubjects])
      await expect(
        world.execute(ask as typeof getAudience, hereOfficer, { code: 'cua-tram-tau' }),
        ask.name,
      ).rejects.toMatchObject({
        kind: 'not-found',
      });
  });

  it('change or end an audience: only a role over its place', async () => {
    const save = (actor: Actor, code: string, placeId: string) =>
      world.execute(saveAudience, actor, { code, name: 'x', placeId, rule: poor });
    await expect(save(hereOfficer, 'moi', tramTau)).rejects.toMatchObject({ kind: 'forbidden', code: 'outside-area' });
    await expect(save(hereOfficer, 'cua-tram-tau', taXiLang)).rejects.toMatchObject({ code: 'audience.code-taken' });
    await expect(save(leader, 'moi', taXiLang)).rejects.toMatchObject({ kind: 'forbidden', code: 'not-allowed' });
    await expect(world.execute(endAudience, hereOfficer, { code: 'cua-tram-tau' })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(world.execute(endAudience, hereOfficer, { code: 'cua-huyen-cu' })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'outside-area',
    });
  });

  it('nor where it became somebody else’s at that very moment', async () => {
    const put = (code: string) =>
      world.execute(saveAudience, hereOfficer, { code, name: 'x', placeId: taXiLang, rule: poor });
    const taken = { kind: 'conflict', code: 'audience.code-taken' };
    const added = {
      text: `insert into audiences.audience (audience_id, code, place_id, name, rule, created_at, updated_at)
        values ($1, 'cung-luc', $2, 'Của xã kia', $3, now(), now())`,
      values: [newId(), tramTau, JSON.stringify(elder)],
    };
    await expect(meanwhile(world, added, () => put('cung-luc'))).rejects.toMatchObject(taken);
    await put('doi-chu');
    const moved = (code: string) => ({
      text: 'update audiences.audience set place_id = $2 where code = $1',
      values: [code, tramTau],
    });
    await expect(meanwhile(world, moved('doi-chu'), () => put('doi-chu'))).rejects.toMatchObject(taken);
    await put('doi-chu-nua');
    const end = () => world.execute(endAudience, hereOfficer, { code: 'doi-chu-nua' });
    await expect(meanwhile(world, moved('doi-chu-nua'), end)).rejects.toMatchObject({ code: 'outside-area' });
    for (const [code, name] of [
      ['cung-luc', 'Của xã kia'],
      ['doi-chu', 'x'],
      ['doi-chu-nua', 'x'],
    ] as const)
      expect(await findAudience(world.database.db, code)).toMatchObject({ placeId: tramTau, name });
  });

  it('count and list: only inside their areas', async () => {
    for (const ask of [countAudience, listAudienceSubjects, exportAudienceSubjects])
      for (const placeId of [tramTau, paHu, district, referenceId('2025:province:15')])
        await expect(
          world.execute(ask as typeof countAudience, hereOfficer, { code: 'ho-ngheo', placeId }),
          `${ask.name} ${placeId}`,
        ).rejects.toMatchObject({ kind: 'forbidden', code: 'outside-area' });
    expect(await figures(hereOfficer, { code: 'ho-ngheo' })).toEqual([4, 3, 0]);
    expect(await figures(thereOfficer, { code: 'ho-ngheo' })).toEqual([2, 1, 0]);
    expect(await figures(who('officer', taXiLang, tramTau), { code: 'ho-ngheo' })).toEqual([6, 4, 0]);
    // A code of somebody else's household finds nothing.
    expect(await figures(hereOfficer, { rule: household({ code: ['B1'] }) })).toEqual([4, 0, 0]);
  });

  it('do anything: no role, no use case; agents and editors see no list of people', async () => {
    const inputs: Readonly<Record<string, object>> = {
      'audiences.save-audience': { code: 'moi', name: 'x', placeId: taXiLang, rule: poor },
      'audiences.end-audience': { code: 'cua-ta-xi-lang' },
      'audiences.list-audiences': {},
      'audiences.get-audience': { code: 'ho-ngheo' },
      'audiences.count-audience': { code: 'ho-ngheo' },
      'audiences.find-audiences': {},
      'audiences.list-audience-subjects': { code: 'ho-ngheo' },
      'audiences.export-audience-subjects': { code: 'ho-ngheo' },
    };
    const refused = async (actor: Actor): Promise<string[]> => {
      const found: string[] = [];
      for (const useCase of audiencesUseCases)
        await world
          .execute(useCase as typeof getAudience, actor, inputs[useCase.name] as { code: string })
          .catch((error) => {
            expect(error.code).toBe('not-allowed');
            found.push(useCase.name.slice('audiences.'.length));
          });
      return found.sort();
    };
    expect(await refused({ ...hereOfficer, grants: [] })).toHaveLength(8);
    expect(await refused(who('agent', taXiLang))).toHaveLength(8);
    expect(await refused(who('editor', taXiLang))).toEqual([
      'count-audience',
      'end-audience',
      'export-audience-subjects',
      'list-audience-subjects',
      'save-audience',
    ]);
    expect(await refused(leader)).toEqual(['end-audience', 'save-audience']);
  });
});

it('what is stored in a plan or an audience is read back as it was written', () => {
  expect(ruleSchema.parse(JSON.parse(JSON.stringify(ruleSchema.parse(elder))))).toEqual(elder);
});
