import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addOfficer,
  findHouseholds,
  getHousehold,
  listDecisions,
  listImports,
  noteLanguages,
  refuseContact,
  registryUseCases,
} from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor, type UseCase } from '../../src/platform/command.ts';
import { spokenLanguages } from '../../src/shared/channels.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Role } from '../../src/shared/roles.ts';
import {
  bringIn,
  check,
  fingerprint,
  importVillages,
  type Member,
  paHu,
  type Row,
  receive,
  since2025,
  taXiLang,
} from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

const who = (role: Role, placeId: string): Actor => ({
  userId: newId(),
  name: role,
  grants: [{ role, placeId }],
  via: 'web',
});
const officerOfA = who('officer', taXiLang);
// Pá Hu became a part of the new commune Trạm Tấu: its lists and households are that officer's.
const tramTau = since2025('04606');
const officerOfB = who('officer', tramTau);

let world: World;
/** What lies in commune B: imports in every state, a household. */
let theirs: {
  readonly received: string;
  readonly checked: string;
  readonly committed: string;
  readonly subjectId: string;
  readonly officer: string;
  readonly village: string;
};

const row = (code: string, village: string, more: Partial<Row> = {}): Row => ({
  code,
  head: 'Mùa Thị Dê',
  village,
  class: 'Hộ nghèo',
  ethnicity: 'Mông',
  id: '015175000002',
  ...more,
});
const member: Member = { code: '04606.01.0001', name: 'Mùa Thị Dê', relation: 'Chủ hộ' };

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, {
    asOf: '2023-11-30',
    rows: [row('04603.01.0001', 'Thôn Một', { head: 'Giàng A Chu', id: '' })],
    actor: officerOfA,
  });
  const list = {
    asOf: '2023-11-30',
    rows: [row('04606.01.0001', 'Bản Cao', { phones: ['0545000008', '0545000009'] })],
    members: [member],
    placeId: paHu,
    actor: officerOfB,
  };
  const committed = await bringIn(world, list);
  const { importId: checked } = await check(world, {
    ...list,
    asOf: '2024-11-30',
    rows: [row('04606.01.0002', 'Bản Cao', { head: 'Lò Văn Pó', id: '' })],
  });
  const received = await receive(world, { ...list, asOf: '2025-05-30' });
  const { rows } = await world.execute(findHouseholds, officerOfB, {});
  const [{ subjectId }] = rows as [(typeof rows)[number]];
  await world.execute(noteLanguages, officerOfB, { subjectIds: [subjectId], languages: ['blt'] });
  const officer = await world.execute(addOfficer, officerOfB, {
    name: 'Cư A Việc',
    body: 'UBND',
    post: 'Công chức',
    placeId: tramTau,
  });
  await world.execute(refuseContact, officerOfB, { phone: '0545000008', how: 'phone' });
  theirs = {
    received,
    checked,
    committed,
    subjectId,
    officer: officer.subjectId,
    village: rows[0]!.villageId!,
  };
});
afterAll(() => world.close());

/** Hashes of files that imports hold. */
const hashesOfLists = async () =>
  (
    await world.database.pool.query<{ hashes: string[] }>(
      'select array_agg(distinct file_sha256) as hashes from registry.import',
    )
  ).rows[0]!;

/**
 * For each use case what would touch commune B; `own` = it takes no place, and must answer without anything of B;
 * `harmless` = anybody of its role may ask, and it does nothing to what is of B.
 */
const TOUCHES: Readonly<
  Record<string, readonly (() => object)[] | 'own' | { harmless: () => Promise<object>; answer: object }>
