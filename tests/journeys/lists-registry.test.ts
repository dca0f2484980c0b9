import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import {
  countByPlace,
  exportDecisions,
  exportHouseholds,
  exportRefusals,
  findHouseholds,
  liftRefusal,
  listDecisions,
  listedClasses,
  listFaults,
  listImports,
  listRefusals,
  refuseContact,
  shownStates,
  waysToRefuse,
} from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { choicesPages } from '../../src/web/pages/choices/choices.page.ts';
import { countsPages } from '../../src/web/pages/counts/counts.page.tsx';
import { householdListPages } from '../../src/web/pages/households/households.page.tsx';
import { importsPages } from '../../src/web/pages/imports/index.ts';
import { refusalPages } from '../../src/web/pages/refusals/index.ts';
import { signInPages } from '../../src/web/pages/sign-in/sign-in.page.tsx';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { actorOf, villageOf } from '../support/evidence.ts';
import { disorder, named, rankIn } from '../support/list-orders.ts';
import {
  answer,
  bringIn,
  check,
  decisions,
  importVillages,
  paHu,
  type Row,
  since2025,
  taXiLang,
} from '../support/lists.ts';
import { sheetOf } from '../support/office-files.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let officer: Walker;
/** A list with faults, and one with questions. */
let [faulty, asking] = ['', ''];

const here = actorOf('officer', taXiLang, 'Ánh');
const other = actorOf('officer', taXiLang, 'Bình');
const agent = actorOf('agent', taXiLang);

const row = (code: string, head: string, village: string, of: string, more: Partial<Row> = {}): Row => ({
  ...{ code, head, village, class: of },
  ...more,
});
const poor = 'Hộ nghèo';
const before = [
  row('04603.01.0001', 'Giàng A Chu', 'Thôn Hai', poor, { size: 7, phones: ['0545000001', '0545000002'] }),
  row('04603.01.0002', 'Đinh Văn Bé', 'Thôn Một', 'Hộ cận nghèo', { size: 3, birth: '1970' }),
  row('04603.01.0003', 'Ấu Thị Ca', 'Thôn Ba', poor, { size: 4, phones: ['0545000003'] }),
];
const after = [
  row('04603.01.0004', 'Mùa A Đơ', 'Thôn Hai', 'Hộ mới thoát nghèo', { phones: ['0545000004'] }),
  row('04603.01.0005', 'Ân Văn Páo', 'Thôn Một', poor, { size: 1 }),
  row('04603.01.0006', 'Giàng A Pó', 'Thôn Ba', poor),
];

const classes: readonly string[] = listedClasses;
const states: readonly string[] = shownStates;

const villageRank = (name: string) => rankIn(['thôn một', 'thôn hai', 'thôn ba'], name.toLowerCase().split(',')[0]!);

const later = () => world.clock.set(new Date(world.clock.now().getTime() + 60_000));

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, { asOf: '2024-11-30', rows: before, actor: here });
  later();
  await bringIn(world, { asOf: '2025-11-30', rows: after, complete: null, actor: other });
  later();
  const theirs = { placeId: paHu, actor: actorOf('officer', since2025('04606')) };
  await bringIn(world, { asOf: '2024-11-30', rows: [row('P1', 'Lò Văn Xa', 'Bản Cao', poor)], ...theirs });
  later();
  const wrong = [
    row('04603.01.0007', 'Giàng A Bảy', 'Thôn không có', poor, { size: 2 }),
    row('04603.01.0008', '', 'Thôn Một', poor),
    row('04603.01.0009', 'Giàng A Chín', 'Thôn Hai', 'Hộ không rõ', { phones: ['12'] }),
  ];
  ({ importId: faulty } = await check(world, { asOf: '2026-05-31', rows: wrong, complete: null, actor: other }));
  later();
  const one = [row('04603.01.0004', 'Mùa A Đơ', 'Thôn Hai', poor)];
  ({ importId: asking } = await check(world, {
    ...{ asOf: '2026-05-30', rows: one, actor: here },
    complete: ['poor', 'near_poor', 'newly_escaped'],
  }));
  await answer(world, asking, { '04603.01.0002': 'moved', '04603.01.0005': 'gone' });
  for (const [id, name] of [[faulty, 'Ấp-lỗi.csv'], [asking, 'đợt 10.csv']])
    await world.database.pool.query('update registry.import set file_name = $2 where import_id = $1', [id, name]); // biome-ignore format: a table
  for (const [phone, actor, how, note] of [
    ['0545000003', other, 'agent', ''],
    ['0545000001', here, 'phone', 'bận'], ['0545000004', here, 'in-person', 'không cần'], ['0545000009', other, 'phone', ''],
  ] as const) {
    later();
    await world.execute(refuseContact, actor, { phone, how, note });
  } // biome-ignore format: a table
  await world.execute(liftRefusal, here, { phone: '0545000003', note: 'chủ hộ xin lại' });
  web = await startPages(world, [
    ...[...signInPages, ...choicesPages, ...householdListPages],
    ...[...refusalPages, ...importsPages, ...countsPages],
  ]);
  const account = { name: 'Cán bộ', password: 'một mật khẩu dài', role: 'officer', placeId: taXiLang } as const;
  await world.execute(addUser, systemActor, { username: 'officer', ...account });
  officer = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: 'officer' });
  await officer.send(path, path, {});
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const get = async (path: string): Promise<string> => (await officer.get(path)).text();
const lines = async (path: string) => (await get(path)).replace('\ufeff', '').trim().split('\r\n');
const main = async (path: string) => (await get(path)).split('<main')[1]!;
const audited = async (name: string) =>
  (
    await world.database.pool.query('select refs from platform.audit where name = $1 order by audit_id desc limit 1', [
      name,
    ])
  ).rows[0]?.refs;
