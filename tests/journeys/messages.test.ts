import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addMessage,
  approvedForms,
  approveForm,
  approveMessage,
  contentUseCases,
  findMessageByCode,
  findMessages,
  getEditions,
  getMessage,
  importMessages,
  listMessages,
  listWaiting,
  newEdition,
  removeForm,
  retireMessage,
  returnForm,
  returnMessage,
  reviseForm,
  saveEdition,
  saveForm,
  submitMessage,
} from '../../src/modules/content/index.ts';
import { loadReferenceUnits, referenceId } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor, type UseCase } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { importVillages, since2025, taXiLang } from '../support/lists.ts';
import { approve, approvedMessage, basis, codesSeen, draftMessage, person } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
const here = taXiLang;
const elsewhere = since2025('04606');
/** The mark of something that was looked at, where it does not come to that. */
const seen = 'x';
const officer = person('officer', here);
const editor = person('editor', here);
const leader = person('leader', here);

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());
beforeEach(() => world.database.pool.query('truncate content.message cascade'));

const look = (messageId: string, actor: Actor = officer) => world.execute(getMessage, actor, { messageId });
const script = (messageId: string, text: string, edition = 1) => ({
  messageId,
  edition,
  kind: 'script' as const,
  text,
});
const texts = async (messageId: string, edition = 1) =>
  (await approvedForms(world.database.db, messageId, edition)).map(({ text }) => text);