> = {
  'registry.receive-list': [
    () => ({ file: { name: 'a.csv', sha256: '0'.repeat(64), size: 1 }, placeId: paHu, asOf: '2024-11-30' }),
  ],
  'registry.open-list': [() => ({ importId: theirs.received })],
  'registry.map-list': [() => ({ importId: theirs.checked })],
  'registry.check-list': [() => ({ importId: theirs.checked })],
  'registry.check-again': [() => ({ importId: theirs.checked })],
  'registry.fail-list': [() => ({ importId: theirs.received, code: 'file.gone', params: {} })],
  'registry.decide-list': [
    () => ({ importId: theirs.checked, kind: 'missing', ids: null, answer: 'gone' }),
    () => ({ importId: theirs.committed, kind: 'missing', ids: null, answer: 'gone' }),
  ],
  'registry.commit-list': [() => ({ importId: theirs.checked })],
  'registry.undo-list': [() => ({ importId: theirs.committed })],
  'registry.discard-list': [() => ({ importId: theirs.checked }), () => ({ importId: theirs.received })],
  'registry.list-imports': 'own',
  'registry.get-import': [() => ({ importId: theirs.checked }), () => ({ importId: theirs.committed })],
  'registry.list-faults': [() => ({ importId: theirs.checked })],
  'registry.list-left-out': [() => ({ importId: theirs.checked })],
  'registry.list-decisions': [() => ({ importId: theirs.checked })],
  'registry.export-decisions': [() => ({ importId: theirs.checked })],
  'registry.find-households': 'own',
  'registry.export-households': 'own',
  'registry.get-household': [() => ({ subjectId: theirs.subjectId })],
  'registry.count-households': [() => ({ placeId: paHu, boundaries: '2025-06-30' }), () => ({ placeId: tramTau })],
  'registry.note-languages': [
    () => ({ subjectIds: [theirs.subjectId], languages: ['hmn'] }),
    () => ({ subjectIds: [newId()], languages: ['hmn'] }),
  ],
  'registry.note-languages-of-village': [
    () => ({ villageId: theirs.village, ethnicity: 'Mông', languages: ['hmn'], commit: false }),
    () => ({ villageId: theirs.village, ethnicity: 'Mông', languages: ['hmn'], commit: true }),
  ],
  // Where nothing is known all are told: what is spoken in B is not known in A.
  'registry.list-spoken-languages': { harmless: async () => ({}), answer: [...spokenLanguages] },
  'registry.list-ethnic-groups': [() => ({ villageId: theirs.village })],
  'registry.add-officer': [() => ({ name: 'Ai', body: 'UBND', post: 'Cán bộ', placeId: tramTau })],
  'registry.end-officer': [() => ({ subjectId: theirs.officer }), () => ({ subjectId: newId() })],
  'registry.list-officers': 'own',
  // An officer notes any number, and is answered as if it were nobody's.
  'registry.refuse-contact': {
    harmless: async () => ({ phone: '0545 000 009', how: 'phone' }),
    answer: { refusalId: expect.any(String), phone: '+84545000009', since: '2026-06-15', fresh: true, subjectIds: [] },
  },
  'registry.lift-refusal': [
    () => ({ phone: '0545 000 008', note: 'chủ hộ đề nghị' }),
    () => ({ phone: '0545 000 007', note: 'chủ hộ đề nghị' }),
  ],
  'registry.list-refusals': 'own',
  'registry.export-refusals': 'own',
  // Only files that no list came in are let go.
  'registry.drop-files': { harmless: () => hashesOfLists(), answer: { dropped: [] } },
  'registry.drop-place-lists': { harmless: () => hashesOfLists(), answer: { dropped: [] } },
  'registry.refresh-now': [() => ({})],
  'registry.resume-work': [() => ({})],
};
const run = (useCase: UseCase, actor: Actor, input: object) => world.execute(useCase, actor, input);
const refused = { kind: expect.stringMatching(/^(?:forbidden|not-found)$/u) };