const choose = async (at: string, list: string, columns: readonly string[]) => {
  const body = new URLSearchParams({ csrf: await officer.token(at), list, next: at });
  for (const column of columns) body.append('column', column);
  expect((await officer.post('/columns', body)).status).toBe(303);
};
const refused = (asked: Promise<unknown>) => asked.then(() => 'answered', ({ code }) => code); // biome-ignore format: short

describe('households', () => {
  it('come by every column, both ways, page by page', async () => {
    const { wrong, moving } = await disorder({
      ask: (asked) => world.execute(findHouseholds, here, asked),
      idOf: ({ code }) => code,
      keys: {
        head: ({ headName }) => named(headName),
        code: ({ code }) => code,
        village: ({ village }) => villageRank(village),
        class: (each) => classes.indexOf(each.class ?? ''),
        'class-from': ({ classFrom }) => classFrom,
        members: ({ size, members }) => size ?? members,
        phones: ({ mobiles }) => mobiles,
      },
    });
    expect(wrong).toEqual([]);
    // Villages may happen to stand in their order already.
    expect(moving.filter((name) => !name.endsWith('village'))).toHaveLength(12);
  });

  it('are found by name, place and class, and counted', async () => {
    const found = async (input: object) =>
      (await world.execute(findHouseholds, here, { sort: 'code', ...input })).total;
    const hai = await villageOf(world, 'Thôn Hai');
    expect([await found({}), await found({ text: 'giang' }), await found({ placeId: hai })]).toEqual([6, 2, 2]);
    expect(await found({ classes: ['near_poor'], placeId: hai })).toBe(0);
    const html = await main('/households?class=poor&sort=-members&page=1');
    expect(html).toContain('4 hộ');
    expect(html).toContain('aria-sort="descending"');
    expect(html.indexOf('Giàng A Chu')).toBeLessThan(html.indexOf('Ấu Thị Ca'));
    expect(await main('/households?class=rich')).toContain('Không có lựa chọn nào là “rich”');
  });

  it('leave the house as they are shown, and by whose hand is known', async () => {
    const before = await lines('/households.csv?class=poor&sort=-members');
    expect(before[0]).toBe('Chủ hộ,Mã hộ,Thôn,Diện hộ,Nhân khẩu,Số máy di động');
    expect(before.slice(1).map((line) => line.split(',')[0])).toEqual(['Giàng A Chu', 'Ấu Thị Ca', 'Ân Văn Páo', 'Giàng A Pó']); // biome-ignore format: names
    await choose('/households', 'households', ['head', 'class-from']);
    expect((await lines('/households.csv'))[0]).toBe('Chủ hộ,Thuộc diện từ');
    const sheet = await sheetOf(Buffer.from(await (await officer.get('/households.xlsx?text=chu')).arrayBuffer()), 'Chủ hộ'); // biome-ignore format: a call
    expect([sheet.head, sheet.rows]).toEqual([['Chủ hộ', 'Thuộc diện từ'], [['Giàng A Chu', '30/11/2024']]]);
    await world.execute(exportHouseholds, here, { classes: ['poor'] });
    expect(await audited('registry.export-households')).toEqual({ placeId: null, rows: 4 });
    expect(await refused(world.execute(exportHouseholds, agent, {}))).toBe('not-allowed');
  });
});

