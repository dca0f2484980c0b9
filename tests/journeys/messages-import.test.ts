import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  findMessageByCode,
  getMessage,
  importMessages,
  saveForm,
  submitMessage,
} from '../../src/modules/content/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { importVillages, since2025, taXiLang } from '../support/lists.ts';
import { approve, approveFile, person } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
const here = taXiLang;
const officer = person('officer', here);
const leader = person('leader', here);

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());
beforeEach(() => world.database.pool.query('truncate content.message cascade'));

/** Every row of the module, times and ids included. */
const everything = async (): Promise<string> => {
  const tables = ['message', 'message_edition', 'form', 'step'].map(
    (table) =>
      `select '${table}' as name, coalesce(string_agg(t::text, '|' order by t::text), '') as rows from content.${table} t`,
  );
  const { rows } = await world.database.pool.query(tables.join(' union all '));
  return JSON.stringify(rows);
};

const bring = (text: string, actor: Actor = officer, placeId?: string) =>
  world.execute(importMessages, actor, { text, placeId });
const outcomes = async (text: string) => (await bring(text)).messages.map(({ code, outcome }) => [code, outcome]);

const message = (code: string, more = ''): string => `
code: ${code}
topic: health-insurance
title: Thẻ bảo hiểm y tế
core: Giữ thẻ, xem hạn thẻ.
bases:
  - number: 188/2025/NĐ-CP
    issuer: Chính phủ
    title: Bảo hiểm y tế
    valid-from: 2025-08-15
    mark: verified
forms:
  - kind: sms
    text: Mời ((tên)) xem hạn thẻ.
  - kind: question
    text: Hỏi ở đâu?
    answers: [Ở xã, Ở chợ]
    right: 1
${more}`;
const several = (...texts: string[]): string => texts.join('\n---\n');

