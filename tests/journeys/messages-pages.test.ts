import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMessageByCode, getMessage, newEdition, reviseForm } from '../../src/modules/content/index.ts';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { importVillages, since2025, taXiLang } from '../support/lists.ts';
import { approvedMessage, draftMessage } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let officer: Walker;
let leader: Walker;
let editor: Walker;
let outsider: Walker;

const enter = async (username: string, role: Role, placeId: string): Promise<Walker> => {
  const password = 'một mật khẩu dài';
  await world.execute(addUser, systemActor, { username, name: `Chị ${username}`, password, role, placeId });
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username });
  await walker.send(path, path, {});
  return walker;
};

const page = async (walker: Walker, path: string): Promise<[status: number, html: string]> => {
  const response = await walker.get(path);
  return [response.status, (await response.text()).normalize('NFC')];
};

/** Sends a form and follows where it leads. */
const send = async (walker: Walker, at: string, path: string, fields: Record<string, string>) => {
  const response = await walker.send(at, path, fields);
  const to = response.headers.get('location');
  return { status: response.status, to, html: (await response.text()).normalize('NFC') };
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  web = await startPages(world);
  officer = await enter('officer', 'officer', taXiLang);
  leader = await enter('leader', 'leader', taXiLang);
  editor = await enter('editor', 'editor', taXiLang);
  outsider = await enter('outsider', 'officer', since2025('04606'));
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const NEW = {
  which: 'save',
  title: 'Thẻ bảo hiểm y tế',
  topic: 'health-insurance',
  placeId: taXiLang,
  core: 'Giữ thẻ, xem hạn thẻ, hết hạn thì hỏi ở xã.',
  code: 'the-bhyt',
  'bases.1.number': '188/2025/NĐ-CP',
  'bases.1.date': '01/07/2025',
  'bases.1.issuer': 'Chính phủ',
  'bases.1.title': 'Bảo hiểm y tế',
  'bases.1.validFrom': '15/8/2025',
};

describe('from writing to use, by forms', () => {
  it('a refused form says what to do and keeps what was typed', async () => {
    const wrong = { ...NEW, title: '', code: 'Thẻ', 'bases.1.date': '31/02/2025', 'bases.3.number': 'Luật' };
    const { status, html } = await send(officer, '/messages/new', '/messages', wrong);
    expect(status).toBe(422);
    for (const typed of [NEW.core, 'Thẻ', '188/2025/NĐ-CP', '31/02/2025', 'Bảo hiểm y tế', 'Luật'])
      expect(html).toContain(typed);
    // Rows left empty are gone, so the reason stands at the row it is about.
    expect(html).toContain('href="#field-bases.0.date"');
    expect(html).toMatch(/id="field-bases\.0\.date"[^>]*value="31\/02\/2025"/u);
    expect(html).toContain('href="#field-bases.1.issuer"');
    expect(html).toContain('Ngày chưa đúng');
    expect(html).toContain('value="health-insurance" selected');
    expect(await findMessageByCode(world.database.db, 'the-bhyt')).toBeUndefined();
  });

  it('more rows for bases come without losing anything, and without saving', async () => {
    const { status, html } = await send(officer, '/messages/new', '/messages', { ...NEW, which: 'more' });
    expect(status).toBe(200);
    expect(html).toContain('188/2025/NĐ-CP');
    expect(html).toContain('bases.6.number');
    expect(await findMessageByCode(world.database.db, 'the-bhyt')).toBeUndefined();
  });

  it('is written, given forms, submitted, returned, submitted and approved; each sees only what works', async () => {
    const { to } = await send(officer, '/messages/new', '/messages', NEW);
    const root = to!;
    expect(root).toMatch(/^\/messages\/[0-9a-f-]{36}$/u);
    const edition = `${root}/editions/1`;
    const early = await send(officer, root, `${edition}/submit`, {});
    expect(early.status).toBe(422);
    expect(early.html).toContain('Chưa có tin nhắn hoặc bài đọc nào');

    const refused = await send(officer, `${edition}/form`, `${edition}/form`, {
      which: 'save',
      kind: 'sms',
      language: 'vi',
      text: 'Hộ nghèo mời ((tên)) đến lấy thẻ',
    });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Hộ nghèo mời ((tên)) đến lấy thẻ');
    expect(refused.html).toContain('Tin nhắn không được nêu “Hộ nghèo”');

    // Brackets of another kind would be read out as they stand: asked back, nothing saved, nothing lost.
    const slip = { kind: 'sms', language: 'vi', text: 'Mời {tên} họp ở [nơi].' };
    for (const which of ['save', 'preview']) {
      const asked = await send(officer, `${edition}/form`, `${edition}/form`, { ...slip, which });
      expect(asked.status).toBe(200);
      expect(asked.html).toContain('“{tên}”: có phải anh/chị muốn ghi ((tên))?');
      expect(asked.html).toContain('“[nơi]”: có phải anh/chị muốn ghi ((nơi))?');
      expect(asked.html).toContain('value="save-anyway"');
      expect(asked.html).toContain('>Mời {tên} họp ở [nơi].</textarea>');
      expect(asked.html.includes('Chưa lưu. Hãy sửa rồi lưu')).toBe(which === 'save');
    }
    expect((await page(officer, root))[1]).not.toContain('Mời {tên}');
    await send(officer, `${edition}/form`, `${edition}/form`, { ...slip, which: 'save-anyway' });
    expect((await page(officer, root))[1]).toContain('Mời {tên} họp ở [nơi].');
    const bare = await send(officer, `${edition}/form`, `${edition}/form`, {
      ...{ ...slip, text: 'Mời ((ten)).', which: 'save' },
    });
    expect(bare.status).toBe(422);
    // The summary says which field it speaks of.
    expect(bare.html).toContain('>Lời: Không có chỗ điền nào tên “ten”. Có phải anh/chị muốn ghi ((tên))?</a>');

    const sms = { kind: 'sms', language: 'vi', text: 'Mời ((tên))((đọc_được??, xem bảng tin)).' };
    const preview = await send(officer, `${edition}/form`, `${edition}/form`, { ...sms, which: 'preview' });
    expect(preview.html).toContain('Mời Giàng A Mẫu, xem bảng tin.');
    expect(preview.html).toContain('Mời Giàng A Mẫu.');
    expect(preview.html).toContain('Moi ((tên))((đọc_được??, xem bang tin)).');
    expect((await page(officer, root))[1]).not.toContain('Mời ((tên))');
    await send(officer, `${edition}/form`, `${edition}/form`, { ...sms, which: 'save' });
    const question = { kind: 'question', language: 'vi', text: 'Hỏi thẻ ở đâu?', which: 'save' };
    const one = await send(officer, `${edition}/form`, `${edition}/form`, { ...question, 'answers.2': 'Ở xã' });
    expect(one.status).toBe(422);
    expect(one.html).toContain('2 đến 4 câu trả lời');
    await send(officer, `${edition}/form`, `${edition}/form`, {
      ...question,
      'answers.2': 'Ở xã',
      'answers.4': 'Ở chợ',
      rightAnswer: '2',
    });
    const shown = (await page(officer, root))[1];
    expect(shown).toMatch(/Ở xã <strong>\(đúng\)<\/strong>/u);
    expect(shown).toContain('188/2025/NĐ-CP, ngày 01/07/2025, Chính phủ: Bảo hiểm y tế');
    expect(shown).toContain('Chưa đối chiếu văn bản');

    await send(officer, root, `${edition}/submit`, {});
    const waiting = (await page(officer, root))[1];
    expect(waiting).toContain('Chờ duyệt');
    expect(waiting).not.toMatch(/\/(submit|approve|retire|form)"/u);
    expect((await page(officer, edition))[0]).toBe(409);
    expect((await page(leader, '/messages?state=waiting'))[1]).toContain('Thẻ bảo hiểm y tế');

    const approve = `${edition}/approve`;
    const [, all] = await page(leader, approve);
    for (const part of [NEW.core, '188/2025/NĐ-CP', 'Mời ((tên))', 'Mời Giàng A Mẫu.', 'Hỏi thẻ ở đâu?', 'Chị officer'])
      expect(all).toContain(part);
    expect(all).toContain('Có 1 căn cứ chưa đối chiếu');
    const seen = /name="seen" value="([^"]+)"/u.exec(all)![1]!;
    const unsaid = await send(leader, approve, `${edition}/return`, { note: ' ' });
    expect(unsaid.status).toBe(422);
    await send(leader, approve, `${edition}/return`, { note: 'Thêm giờ làm việc của xã.' });
    expect((await page(officer, root))[1]).toContain('Bị trả lại: Thêm giờ làm việc của xã.');
    await send(officer, edition, edition, {
      which: 'save',
      title: 'Thẻ bảo hiểm y tế',
      topic: 'health-insurance',
      core: `${NEW.core} Xã làm việc giờ hành chính.`,
      'bases.0.number': '188/2025/NĐ-CP',
      'bases.0.issuer': 'Chính phủ',
      'bases.0.title': 'Bảo hiểm y tế',
      'bases.0.mark': 'verified',
    });
    await send(officer, root, `${edition}/submit`, {});
    const stale = await send(leader, approve, approve, { seen });
    expect(stale.status).toBe(409);
    expect(stale.html).toContain('Nội dung đã đổi');
    const fresh = /name="seen" value="([^"]+)"/u.exec(stale.html)![1]!;
    expect((await send(leader, approve, approve, { seen: fresh })).to).toBe(root);
    expect((await page(officer, root))[1]).toContain('Đang dùng');
    expect(await findMessageByCode(world.database.db, 'the-bhyt')).toMatchObject({ approvedEdition: 1 });
  });

  it('an editor writes for their own place without a list of communes', async () => {
    const [status, html] = await page(editor, '/messages/new');
    expect(status).toBe(200);
    expect(html).toContain(`<option value="${taXiLang}">`);
    const { to } = await send(editor, '/messages/new', '/messages', { ...NEW, code: '', title: 'Của biên tập viên' });
    expect((await page(editor, to!))[1]).toContain('cua-bien-tap-vien');
  });
});