describe('refused numbers', () => {
  it('come by every column, both ways, page by page', async () => {
    const { wrong, moving } = await disorder({
      ask: (asked) => world.execute(listRefusals, here, { lifted: true, ...asked }),
      idOf: ({ value }) => value,
      keys: {
        number: ({ value }) => value,
        since: ({ since }) => since,
        how: ({ how }) => waysToRefuse.indexOf(how),
        by: ({ recordedByName }) => named(recordedByName),
        state: ({ until }) => until ?? '',
      },
    });
    expect(wrong).toEqual([]);
    expect(moving).toEqual(expect.arrayContaining(['number', '-number', 'how', '-how', '-by', '-state']));
  });

  it('are found by number, name, words, place and way', async () => {
    const found = async (input: object, actor: Actor = here) =>
      (await world.execute(listRefusals, actor, { lifted: true, sort: 'number', ...input })).rows.map(({ value }) => value.slice(-1)); // biome-ignore format: a call
    expect(await found({})).toEqual(['1', '3', '4']);
    expect(await found({ text: '0545 000.004' })).toEqual(['4']);
    expect(await found({ text: 'au thi' })).toEqual(['3']);
    expect(await found({ text: 'khong can' })).toEqual(['4']);
    expect(await found({ text: '…' })).toEqual([]);
    expect(await found({ placeId: await villageOf(world, 'Thôn Hai') })).toEqual(['1', '4']);
    expect(await found({ placeId: paHu })).toEqual([]);
    expect(await found({ how: 'phone' })).toEqual(['1']);
    expect(await found({ how: 'phone' }, other)).toEqual(['1', '9']);
    expect(await main('/refusals?text=0545&way=agent')).toContain('Không có số nào khớp');
  });

  it('leave the house by officers and leaders only', async () => {
    const [head, ...rows] = await lines('/refusals.csv?lifted=yes&sort=-number');
    expect(head).toMatch(/^Số điện thoại,Từ chối ngày,/u);
    expect(rows.map((line) => line.slice(0, 12))).toEqual(['0545 000 004', '0545 000 003', '0545 000 001']);
    await world.execute(exportRefusals, here, {});
    expect(await audited('registry.export-refusals')).toEqual({ placeId: null, rows: 2 });
    expect(await refused(world.execute(exportRefusals, agent, {}))).toBe('not-allowed');
  });
});

describe('lists brought in', () => {
  it('come by every column, both ways, page by page', async () => {
    const { wrong, moving } = await disorder({
      ask: (asked) => world.execute(listImports, systemActor, asked),
      idOf: ({ importId }) => importId.slice(-6),
      keys: {
        file: ({ fileName }) => named(fileName),
        place: ({ placeId }) => [paHu, taXiLang].indexOf(placeId),
        'as-of': ({ asOf }) => asOf,
        state: ({ state }) => states.indexOf(state),
        households: ({ counts }) => counts?.households ?? null,
        received: ({ createdAt }) => createdAt.getTime(),
      },
    });
    expect(wrong).toEqual([]);
    expect(moving).toEqual(expect.arrayContaining(['file', 'place', '-place', 'as-of', '-state', 'received']));
  });

  it('are found by file, who brought them, place and state', async () => {
    const total = async (input: object) => (await world.execute(listImports, here, input)).total;
    expect([await total({}), await total({ text: 'ap loi' }), await total({ text: 'binh' })]).toEqual([4, 1, 2]);
    expect([await total({ placeId: paHu }), await total({ placeId: taXiLang })]).toEqual([0, 4]);
    expect([await total({ states: ['checked'] }), await total({ states: ['busy', 'undone'] })]).toEqual([2, 0]);
    expect(await main('/imports?state=committed')).toContain('2 danh sách');
    await choose('/imports', 'imports', ['file', 'as-of']);
    expect(await lines('/imports.csv?state=checked&sort=file')).toEqual(['Tệp,Ngày rà soát', 'Ấp-lỗi.csv,31/05/2026', 'đợt 10.csv,30/05/2026']); // biome-ignore format: rows
  });
});

describe('faults of a list', () => {
  it('come by every column, both ways, page by page; by kind and severity', async () => {
    const all = await world.execute(listFaults, here, { importId: faulty });
    const { wrong } = await disorder({
      ask: (asked) => world.execute(listFaults, here, { importId: faulty, ...asked }),
      idOf: (fault) => `${fault.row} ${fault.column} ${fault.code}`,
      keys: {
        severity: ({ severity }) => severity,
        row: ({ row }) => row,
        sheet: ({ sheet }) => sheet,
        column: ({ cell }) => cell?.replace(/\d+$/u, '').padStart(3) ?? null,
        value: ({ value }) => named(value),
        kind: ({ code }) => code,
      },
    });
    expect(wrong).toEqual([]);
    expect(all.total).toBeGreaterThan(3);
    const some = async (input: object) => (await world.execute(listFaults, here, { importId: faulty, ...input })).rows;
    const none = all.rows.filter(({ code }) => code !== 'list.village-unknown');
    expect(await some({ code: 'list.village-unknown' })).toHaveLength(all.total - none.length);
    expect(await some({ severity: 'warning' })).toEqual(all.rows.filter(({ severity }) => severity === 'warning'));
    const file = await lines(`/imports/${faulty}/faults.csv?severity=error&sort=-row`);
    expect(file).toHaveLength(1 + all.rows.filter(({ severity }) => severity === 'error').length);
    expect(file[0]).toBe('Dòng,Trang tính,Cột,Ô,Nội dung ô,Mức,Lỗi và cách sửa');
  });
});

