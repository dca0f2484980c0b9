import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvedForms } from '../../src/modules/content/index.ts';
import { exportPlan, getPlan, importPlan, issuePlan } from '../../src/modules/plans/index.ts';
import { loadReferenceUnits, placesUnder, referenceId } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { smsParts } from '../../src/shared/sms.ts';
import { upload } from '../support/lists.ts';
import { approveFile } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

const FOLDER = new URL('../../examples/tram-tau/', import.meta.url);
const FILES = ['ke-hoach-2021-2025.yaml', 'ke-hoach-hanh-phuc-2026.yaml'];
const CODES = ['tram-tau-2021-2025', 'hanh-phuc-2026'];

let world: World;
const textOf = (path: string) => readFile(new URL(path, FOLDER), 'utf8');
const plan = (code: string) => world.execute(getPlan, systemActor, { code });

beforeAll(async () => {
  world = await createWorld(new Date('2026-11-25T02:00:00Z'));
  await world.execute(loadReferenceUnits, systemActor, {});
  for (const name of (await readdir(new URL('messages/', FOLDER))).sort())
    await approveFile(world, await textOf(`messages/${name}`), referenceId('2025:province:15'));
  for (const file of FILES) await world.execute(importPlan, systemActor, { text: await textOf(`plans/${file}`) });
});
afterAll(() => world.close());

describe('the plans of the example', () => {
  it('come in without a fault and say that they are invented', async () => {
    for (const [at, code] of CODES.entries()) {
      const { lines, number, signer, state } = await plan(code);
      expect([lines.length >= 8, lines.length <= 14, state]).toEqual([true, true, 'draft']);
      expect(await textOf(`plans/${FILES[at]}`)).toMatch(/^# Dữ liệu mô phỏng/u);
      for (const text of [number, signer, ...lines.map(({ headName }) => headName)])
        expect(text).toContain('(mô phỏng)');
      for (const { headPost, body, budgetSource } of lines) expect([headPost, body, budgetSource]).not.toContain('');
    }
  });

  it('the source plan stands on the documents that its announcement names, and on no other', async () => {
    const { bases, placeId, programme } = await plan(CODES[0]!);
    expect(placeId).toBe(referenceId('old:district:139'));
    expect(programme).toBe('Chương trình MTQG giảm nghèo bền vững 2021-2025');
    expect(bases.map(({ number, date }) => [number, date])).toEqual([
      ['', null],
      ['05-CT/TW', '2021-06-23'],
      ['61-NQ/TU', '2021-10-20'],
      ['59-KH/HU', '2021-12-22'],
    ]);
    const source = new Set((await plan(CODES[0]!)).lines.map(({ audienceCode }) => audienceCode));
    // Whom the announcement puts first: poor, newly escaped, people of specially difficult communes, leaders and staff.
    for (const code of ['ho-ngheo', 'ho-thu-huong', 'ho-xa-dac-biet-kho-khan', 'can-bo-lanh-dao'])
      expect(source).toContain(code);
  });

  it("the commune's plan continues it, in its own place and two of the communes that were", async () => {
    const { parentCode, placeId, lines } = await plan(CODES[1]!);
    expect([parentCode, placeId]).toEqual([CODES[0], referenceId('2025:commune:04585')]);
    expect(lines[6]!.placeIds).toEqual([referenceId('old:commune:04594'), referenceId('old:commune:04612')]);
    // The villages themselves are not of the reference data; the communes that were still stand for their place.
    const under = await placesUnder(world.database.db, lines[6]!.placeIds, '2026-06-01');
    expect(under).toEqual(expect.arrayContaining([...lines[6]!.placeIds]));
  });

  it('a line that is sent by SMS has its message in both spellings, in few parts, and counts what the phones received', async () => {
    const { lines } = await plan(CODES[1]!);
    const sent = lines.filter(({ channels }) => channels.includes('sms'));
    expect(sent.map(({ position }) => position)).toEqual([1, 4]);
    for (const { messageId, edition, threshold } of sent) {
      const forms = await approvedForms(world.database.db, messageId, edition);
      const parts = (kind: string) =>
        forms
          .filter((form) => form.kind === kind)
          .map(({ text }) => smsParts(text.replace('((tên))', 'Giàng Thị Pàng Mỷ (mô phỏng)')).parts.length);
      expect(parts('sms'), messageId).toHaveLength(1);
      expect(parts('sms')[0]).toBeLessThanOrEqual(4);
      const plain = forms.find(({ kind }) => kind === 'sms-plain')!.text;
      expect(smsParts(plain.replace('((tên))', 'Giang Thi Pang My (mo phong)')).parts.length).toBeLessThanOrEqual(2);
      expect(threshold).toBe(2);
    }
  });

  it('are issued with the document of the example, and are the same when written out and brought in again', async () => {
    const pdf = await upload(
      world,
      'van-ban-mo-phong.pdf',
      await readFile(new URL('plans/van-ban-mo-phong.pdf', FOLDER)),
    );
    expect(pdf.size).toBeLessThan(20_000);
    for (const code of CODES) {
      const { text } = await world.execute(exportPlan, systemActor, { code });
      await world.execute(importPlan, systemActor, { text });
      expect((await world.execute(exportPlan, systemActor, { code })).text).toBe(text);
      const { number, issuedOn, signer } = await plan(code);
      await world.execute(issuePlan, systemActor, {
        ...{ code, number: number!, issuedOn: issuedOn!, signer: signer! },
        file: { name: pdf.name, sha256: pdf.sha256 },
      });
    }
    // With nothing done at all everything of the past is late, and by name.
    const { late } = await plan(CODES[1]!);
    // The ninth is a training, of which nothing is written down here: nobody is late for it.
    expect(late.map(({ name, lines }) => [name, lines.map(({ position }) => position)])).toEqual([
      ['Hà Văn Thử (mô phỏng)', [1, 7]],
      ['Lò Thị Thử (mô phỏng)', [5]],
      ['Vàng Thị Thử (mô phỏng)', [4]],
    ]);
  });
});