describe('from draft to use and out of it', () => {
  it('draft → submitted → returned → submitted → approved → retired, each with who and when', async () => {
    const messageId = await draftMessage(world, officer, here);
    expect((await look(messageId)).editions[0]).toMatchObject({ state: 'draft', acts: ['write', 'submit'] });
    expect((await look(messageId, leader)).editions[0]!.acts).toEqual([]);
    await world.execute(submitMessage, officer, { messageId });
    expect((await look(messageId)).editions[0]).toMatchObject({ state: 'submitted', acts: [] });
    expect(await texts(messageId)).toEqual([]);
    await world.execute(returnMessage, leader, { messageId, note: 'Nói rõ hỏi ở đâu.' });
    await world.execute(saveForm, editor, script(messageId, 'Kính thưa bà con. Hỏi ở xã.'));
    await world.execute(submitMessage, officer, { messageId });
    world.clock.set(new Date('2026-06-16T02:00:00Z'));
    await approve(world, leader, messageId);
    expect(await texts(messageId)).toEqual(['Kính thưa bà con. Hỏi ở xã.']);
    const [edition] = (await look(messageId)).editions;
    expect(edition!.steps.map(({ what, name, note }) => [what, name, note])).toEqual([
      ['written', 'officer thử', ''],
      ['submitted', 'officer thử', ''],
      ['returned', 'leader thử', 'Nói rõ hỏi ở đâu.'],
      ['written', 'editor thử', ''],
      ['submitted', 'officer thử', ''],
      ['approved', 'leader thử', ''],
    ]);
    expect(edition!.steps.at(-1)!.at).toEqual(new Date('2026-06-16T02:00:00Z'));
    await world.execute(retireMessage, leader, { messageId, note: 'Nghị định đã thay.' });
    expect(await texts(messageId)).toEqual([]);
    expect((await look(messageId)).editions[0]).toMatchObject({ state: 'retired' });
  });

  it('nothing else is done in a state that does not allow it', async () => {
    const draft = await draftMessage(world, officer, here);
    const used = await approvedMessage(world, here);
    const refused: [UseCase, Actor, object][] = [
      [approveMessage, leader, { messageId: draft, seen }],
      [returnMessage, leader, { messageId: draft, note: 'x' }],
      [retireMessage, leader, { messageId: draft, note: 'x' }],
      [newEdition, officer, { messageId: draft, change: 'x' }],
      [reviseForm, officer, script(draft, 'x')],
      [submitMessage, officer, { messageId: used }],
      [approveMessage, leader, { messageId: used, seen }],
      [returnMessage, leader, { messageId: used, note: 'x' }],
      [saveForm, officer, script(used, 'x')],
      [saveEdition, officer, { messageId: used, edition: 1, core: 'x', bases: [basis] }],
    ];
    for (const [useCase, actor, input] of refused)
      await expect(world.execute(useCase, actor, input), useCase.name).rejects.toMatchObject({ kind: 'conflict' });
    const { formId } = (await look(used)).editions[0]!.forms[0]!;
    await expect(world.execute(removeForm, officer, { formId })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(world.execute(approveForm, leader, { formId, seen })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(world.execute(submitMessage, officer, { messageId: draft, edition: 7 })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('is submitted only with a core, a basis and something to say', async () => {
    const { messageId, code } = await world.execute(addMessage, officer, {
      placeId: here,
      topic: 'work',
      title: 'Học nghề, có việc làm!',
    });
    expect(code).toBe('hoc-nghe-co-viec-lam');
    const again = await world.execute(addMessage, officer, {
      placeId: here,
      topic: 'work',
      title: 'Học nghề có việc làm',
    });
    expect(again.code).toBe('hoc-nghe-co-viec-lam-2');
    await expect(world.execute(submitMessage, officer, { messageId })).rejects.toMatchObject({
      code: 'message.incomplete',
      fields: [{ path: 'core' }, { path: 'bases' }, { path: 'forms' }],
    });
    await world.execute(saveEdition, officer, { messageId, edition: 1, core: 'Học nghề.', bases: [basis] });
    const question = { text: 'Hỏi ở đâu?', answers: ['Ở xã', 'Ở chợ'], rightAnswer: 1 };
    await world.execute(saveForm, officer, { messageId, edition: 1, kind: 'question', ...question });
    await expect(world.execute(submitMessage, officer, { messageId })).rejects.toMatchObject({
      fields: [{ path: 'forms', code: 'message.lacks-forms' }],
    });
    const { formId } = await world.execute(saveForm, officer, {
      messageId,
      edition: 1,
      kind: 'sms',
      text: 'Mời học nghề.',
    });
    await world.execute(removeForm, officer, { formId });
    await expect(world.execute(submitMessage, officer, { messageId })).rejects.toMatchObject({ kind: 'invalid' });
    await world.execute(saveForm, officer, { messageId, edition: 1, kind: 'sms', text: 'Mời học nghề.' });
    await world.execute(submitMessage, officer, { messageId });
    await expect(
      world.execute(addMessage, officer, { code, placeId: here, topic: 'work', title: 'x' }),
    ).rejects.toMatchObject({ fields: [{ path: 'code', code: 'message.code-taken' }] });
  });

  it('an SMS that names a class is not saved; the one before stays', async () => {
    const messageId = await draftMessage(world, officer, here);
    const sms = (text: string) => ({ messageId, edition: 1, kind: 'sms' as const, text });
    await world.execute(saveForm, officer, sms('Mời ((tên)) đến họp.'));
    await expect(world.execute(saveForm, officer, sms('Mời hộ nghèo đến họp.'))).rejects.toMatchObject({
      kind: 'invalid',
      fields: [{ path: 'text', code: 'sms.names', params: { word: 'hộ nghèo' } }],
    });
    const forms = (await look(messageId)).editions[0]!.forms;
    expect(forms.map(({ kind, text }) => [kind, text])).toEqual([
      ['sms', 'Mời ((tên)) đến họp.'],
      ['script', 'Kính thưa bà con.'],
    ]);
  });
});

describe('approved by somebody else', () => {
  const both: Actor = {
    userId: newId(),
    name: 'Vừa soạn vừa duyệt',
    grants: [
      { role: 'officer', placeId: here },
      { role: 'leader', placeId: here },
    ],
    via: 'web',
  };
  const ownWork = { kind: 'conflict', code: 'message.own-work' };

  it('not by who wrote it, nor by who submitted it, nor by who only wrote a form', async () => {
    const written = await draftMessage(world, both, here);
    await world.execute(submitMessage, officer, { messageId: written });
    await expect(world.execute(approveMessage, both, { messageId: written, seen })).rejects.toMatchObject(ownWork);
    const submitted = await draftMessage(world, officer, here);
    await world.execute(submitMessage, both, { messageId: submitted });
    await expect(world.execute(approveMessage, both, { messageId: submitted, seen })).rejects.toMatchObject(ownWork);
    expect((await look(submitted, both)).editions[0]).toMatchObject({ acts: ['return'], ownWork: true });
    const form = await draftMessage(world, officer, here);
    await world.execute(saveForm, both, script(form, 'Chữ của tôi.'));
    await world.execute(saveForm, officer, script(form, 'Chữ của người khác.'));
    await world.execute(submitMessage, officer, { messageId: form });
    await expect(world.execute(approveMessage, both, { messageId: form, seen })).rejects.toMatchObject(ownWork);
    for (const messageId of [written, submitted, form]) await approve(world, leader, messageId);
  });

  it('not by an import, nor by nobody in particular', async () => {
    const messageId = await draftMessage(world, systemActor, here);
    await world.execute(submitMessage, systemActor, { messageId });
    await expect(world.execute(approveMessage, systemActor, { messageId, seen })).rejects.toMatchObject({
      code: 'message.nobody',
    });
    await approve(world, leader, messageId);
  });

  it('only by a leader: an officer or editor may not, a leader may not write', async () => {
    const messageId = await draftMessage(world, officer, here);
    await world.execute(submitMessage, officer, { messageId });
    for (const actor of [person('officer', here), editor, person('agent', here), person('admin', here)])
      await expect(world.execute(approveMessage, actor, { messageId, seen })).rejects.toMatchObject({
        kind: 'forbidden',
      });
    await expect(
      world.execute(addMessage, leader, { placeId: here, topic: 'policy', title: 'x' }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('a correction of a form in use', () => {
  it('is a new version that waits, while the one before is said; then it takes its place', async () => {
    const messageId = await approvedMessage(world, here);
    const { formId, version } = await world.execute(
      reviseForm,
      officer,
      script(messageId, 'Kính thưa bà con thôn ta.'),
    );
    expect(version).toBe(2);
    expect(await texts(messageId)).toEqual(['Kính thưa bà con.']);
    expect(await codesSeen(world, leader, { state: 'waiting' })).toHaveLength(1);
    expect((await look(messageId, leader)).editions[0]!.corrections).toMatchObject([
      { formId, acts: ['approve', 'return'], state: 'submitted' },
    ]);
    await world.execute(returnForm, leader, { formId, note: 'Thôn nào?' });
    expect(await codesSeen(world, leader, { state: 'waiting' })).toEqual([]);
    const again = await world.execute(reviseForm, editor, script(messageId, 'Kính thưa bà con thôn Một.'));
    expect(again).toEqual({ formId, version: 2 });
    await expect(
      world.execute(approveForm, leader, { formId, seen: 'Kính thưa bà con thôn ta.' }),
    ).rejects.toMatchObject({ code: 'message.changed-since' });
    await world.execute(approveForm, leader, { formId, seen: 'Kính thưa bà con thôn Một.' });
    expect(await texts(messageId)).toEqual(['Kính thưa bà con thôn Một.']);
    const [edition] = (await look(messageId)).editions;
    expect(edition).toMatchObject({ edition: 1, state: 'approved', corrections: [] });
    expect(edition!.olderForms.map(({ version: old, state }) => [old, state])).toEqual([[1, 'retired']]);
    await expect(
      world.execute(reviseForm, officer, script(messageId, 'Kính thưa bà con thôn Một.')),
    ).rejects.toMatchObject({ code: 'form.same' });
  });

  it('may be a form that was not there; nobody approves their own, nor the law of SMS away', async () => {
    const messageId = await approvedMessage(world, here);
    const sms = { messageId, edition: 1, kind: 'sms' as const };
    await expect(world.execute(reviseForm, officer, { ...sms, text: 'Hộ nghèo!' })).rejects.toMatchObject({
      fields: [{ code: 'sms.names' }],
    });
    const both = { ...officer, userId: newId(), grants: [...officer.grants, ...leader.grants] };
    const { formId } = await world.execute(reviseForm, both, { ...sms, text: 'Mời họp.' });
    await expect(world.execute(approveForm, both, { formId, seen })).rejects.toMatchObject({
      code: 'message.own-work',
    });
    await expect(world.execute(approveForm, systemActor, { formId, seen })).rejects.toMatchObject({
      code: 'message.nobody',
    });
    await world.execute(approveForm, leader, { formId, seen: 'Mời họp.' });
    expect(await texts(messageId)).toEqual(['Mời họp.', 'Kính thưa bà con.']);
  });
});

describe('a change of substance', () => {
  it('is a new edition with the words of the one before; that one stays in use', async () => {
    const messageId = await approvedMessage(world, here, 'doi-y');
    await expect(world.execute(newEdition, officer, { messageId, change: ' ' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(await world.execute(newEdition, officer, { messageId, change: 'Nghị định mới.' })).toEqual({ edition: 2 });
    await expect(world.execute(newEdition, officer, { messageId, change: 'x' })).rejects.toMatchObject({
      code: 'message.edition-open',
    });
    const find = () => findMessageByCode(world.database.db, 'doi-y');
    expect(await find()).toMatchObject({ messageId, approvedEdition: 1, latestEdition: 2 });
    const [second, first] = (await look(messageId)).editions;
    expect(second).toMatchObject({ edition: 2, state: 'draft', core: first!.core, change: 'Nghị định mới.' });
    expect(second!.forms.map(({ text, state }) => [text, state])).toEqual([['Kính thưa bà con.', 'draft']]);
    await world.execute(saveForm, officer, script(messageId, 'Nay có nghị định mới.', 2));
    const about = { messageId, edition: 2, core: 'Ý mới.', bases: [basis], change: 'Nghị định mới.' };
    await expect(world.execute(saveEdition, officer, { ...about, title: 'Tên khác' })).rejects.toMatchObject({
      fields: [{ path: 'title', code: 'message.title-fixed' }],
    });
    await expect(world.execute(saveEdition, officer, { ...about, change: '' })).rejects.toMatchObject({
      fields: [{ path: 'change' }],
    });
    await world.execute(saveEdition, officer, about);
    await world.execute(submitMessage, officer, { messageId });
    await approve(world, leader, messageId);
    expect(await find()).toMatchObject({ approvedEdition: 2, latestEdition: 2 });
    expect([await texts(messageId, 1), await texts(messageId, 2)]).toEqual([
      ['Kính thưa bà con.'],
      ['Nay có nghị định mới.'],
    ]);
    // Retired is the newest, unless another is named.
    await world.execute(retireMessage, leader, { messageId, edition: 1, note: 'Hết hiệu lực.' });
    expect([await texts(messageId, 1), await texts(messageId, 2)]).toEqual([[], ['Nay có nghị định mới.']]);
    const known = await getEditions(world.database.db, [
      { messageId, edition: 1 },
      { messageId, edition: 2 },
      { messageId, edition: 3 },
    ]);
    expect([...known].map(([key, { state, core }]) => [key, state, core]).sort()).toEqual([
      [`${messageId}|1`, 'retired', 'Nhà nước giúp, nhà mình làm.'],
      [`${messageId}|2`, 'approved', 'Ý mới.'],
    ]);
  });
});

describe('whose messages', () => {
  it('are read above, in and below the place, also of a place that is no more; searched without diacritics', async () => {
    const district = referenceId('old:district:139');
    await draftMessage(world, systemActor, here, 'cua-xa');
    await draftMessage(world, systemActor, district, 'cua-huyen');
    await draftMessage(world, systemActor, elsewhere, 'cua-xa-khac');
    const province = referenceId('2025:province:15');
    expect(await codesSeen(world, officer)).toEqual(['cua-huyen', 'cua-xa']);
    expect(await codesSeen(world, person('leader', elsewhere))).toEqual(['cua-huyen', 'cua-xa-khac']);
    expect(await codesSeen(world, person('editor', province))).toEqual(['cua-huyen', 'cua-xa', 'cua-xa-khac']);
    expect(await codesSeen(world, officer, { text: 'chu truong' })).toEqual(['cua-huyen', 'cua-xa']);
    expect(await codesSeen(world, officer, { text: 'của xã' })).toEqual(['cua-xa']);
    expect(await codesSeen(world, officer, { text: '100%' })).toEqual([]);
    const rows = await world.execute(listMessages, officer, { placeId: here, topic: 'policy', state: 'draft' });
    expect(rows.map(({ code, place }) => [code, place]).sort()).toEqual([
      ['cua-huyen', 'huyện Trạm Tấu'],
      ['cua-xa', 'xã Tà Xi Láng'],
    ]);
    expect(await world.execute(listMessages, officer, { topic: 'work' })).toEqual([]);
    expect(await world.execute(listMessages, officer, { state: 'approved' })).toEqual([]);
    // To read is not to write: the district's message is not the commune's.
    const { messageId } = (await findMessageByCode(world.database.db, 'cua-huyen'))!;
    expect((await look(messageId)).editions[0]!.acts).toEqual([]);
    await expect(world.execute(submitMessage, officer, { messageId })).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await look(messageId, person('officer', province))).editions[0]!.acts).toEqual(['write', 'submit']);
  });

  it('of another commune are not found, whatever is asked, and stay as they are', async () => {
    const used = await approvedMessage(world, elsewhere, 'cua-ho');
    const draft = await draftMessage(world, systemActor, elsewhere);
    const submitted = await draftMessage(world, systemActor, elsewhere);
    await world.execute(submitMessage, systemActor, { messageId: submitted });
    const { formId } = (await look(draft, systemActor)).editions[0]!.forms[0]!;
    const correction = await world.execute(reviseForm, systemActor, script(used, 'Sửa.'));
    const snapshot = async () =>
      (
        await world.database.pool.query(
          'select message_id, edition, kind, text, state from content.form order by 1, 2, 3',
        )
      ).rows;
    const before = await snapshot();
    const outsider: Actor = {
      ...officer,
      grants: (['officer', 'leader', 'editor'] as const).map((role) => ({ role, placeId: here })),
    };
    const note = 'x';
    const asked: [UseCase, object][] = [
      [getMessage, { messageId: used }],
      [getMessage, { code: 'cua-ho' }],
      [saveEdition, { messageId: draft, edition: 1, core: 'x', bases: [] }],
      [saveForm, script(draft, 'x')],
      [removeForm, { formId }],
      [submitMessage, { messageId: draft }],
      [returnMessage, { messageId: submitted, note }],
      [approveMessage, { messageId: submitted, seen }],
      [retireMessage, { messageId: used, note }],
      [newEdition, { messageId: used, change: note }],
      [reviseForm, script(used, 'x')],
      [approveForm, { formId: correction.formId, seen }],
      [returnForm, { formId: correction.formId, note }],
    ];
    for (const [useCase, input] of asked)
      await expect(world.execute(useCase, outsider, input), useCase.name).rejects.toMatchObject({ kind: 'not-found' });
    const elsewhereOnly: [UseCase, object][] = [
      [addMessage, { placeId: elsewhere, topic: 'policy', title: 'x' }],
      [importMessages, { text: 'code: moi\ntopic: policy\ntitle: Mới\ncore: x', placeId: elsewhere }],
      [importMessages, { text: 'code: cua-ho\ntopic: policy\ntitle: Mới\ncore: x' }],
    ];
    for (const [useCase, input] of elsewhereOnly)
      await expect(world.execute(useCase, outsider, input)).rejects.toMatchObject({
        kind: expect.stringMatching(/forbidden|invalid/u),
      });
    expect(await codesSeen(world, outsider)).toEqual([]);
    expect(await world.execute(findMessages, outsider, {})).toEqual({ rows: [], total: 0 });
    expect(await world.execute(listWaiting, outsider, {})).toEqual({ decide: [], back: [], drafts: [] });
    const tried = new Set([...asked, ...elsewhereOnly].map(([useCase]) => useCase.name));
    expect(contentUseCases.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([
      listMessages.name,
      findMessages.name,
      listWaiting.name,
    ]);
    expect(await snapshot()).toEqual(before);
  });
});