describe('questions of a list', () => {
  it('come by every column, both ways, page by page; by what was answered', async () => {
    const ask = (asked: object) => world.execute(listDecisions, here, { importId: asking, ...asked });
    const { wrong, moving } = await disorder({
      ask,
      idOf: ({ code }) => code,
      keys: {
        household: ({ headName }) => named(headName),
        code: ({ code }) => code,
        village: ({ village }) => villageRank(village),
        class: (each) => classes.indexOf(each.class ?? ''),
        row: ({ row }) => row,
        answer: ({ answer: said }) => (said === null ? null : ['escaped', 'moved', 'gone', 'mistake'].indexOf(said)),
      },
    });
    expect(wrong).toEqual([]);
    expect(moving).toEqual(expect.arrayContaining(['household', '-household', 'village', '-village', '-code']));
    expect([(await ask({})).total, (await ask({ answered: true })).total]).toEqual([5, 2]);
    expect((await ask({ answered: false, text: 'au thi' })).rows.map(({ code }) => code)).toEqual(['04603.01.0003']);
  });

  it('are answered from any part of the list, and leave the house with a row in the audit', async () => {
    const at = `/imports/${asking}/decisions?kind=missing&text=giang&sort=-code&page=1`;
    const html = await main(at);
    expect(html).toContain('2 câu hỏi');
    expect(html).not.toContain('value="all"');
    const [chu] = (await decisions(world, asking)).filter(({ code }) => code === '04603.01.0001');
    const sent = await officer.send(at, at, { kind: 'missing', ids: chu!.decisionId, answer: 'mistake', which: 'marked' }); // biome-ignore format: a call
    const part = `/imports/${asking}/decisions?kind=missing&text=giang&sort=-code`;
    expect([sent.status, sent.headers.get('location')]).toEqual([303, part]);
    const file = await lines(`/imports/${asking}/decisions.csv?kind=missing&answered=yes&sort=household`);
    expect(file.map((line) => line.split(',')[0])).toEqual(['Hộ trong sổ', 'Ân Văn Páo', 'Đinh Văn Bé', 'Giàng A Chu']);
    await world.execute(exportDecisions, here, { importId: asking });
    expect(await audited('registry.export-decisions')).toEqual({ importId: asking, rows: 5 });
    expect(await refused(world.execute(exportDecisions, agent, { importId: asking }))).toBe('not-allowed');
  });
});

describe('counts', () => {
  it('come by every column, both ways; what nobody knows stays last', async () => {
    const on = '2025-11-30';
    const counted = (asked: object) =>
      world.execute(countByPlace, here, { placeId: taXiLang, by: 'village', on, ...asked });
    const { rows: usual } = await counted({});
    for (const [sort, keyOf] of [['poor', ({ households }) => households.poor!], ['near_poor', ({ households }) => households.near_poor!], ['sum', ({ sum }) => sum]] as [string, (row: (typeof usual)[number]) => number][])
      for (const descending of [false, true]) {
        const byHand = usual.toSorted((a, b) => (keyOf(a) - keyOf(b)) * (descending ? -1 : 1));
        expect((await counted({ sort, descending })).rows, sort).toEqual(byHand);
      } // biome-ignore format: a table
    expect((await counted({ sort: 'place', descending: true })).rows).toEqual(usual.toReversed());
    await choose('/counts', 'counts', ['place', 'near-poor', 'sum']);
    const file = await lines(`/counts.csv?place=${taXiLang}&on=30/11/2025&by=village&sort=-sum`);
    expect(file[0]).toBe('Địa bàn,Mã,Vào ngày,Theo địa giới ngày,Hộ cận nghèo,Cộng');
    expect(file[1]).toMatch(/,,30\/11\/2025,30\/11\/2025,\d,2$/u);
    expect(await main(`/counts?place=${taXiLang}&by=village&sort=sum`)).toContain('aria-sort="ascending"');
  });
});