describe('an officer of another commune', () => {
  it.each(registryUseCases.map((useCase) => [useCase.name, useCase] as const))('%s', async (name, useCase) => {
    const touches = TOUCHES[name];
    expect(touches, `${name} has no sample of what it touches`).toBeDefined();
    const before = await fingerprint(world);
    if (touches === 'own') {
      const answer = JSON.stringify(await run(useCase as UseCase, officerOfA, {}));
      for (const id of [paHu, tramTau, ...Object.values(theirs)]) expect(answer).not.toContain(id);
      expect(JSON.stringify(await run(useCase as UseCase, officerOfB, {}))).toMatch(
        new RegExp(Object.values(theirs).join('|'), 'u'),
      );
    } else if ('harmless' in touches!) {
      expect(await run(useCase as UseCase, officerOfA, await touches.harmless())).toEqual(touches.answer);
    } else {
      for (const input of touches!)
        await expect(run(useCase as UseCase, officerOfA, input())).rejects.toMatchObject(refused);
    }
    expect(await fingerprint(world)).toBe(before);
  });

  it('finds nothing of it by place, code or name', async () => {
    for (const input of [{ placeId: paHu }, { text: '04606.01.0001' }, { text: 'mua thi de' }])
      expect(await world.execute(findHouseholds, officerOfA, input)).toEqual({ total: 0, rows: [] });
    expect((await world.execute(findHouseholds, officerOfB, { text: 'mua thi de' })).total).toBe(1);
    expect((await world.execute(listImports, officerOfA, {})).total).toBe(1);
    expect((await world.execute(listImports, officerOfB, {})).total).toBe(3);
  });

  it('gets the same answer for a household that does not exist', async () => {
    const ask = (subjectId: string) =>
      world.execute(getHousehold, officerOfA, { subjectId }).catch(({ kind, code }) => ({ kind, code }));
    expect(await ask(theirs.subjectId)).toEqual(await ask(newId()));
  });
});

describe('in their own commune', () => {
  // The administrator keeps the list of officers and brings in villages, but no households; an agent knows what they
  // understand; whoever hears that a number refuses notes it.
  const others = [
    ...['registry.add-officer', 'registry.end-officer', 'registry.note-languages'],
    ...['registry.refuse-contact', 'registry.lift-refusal', 'registry.drop-place-lists'],
  ];
  const writing = registryUseCases.filter(({ kind, name }) => kind === 'command' && !others.includes(name));
  it.each(['agent', 'editor', 'leader', 'admin'] as const)('the %s cannot import', async (role) => {
    for (const useCase of writing) {
      const touches = TOUCHES[useCase.name]!;
      const inputs =
        touches === 'own' ? [] : 'harmless' in touches ? [await touches.harmless()] : touches.map((input) => input());
      for (const input of inputs)
        await expect(run(useCase as UseCase, who(role, tramTau), input), useCase.name).rejects.toMatchObject({
          kind: 'forbidden',
        });
    }
  });

  it.each(['editor', 'leader', 'admin'] as const)('the %s does not say what households understand', async (role) => {
    const input = { subjectIds: [theirs.subjectId], languages: ['hmn'] };
    await expect(run(noteLanguages, who(role, tramTau), input)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('the editor sees no household, the agent no import', async () => {
    await expect(run(getHousehold, who('editor', tramTau), { subjectId: theirs.subjectId })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(run(findHouseholds, who('editor', tramTau), {})).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(run(listImports, who('agent', tramTau), {})).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('a look at a household', () => {
  const audit = async (name: string) =>
    (
      await world.database.pool.query('select user_id, refs from platform.audit where name = $1 order by at desc', [
        name,
      ])
    ).rows;

  it('is written down, by id alone', async () => {
    await world.execute(getHousehold, officerOfB, { subjectId: theirs.subjectId });
    expect(await audit('registry.get-household')).toEqual([
      { user_id: officerOfB.userId, refs: { subjectId: theirs.subjectId } },
    ]);
  });

  it('in the questions of a list too', async () => {
    expect((await world.execute(listDecisions, officerOfB, { importId: theirs.checked })).total).toBe(1);
    expect(await audit('registry.list-decisions')).toEqual([
      { user_id: officerOfB.userId, refs: { importId: theirs.checked, households: 1 } },
    ]);
  });

  it('leaves no name, code or number of a person in the audit', async () => {
    const { rows } = await world.database.pool.query('select refs::text as refs from platform.audit');
    const all = rows.map(({ refs }) => refs).join('\n');
    for (const word of ['Mùa', 'Giàng', '04606.01', '04603.01', '015175', 'Mông', '+84'])
      expect(all).not.toContain(word);
  });
});
