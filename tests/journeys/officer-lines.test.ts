import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOfficer } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { signedIn } from '../support/day.ts';
import { addLine, addMessage } from '../support/evidence.ts';
import { know } from '../support/follow-up.ts';
import { bringIn, importVillages, taXiLang } from '../support/lists.ts';
import { sheetOf, textOfDocx } from '../support/office-files.ts';
import { createWorld, type World } from '../support/world.ts';

const OFFICERS = 'ke-hoach-can-bo';
const HOUSEHOLDS = 'ke-hoach-ho';
const BOTH = 'ke-hoach-chung';

let world: World;
let web: Web;
let walker: Walker;
let lineId: string;

const officers = { subject: 'officer', where: { all: [] } };

// A training with e-mails to officers; a line for households; and a plan that has one of each.
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, {
    asOf: '2025-11-30',
    rows: [{ code: 'H01', head: 'Giàng A Hộ', village: 'Thôn Một', class: 'Hộ nghèo', phones: ['0541000001'] }],
  });
  await know(world, 'H01', ['hmn']);
  for (const name of ['Lò Văn Cán', 'Vàng Thị Bộ'])
    await world.execute(addOfficer, systemActor, { name, body: 'UBND xã', post: 'Công chức', placeId: taXiLang });
  const messageId = await addMessage(world, { code: 'trach-nhiem' });
  const training = { messageId, rule: officers, channels: ['training', 'email'], to: '2026-05-31' };
  lineId = await addLine(world, { ...training, code: OFFICERS });
  await addLine(world, { messageId, code: HOUSEHOLDS });
  await addLine(world, { ...training, code: BOTH });
  await world.database.pool.query(
    `update plans.plan_line set position = 2, plan_id = (select plan_id from plans.plan where code = $1)
     where plan_id = (select plan_id from plans.plan where code = $2)`,
    [BOTH, HOUSEHOLDS],
  );
  await world.database.pool.query(
    `update plans.plan_line set what = 'Hội nghị', audience_name = 'Cán bộ xã' where rule->>'subject' = 'officer'`,
  );
  await world.settle();
  web = await startPages(world);
  ({ walker } = await signedIn(world, web, 'officer'));
});
afterAll(async () => {
  await web.close();
  await world.close();
});

const shown = async (path: string): Promise<string> => {
  const response = await walker.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
};

/** What is about the line itself, without the words of the page around it. */
const mainOf = (html: string): string =>
  /<main[\s\S]*<\/main>/u.exec(html)![0].replace(/<option[\s\S]*?<\/option>/gu, '');

/** Words of households: not "hội nghị", not "Hộ" of the navigation. */
const OF_HOUSEHOLDS = /(?<!\p{L})(?:hộ|chủ hộ|mã hộ|thôn|họp thôn|thuộc diện)(?!\p{L})/iu;

