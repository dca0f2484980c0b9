import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approvedForms,
  approveForm,
  approveMessage,
  getMessage,
  returnMessage,
  reviseForm,
  saveForm,
  submitMessage,
} from '../../src/modules/content/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor, type UseCase } from '../../src/platform/command.ts';
import { taXiLang as here } from '../support/lists.ts';
import { approvedMessage, draftMessage, person } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
const officer = person('officer', here);
const leader = person('leader', here);

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
});
afterAll(() => world.close());

const look = (messageId: string, actor: Actor = officer) => world.execute(getMessage, actor, { messageId });
const script = (messageId: string, text: string) => ({ messageId, edition: 1, kind: 'script' as const, text });
const texts = async (messageId: string) =>
  (await approvedForms(world.database.db, messageId, 1)).map(({ text }) => text);

describe('what is approved was looked at', () => {
  it('not what was changed since it was looked at', async () => {
    const messageId = await draftMessage(world, officer, here);
    await world.execute(submitMessage, officer, { messageId });
    const before = (await look(messageId, leader)).editions[0]!;
    await world.execute(returnMessage, leader, { messageId, note: 'Sửa.' });
    await world.execute(saveForm, officer, script(messageId, 'Chữ khác.'));
    await world.execute(submitMessage, officer, { messageId });
    await expect(world.execute(approveMessage, leader, { messageId, seen: before.seen })).rejects.toMatchObject({
      code: 'message.changed-since',
    });
    const now = (await look(messageId, leader)).editions[0]!;
    await world.execute(approveMessage, leader, { messageId, seen: now.seen });
  });

  it('not by who looked at nothing', async () => {
    const messageId = await draftMessage(world, officer, here);
    await world.execute(submitMessage, officer, { messageId });
    const unseen: object[] = [{ messageId }, { messageId, seen: '' }, { messageId, seen: null }];
    for (const input of unseen)
      await expect(world.execute(approveMessage as UseCase, leader, input)).rejects.toMatchObject({
        kind: 'invalid',
        fields: [{ path: 'seen' }],
      });
    const used = await approvedMessage(world, here);
    const { formId } = await world.execute(reviseForm, officer, script(used, 'Chữ khác.'));
    for (const input of [{ formId }, { formId, seen: '' }])
      await expect(world.execute(approveForm as UseCase, leader, input)).rejects.toMatchObject({
        kind: 'invalid',
        fields: [{ path: 'seen' }],
      });
    expect((await look(messageId)).editions[0]!.state).toBe('submitted');
    expect(await texts(used)).toEqual(['Kính thưa bà con.']);
  });
});
