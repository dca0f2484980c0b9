import { z } from 'zod';
import { importPlan, issuePlan, type NewActivity, recordActivity } from '../../src/modules/plans/index.ts';
import { recordContacts } from '../../src/modules/reach/index.ts';
import { type Actor, command, systemActor } from '../../src/platform/command.ts';
import { upload } from './lists.ts';
import type { World } from './world.ts';

const PDF_OBJECTS = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n';
/** The smallest thing that begins and ends as a PDF, and has references where it says so. */
export const PDF = `${PDF_OBJECTS}xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Root 1 0 R /Size 2 >>\nstartxref\n${PDF_OBJECTS.length}\n%%EOF\n`;

export interface LineText {
  readonly message?: string;
  readonly [key: string]: string | undefined;
}

/** One line of a plan file; `undefined` leaves a key out, other keys come on top. */
export const lineText = (line: LineText = {}): string => {
  const keys: LineText = {
    what: 'Họp thôn',
    message: 'bhyt-ho-ngheo',
    audience: 'ho-ngheo',
    channels: '[meeting, loudspeaker]',
    from: '01/02/2026',
    to: '30/04/2026',
    body: 'Phòng Văn hóa - Xã hội',
    head: 'Lò Văn Mẫu, Trưởng phòng',
    threshold: 'đã nghe trực tiếp',
    target: '95',
    ...line,
  };
  return Object.entries(keys)
    .filter(([, value]) => value !== undefined)
    .map(([key, value], at) => `${at === 0 ? '  - ' : '    '}${key}: ${value}`)
    .join('\n');
};

/** A plan of the year 2026 of Tà Xi Láng (04603). */
export const planText = (
  head: Readonly<Record<string, string | undefined>> = {},
  lines: readonly string[] = [lineText()],
) => {
  const keys: Readonly<Record<string, string | undefined>> = {
    code: 'ta-xi-lang-2026',
    title: 'Kế hoạch truyền thông năm 2026',
    programme: 'Giảm nghèo bền vững',
    place: '04603',
    issuer: 'UBND xã Tà Xi Láng',
    period: '{ from: 01/01/2026, to: 31/12/2026 }',
    ...head,
  };
  const written = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `${[...written, 'lines:', ...lines].join('\n')}\n`;
};

export const signed = async (world: World, content: string | Buffer = PDF, name = 'ke-hoach.pdf') => {
  const file = await upload(world, name, content);
  return { name: file.name, sha256: file.sha256 };
};

export const issue = async (world: World, code: string, actor: Actor = systemActor) =>
  world.execute(issuePlan, actor, {
    code,
    number: '12/KH-UBND',
    issuedOn: '2026-01-05',
    signer: 'Giàng A Mẫu',
    file: await signed(world),
  });

/** A plan in force, from its text. */
export const inForce = async (world: World, text: string, code = 'ta-xi-lang-2026', actor: Actor = systemActor) => {
  await world.execute(importPlan, actor, { text });
  await issue(world, code, actor);
};

const recordCommand = command({
  name: 'test.activity',
  input: z.custom<NewActivity>(),
  allow: 'signed-in',
  area: 'none',
  run: recordActivity,
  audit: () => ({}),
});

/** As those who keep evidence do it. */
export const record = (world: World, activity: Partial<NewActivity> & Pick<NewActivity, 'lineId' | 'placeIds'>) =>
  world.execute(recordCommand, systemActor, {
    kind: 'meeting',
    happenedOn: '2026-03-01',
    language: 'vi',
    proof: 'signed-list',
    details: { present: 12 },
    note: '',
    ...activity,
  });

const contactCommand = command({
  name: 'test.contact',
  input: z.custom<Parameters<typeof recordContacts>[1]>(),
  allow: 'signed-in',
  area: 'none',
  run: recordContacts,
  audit: () => ({}),
});

export const attend = (world: World, row: Parameters<typeof recordContacts>[1][number]) =>
  world.execute(contactCommand, systemActor, [row]);