describe('a line for officers', () => {
  it('speaks of officers where it says who was not reached, on the page, the sheet, the file and at the terminal', async () => {
    const list = mainOf(await shown(`/left-behind?line=${lineId}`));
    for (const text of [
      '2 cán bộ, tính đến ngày 15/06/2026',
      'Họ và tên',
      'Nơi công tác',
      'Lò Văn Cán',
      'Trong kỳ, ở nơi công tác chưa ghi hoạt động nào',
      'Gửi thư điện tử, hoặc mời dự hội nghị',
    ])
      expect(list).toContain(text);
    expect(list).not.toMatch(OF_HOUSEHOLDS);
    const form = await shown(`/left-behind?line=${lineId}`);
    expect(form).toContain('Theo việc đề nghị của từng cán bộ');
    expect(form).toContain('value="hand-over"');
    expect(form).not.toContain('value="hold-meeting"');

    const sheet = mainOf(await shown(`/left-behind/sheet?line=${lineId}&village=${taXiLang}`));
    expect(sheet).toContain('Phiếu gặp cán bộ');
    expect(sheet).toContain('2 cán bộ chưa tiếp cận được');
    // Below stands the message, in its own words.
    expect(sheet.split('<section')[0]).not.toMatch(OF_HOUSEHOLDS);

    const csv = await shown(`/left-behind.csv?line=${lineId}`);
    expect(csv.split('\r\n')[0]).toContain('Họ và tên,Mã cán bộ,Nơi công tác');
    expect(csv).toContain('chưa ghi hoạt động nào');

    const said = await cliIn(world)('left-behind', 'list', `${OFFICERS}:1`);
    expect(said.out).toContain('2 cán bộ chưa tiếp cận được');
    expect(said.out).toContain('Họ và tên');
    expect(said.out).not.toMatch(OF_HOUSEHOLDS);
  });

  it('speaks of officers in the table of coverage, and shows no place where there is none of them', async () => {
    const html = mainOf(await shown(`/coverage?plan=${OFFICERS}&line=${OFFICERS}:1`)).replace(
      /<form[\s\S]*?<\/form>/gu,
      '',
    );
    expect(html).toContain('Trong số những cán bộ cần đến');
    expect(html).toContain('Thuộc đối tượng');
    expect(html).toContain('Mỗi cán bộ chỉ đếm một lần');
    expect(html).not.toMatch(OF_HOUSEHOLDS);
    const csv = await shown(`/coverage.csv?plan=${OFFICERS}`);
    expect(csv).toContain('Thuộc đối tượng');
    expect(csv).toContain('Điều cán bộ đã nhận');
    const rows = mainOf(await shown(`/coverage/rows?plan=${OFFICERS}&line=${OFFICERS}:1&what=n`));
    expect(rows).toContain('Họ và tên');
    expect(rows).not.toMatch(OF_HOUSEHOLDS);
  });

  it('offers no record where there is nothing to write down, but the e-mail, and names nobody late for it', async () => {
    for (const path of [`/plans/${OFFICERS}`, `/plans/${OFFICERS}/lines/1`]) {
      const html = await shown(path);
      expect(html).not.toContain('/evidence/new');
      expect(html).toContain(`/dispatches/new?line=${lineId}&amp;kind=email`);
      expect(html).toContain('Không ghi ở đây');
      expect(html).not.toContain('Chậm, chưa ghi');
    }
    expect(await shown('/evidence')).not.toContain(`/evidence/new?line=${lineId}`);
  });

  it('is told in the report in the words of officers, with the name of the message and not its code', async () => {
    const file = await walker.get(`/plans/${OFFICERS}/report.docx`);
    const { document } = await textOfDocx(Buffer.from(await file.arrayBuffer()));
    for (const text of [
      '1 dòng (dòng 1) là loại việc phần mềm chưa ghi nhận',
      'Chưa ghi nhận trên phần mềm; xem hồ sơ của đơn vị chủ trì',
      'Trong kỳ, ở nơi công tác chưa ghi hoạt động nào: 2',
      'Không có dòng nào chậm.',
      'mỗi cán bộ một lý do',
    ])
      expect(document).toContain(text);
    expect(document).not.toContain('trach-nhiem');
    // A note that nothing in the table points to is not there.
    expect(document).not.toContain('(4)');
    expect(document.replace(/Họp thôn|Nếu hộ/gu, '')).not.toMatch(
      /(?<!\p{L})(?:chủ hộ|trong thôn|thuộc diện)(?!\p{L})/iu,
    );
    const sheet = await walker.get(`/plans/${OFFICERS}/report.xlsx`);
    expect((await sheetOf(Buffer.from(await sheet.arrayBuffer()), 'TT')).head).toContain('Thuộc đối tượng');
  });

  it('beside lines for households: each in its own words, what they share in words of both', async () => {
    const html = await shown(`/left-behind?plan=${BOTH}`);
    for (const text of [
      '3 hộ, cán bộ, tính đến ngày 15/06/2026',
      'Chủ hộ, cán bộ',
      'Dòng 1: Trong kỳ, ở nơi công tác chưa ghi hoạt động nào',
      'Dòng 2: Trong kỳ, thôn chưa làm gì',
      'Họp thôn hoặc phát loa',
      'Đưa tận tay bản giấy, có ký nhận (với cán bộ)',
    ])
      expect(html).toContain(text);
    const file = await walker.get(`/plans/${BOTH}/report.docx`);
    const { document } = await textOfDocx(Buffer.from(await file.arrayBuffer()));
    expect(document).toContain('Trong kỳ, ở nơi công tác chưa ghi hoạt động nào: 2');
    expect(document).toContain('Trong kỳ, thôn chưa làm gì: 1');
    expect(document).toContain('Mỗi hộ, mỗi cán bộ chỉ đếm một lần');
  });
});