describe('a file of messages', () => {
  it('becomes drafts; the same file again changes nothing, not even who wrote when', async () => {
    const text = several(message('mot'), message('hai'));
    expect(await outcomes(text)).toEqual([
      ['hai', 'added'],
      ['mot', 'added'],
    ]);
    const found = (await findMessageByCode(world.database.db, 'mot'))!;
    expect(found).toMatchObject({ placeId: here, approvedEdition: null, latestEdition: 1 });
    const { editions } = await world.execute(getMessage, officer, { code: 'mot' });
    expect(editions[0]).toMatchObject({
      state: 'draft',
      bases: [{ number: '188/2025/NĐ-CP', date: null, validFrom: '2025-08-15', mark: 'verified' }],
      forms: [
        { kind: 'sms', language: 'vi', text: 'Mời ((tên)) xem hạn thẻ.' },
        { kind: 'question', answers: ['Ở xã', 'Ở chợ'], rightAnswer: 1 },
      ],
    });
    const before = await everything();
    world.clock.set(new Date('2026-06-20T02:00:00Z'));
    expect(await outcomes(text)).toEqual([
      ['hai', 'unchanged'],
      ['mot', 'unchanged'],
    ]);
    // Decomposed letters and other line ends are the same words.
    expect(await outcomes(text.normalize('NFD').replaceAll('\n', '\r\n'))).toEqual([
      ['hai', 'unchanged'],
      ['mot', 'unchanged'],
    ]);
    expect(await everything()).toBe(before);
  });

  it('writes a draft anew, and takes away what the file no longer has', async () => {
    await bring(message('mot'));
    const { messageId } = (await findMessageByCode(world.database.db, 'mot'))!;
    await world.execute(saveForm, officer, { messageId, edition: 1, kind: 'script', text: 'Thêm tay.' });
    const text = message('mot')
      .replace('title: Thẻ bảo hiểm y tế', 'title: Thẻ mới')
      .replace('xem hạn thẻ.\n  - kind: q', 'xem thẻ.\n  - kind: q');
    expect(await outcomes(text)).toEqual([['mot', 'changed']]);
    const now = await world.execute(getMessage, officer, { messageId });
    expect(now.title).toBe('Thẻ mới');
    expect(now.editions[0]!.forms.map(({ kind, text: said }) => [kind, said])).toEqual([
      ['sms', 'Mời ((tên)) xem thẻ.'],
      ['question', 'Hỏi ở đâu?'],
    ]);
  });

  it('never changes what is submitted or in use; a further edition in the file becomes a draft', async () => {
    await bring(message('mot'));
    const { messageId } = (await findMessageByCode(world.database.db, 'mot'))!;
    await world.execute(submitMessage, officer, { messageId });
    const changed = message('mot').replace('Giữ thẻ', 'Giữ kỹ thẻ');
    const refusal = (code: string) => ({ code: 'message-file.faults', fields: [{ path: 'mot.editions.1', code }] });
    await expect(bring(changed)).rejects.toMatchObject(refusal('message-file.submitted'));
    await approve(world, leader, messageId);
    await expect(bring(changed)).rejects.toMatchObject(refusal('message-file.approved'));
    expect(await outcomes(message('mot'))).toEqual([['mot', 'unchanged']]);
    await expect(bring(message('mot').replace('title: Thẻ', 'title: Cái thẻ'))).rejects.toMatchObject({
      fields: [{ path: 'mot.title', code: 'message.title-fixed' }],
    });
    const edition = (core: string, change = '') =>
      `  - core: ${core}${change}\n    bases: [{ number: 188/2025/NĐ-CP, issuer: Chính phủ, title: Bảo hiểm y tế, valid-from: 2025-08-15, mark: verified }]\n    forms:\n      - { kind: sms, text: "Mời ((tên)) xem hạn thẻ." }\n      - { kind: question, text: "Hỏi ở đâu?", answers: [Ở xã, Ở chợ], right: 1 }\n`;
    const head = 'code: mot\ntopic: health-insurance\ntitle: Thẻ bảo hiểm y tế\neditions:\n';
    const two = `${head}${edition('Giữ thẻ, xem hạn thẻ.')}${edition('Nay khác.', '\n    change: Nghị định mới.')}`;
    await expect(bring(two.replace('\n    change: Nghị định mới.', ''))).rejects.toMatchObject({
      fields: [{ path: 'mot.editions.2.change', code: 'message.no-change' }],
    });
    const { messages } = await bring(two);
    expect(messages).toMatchObject([{ code: 'mot', outcome: 'changed', editions: [2] }]);
    expect(await findMessageByCode(world.database.db, 'mot')).toMatchObject({ approvedEdition: 1, latestEdition: 2 });
    expect(await outcomes(two)).toEqual([['mot', 'unchanged']]);
    // In a fresh place both come as drafts, and are submitted in their order.
    await world.database.pool.query('truncate content.message cascade');
    await bring(two);
    const fresh = (await findMessageByCode(world.database.db, 'mot'))!.messageId;
    await expect(world.execute(submitMessage, officer, { messageId: fresh, edition: 2 })).rejects.toMatchObject({
      code: 'message.edition-before',
    });
    expect(await world.execute(submitMessage, officer, { messageId: fresh })).toEqual({ edition: 1 });
  });

  it('is taken as a whole or not at all, with every fault by its path', async () => {
    const wrong = message('hai', 'nghia: la\n')
      .replace('topic: health-insurance', 'topic: the')
      .replace('valid-from: 2025-08-15', 'date: 2025-02-30');
    const law = message('ba').replace('Mời ((tên)) xem hạn thẻ.', 'Hộ nghèo ((ten)) ơi');
    const question = message('bon').replace('right: 1', 'right: 3').concat('  - { kind: sms, text: Hai lần }\n');
    const before = await everything();
    const failed = await bring(several(message('mot'), wrong, law, question)).catch((error) => error);
    expect(failed).toMatchObject({ kind: 'invalid', code: 'message-file.faults' });
    expect(failed.fields.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort()).toEqual([
      'ba.forms.1.text sms.names',
      'ba.forms.1.text template.unknown-value-near',
      'bon.forms.2.rightAnswer form.right-answer',
      'bon.forms.3 form.twice',
      'hai.bases.1.date not-a-day',
      'hai.nghia field.unrecognized_keys',
      'hai.topic field.invalid_value',
    ]);
    expect(await everything()).toBe(before);
  });

  it('of another kind is refused with what is wrong', async () => {
    const refused: [text: string, path: string, code: string][] = [
      ['', '', 'message-file.empty'],
      ['# chỉ có ghi chú', '', 'message-file.empty'],
      ['code: mot\n  topic: [', 'line 2', 'message-file.yaml'],
      ['code: a\ncode: b', 'line 2', 'message-file.yaml'],
      ['Kính thưa bà con', '1', 'field.invalid_type'],
      ['messages: []', '', 'message-file.empty'],
      [several(message('mot'), message('mot')), 'mot.code', 'message-file.twice'],
      [
        'a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b]',
        '',
        'message-file.yaml',
      ],
    ];
    for (const [text, path, code] of refused) {
      const failed = await bring(text).catch((error) => error);
      expect(failed.fields, text).toContainEqual(expect.objectContaining({ path, code }));
    }
    const list = `messages:\n${['mot', 'hai'].map((code) => `  - { code: ${code}, topic: policy, title: Tên }\n`).join('')}`;
    expect(await outcomes(list.replaceAll('title: Tên', 'title: Tên, core: Ý'))).toHaveLength(2);
  });

  it('belongs to the place named, or the only own one; somebody else’s is neither changed nor taken', async () => {
    await expect(bring(message('mot'), systemActor)).rejects.toMatchObject({
      fields: [{ path: 'mot.place', code: 'message-file.no-place' }],
    });
    await bring(message('mot'), systemActor, here);
    const elsewhere = since2025('04606');
    await expect(bring(message('mot'), systemActor, elsewhere)).rejects.toMatchObject({
      fields: [{ code: 'message-file.other-place' }],
    });
    const other = person('officer', elsewhere);
    await expect(bring(message('mot'), other)).rejects.toMatchObject({ fields: [{ code: 'message.code-taken' }] });
    await expect(bring(message('hai'), other, here)).rejects.toMatchObject({ fields: [{ code: 'outside-area' }] });
    // Who may read the province's message may bring the same file without touching it.
    await bring(message('cua-tinh'), systemActor, since2025('04606'));
    await expect(bring(message('cua-tinh').replace('Giữ thẻ', 'Khác'), officer)).rejects.toMatchObject({
      fields: [{ code: 'message.code-taken' }],
    });
  });
});

