import {
  addMessage,
  approveMessage,
  getMessage,
  importMessages,
  listMessages,
  saveForm,
  submitMessage,
} from '../../src/modules/content/index.ts';
import type { Actor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { World } from './world.ts';

export const person = (role: Role, placeId: string): Actor => ({
  userId: newId(),
  name: `${role} thử`,
  grants: [{ role, placeId }],
  via: 'web',
});

export const basis = {
  number: '61-NQ/TU',
  date: '2021-10-20',
  issuer: 'Ban Thường vụ Tỉnh ủy Yên Bái',
  title: 'Tiếp tục lãnh đạo hiệu quả công tác giảm nghèo bền vững',
  mark: 'verified',
} as const;

/** A draft that may be submitted. */
export const draftMessage = async (world: World, actor: Actor, placeId: string, code?: string): Promise<string> => {
  const { messageId } = await world.execute(addMessage, actor, {
    code,
    placeId,
    topic: 'policy',
    title: 'Chủ trương giảm nghèo',
    core: 'Nhà nước giúp, nhà mình làm.',
    bases: [basis],
  });
  await world.execute(saveForm, actor, { messageId, edition: 1, kind: 'script', text: 'Kính thưa bà con.' });
  return messageId;
};

/** As somebody does who looks at what waits and approves it. */
export const approve = async (world: World, actor: Actor, messageId: string): Promise<void> => {
  const { editions } = await world.execute(getMessage, actor, { messageId });
  const { edition, seen } = editions.findLast(({ state }) => state === 'submitted')!;
  await world.execute(approveMessage, actor, { messageId, edition, seen });
};

/** A message in use: written and submitted by one person, approved by another. */
export const approvedMessage = async (world: World, placeId: string, code?: string): Promise<string> => {
  const writer = person('officer', placeId);
  const messageId = await draftMessage(world, writer, placeId, code);
  await world.execute(submitMessage, writer, { messageId });
  await approve(world, person('leader', placeId), messageId);
  return messageId;
};

/** All messages of a file, in use. */
export const approveFile = async (world: World, text: string, placeId: string): Promise<void> => {
  const writer = person('officer', placeId);
  const leader = person('leader', placeId);
  const { messages } = await world.execute(importMessages, writer, { text, placeId });
  for (const { messageId } of messages) {
    await world.execute(submitMessage, writer, { messageId });
    await approve(world, leader, messageId);
  }
};

export const codesSeen = async (world: World, actor: Actor, query: { text?: string; state?: 'waiting' } = {}) =>
  (await world.execute(listMessages, actor, query)).map(({ code }) => code).sort();