describe('after it is in use', () => {
  it('a correction is proposed, looked at beside what is said now, and approved', async () => {
    const messageId = await approvedMessage(world, taXiLang);
    const root = `/messages/${messageId}`;
    const at = `${root}/editions/1/form?kind=script&language=vi`;
    expect((await page(officer, at))[1]).toContain('Kính thưa bà con.');
    const text = 'Kính thưa bà con.\r\nMời nghe.';
    await send(officer, at, at, { kind: 'script', language: 'vi', which: 'save', text });
    const [, html] = await page(leader, root);
    const correction = /href="([^"]+\/corrections\/[^"]+)"/u.exec(html)![1]!;
    expect((await page(officer, root))[1]).not.toContain('/corrections/');
    expect((await page(officer, correction))[0]).toBe(404);
    const [, beside] = await page(leader, correction);
    expect(beside).toContain('Bản đang dùng');
    const seen = /name="seen" value="([^"]+)"/u.exec(beside)![1]!;
    await send(leader, correction, `${correction}/approve`, { seen: seen.replace('\n', '\r\n') });
    const { editions } = await world.execute(getMessage, systemActor, { messageId });
    expect(editions[0]!.forms).toMatchObject([{ version: 2, text: 'Kính thưa bà con.\nMời nghe.' }]);
    await send(officer, at, at, { kind: 'script', language: 'vi', which: 'save', text: 'Sai.' });
    const again = /href="([^"]+\/corrections\/[^"]+)"/u.exec((await page(leader, root))[1])![1]!;
    await send(leader, again, `${again}/return`, { note: 'Sai ở đâu?' });
    expect((await page(officer, root))[1]).toContain('Sai ở đâu?');
    const same = await send(officer, at, at, { kind: 'script', language: 'vi', which: 'save', text });
    expect(same.status).toBe(409);
    expect(same.html).toContain('giống hệt');
  });

  it('a new edition begins with what changed, and an old one is taken out of use with the reason', async () => {
    const messageId = await approvedMessage(world, taXiLang);
    const root = `/messages/${messageId}`;
    expect((await page(leader, `${root}/new-edition`))[0]).toBe(409);
    expect((await send(officer, `${root}/new-edition`, `${root}/new-edition`, { change: '' })).status).toBe(422);
    const { to } = await send(officer, `${root}/new-edition`, `${root}/new-edition`, { change: 'Nghị định mới.' });
    expect(to).toBe(`${root}/editions/2`);
    const [, edit] = await page(officer, to!);
    expect(edit).toContain('Nghị định mới.');
    expect(edit).not.toContain('name="title"');
    const retire = `${root}/editions/1/retire`;
    expect((await send(leader, retire, retire, { note: '' })).status).toBe(422);
    await send(leader, retire, retire, { note: 'Đã có nghị định mới.' });
    const [, html] = await page(officer, root);
    expect(html).toMatch(/Lần biên soạn 1<\/h2> <strong[^>]*>Thôi dùng/u);
    expect(html).toContain('Đã có nghị định mới.');
  });

  it('a draft form is removed by its button', async () => {
    const messageId = await draftMessage(world, systemActor, taXiLang);
    const root = `/messages/${messageId}`;
    const action = /action="([^"]+\/remove)"/u.exec((await page(officer, root))[1])![1]!;
    await send(officer, root, action, {});
    expect((await page(officer, root))[1]).toContain('Chưa có bản nào');
  });
});