const FOLDER = new URL('../../examples/tram-tau/messages/', import.meta.url);

describe('the messages of the example', () => {
  it('come in without a fault and can all be submitted and approved', async () => {
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).sort();
    expect(files.length).toBeGreaterThanOrEqual(12);
    const codes: string[] = [];
    for (const name of files) {
      const text = await readFile(new URL(name, FOLDER), 'utf8');
      await approveFile(world, text, here);
      codes.push(/^code: (\S+)$/mu.exec(text)![1]!);
    }
    expect(new Set(codes).size).toBe(files.length);
    for (const code of codes) {
      const { editions } = await world.execute(getMessage, officer, { code });
      const [edition] = editions;
      expect(edition!.state, code).toBe('approved');
      expect(edition!.forms.map(({ kind, language }) => `${kind} ${language}`)).toEqual([
        'sms vi',
        'sms-plain vi',
        'script vi',
        'question vi',
      ]);
      const script = edition!.forms.find(({ kind }) => kind === 'script')!.text;
      // Read aloud in about a minute.
      expect(script.split(/\s+/u).length, code).toBeGreaterThanOrEqual(60);
      expect(script.split(/\s+/u).length, code).toBeLessThanOrEqual(120);
      // Nobody is left without knowing where to ask.
      expect(script, code).toMatch(/Ủy ban nhân dân xã|ở trường|giao dịch ở xã/u);
    }
  });
});