describe('whose pages', () => {
  it('another commune finds nothing; a leader is not offered to write; an address that is none is not found', async () => {
    const messageId = await approvedMessage(world, taXiLang);
    const root = `/messages/${messageId}`;
    for (const path of [root, `${root}/editions/1`, `${root}/editions/1/form`, `${root}/editions/1/approve`])
      expect((await page(outsider, path))[0], path).toBe(404);
    expect((await page(outsider, '/messages'))[1]).not.toContain(messageId);
    expect((await page(leader, '/messages/new'))[0]).toBe(403);
    expect((await page(leader, '/messages'))[1]).not.toContain('/messages/new');
    expect((await page(officer, '/messages/khong-co'))[0]).toBe(404);
    expect((await page(officer, `${root}/editions/9`))[0]).toBe(404);
    const refused = await outsider.send('/account', `${root}/editions/1/retire`, { note: 'x' });
    expect(refused.status).toBe(403);
  });

  it('the list is searched without diacritics and says that everything is in English too', async () => {
    const messageId = await approvedMessage(world, taXiLang);
    await world.execute(newEdition, systemActor, { messageId, change: 'Đổi.' });
    await world.execute(reviseForm, systemActor, { messageId, edition: 1, kind: 'sms', text: 'Mời họp.' });
    const [, html] = await page(officer, '/messages?text=chu+truong&topic=policy');
    expect(html).toContain(messageId);
    expect(html).toContain('1 bản sửa chờ duyệt');
    expect((await page(officer, '/messages?text=zzz'))[1]).toContain('Không có thông điệp nào khớp');
    await send(officer, '/account', '/language', { language: 'en', next: '/messages' });
    for (const path of ['/messages', `/messages/${messageId}`, '/messages/new']) {
      const [status, english] = await page(officer, path);
      expect(status).toBe(200);
      expect(english).not.toMatch(/>(?:page|content|topic|error)\.[a-z]/u);
    }
  });
});
