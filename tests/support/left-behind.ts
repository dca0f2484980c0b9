import { z } from 'zod';
import { addMessage, saveForm, submitMessage } from '../../src/modules/content/index.ts';
import { computeCells, listLeftBehind, type Reason } from '../../src/modules/coverage/index.ts';
import { getLine, getPlan } from '../../src/modules/plans/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { recordVisit } from '../../src/modules/visits/index.ts';
import { type Actor, type Context, read, systemActor } from '../../src/platform/command.ts';
import { actorOf, putContacts, putExposures, villageOf } from './evidence.ts';
import { addPerson, know, putActivity, send } from './follow-up.ts';
import { bringIn, importVillages, taXiLang } from './lists.ts';
import { approve, basis, person } from './messages.ts';
import { inForce, lineText, planText } from './plans.ts';
import { createWorld, type World } from './world.ts';

export const TODAY = '2026-06-15';
export const PLAN = 'kh-xa-2026';

const through = <I, O>(run: (ctx: Context, input: I) => Promise<O>) =>
  read({ name: 'test.look', input: z.custom<I>(), allow: 'signed-in', area: 'none', run });

export const lineOf = through((ctx, lineId: string) => getLine(ctx.tx, lineId));

export const cellsOf = through(async (ctx, { lineId, on }: { lineId: string; on: string }) =>
  computeCells(ctx.tx, { line: await getLine(ctx.tx, lineId), on, today: ctx.today }),
);

// In Thôn Một there is a meeting and a loudspeaker in Mông, in Thôn Hai a poster in Tày, in Thôn Ba nothing.
const HOUSEHOLDS: [code: string, village: string, languages: string[] | null, phone?: string][] = [
  ['H-REF', 'Thôn Một', ['hmn']],
  ['H-OUT', 'Thôn Một', ['hmn']],
  ['H-WEAK', 'Thôn Một', ['hmn']],
  ['H-LANG', 'Thôn Một', null],
  ['H-READ', 'Thôn Một', ['hmn']],
  ['H-HEAR', 'Thôn Một', ['hmn']],
  ['H-THAI', 'Thôn Hai', ['blt']],
  ['H-DEV', 'Thôn Ba', ['hmn']],
  ['H-NONE', 'Thôn Ba', ['hmn'], '0541000001'],
  ['H-ABS', 'Thôn Hai', ['vi'], '0541000002'],
  ['H-MET', 'Thôn Một', ['hmn']],
  ['H-NEAR', 'Thôn Một', ['hmn']],
];

const SCRIPT = 'Kính mời hộ ((tên)) ở ((thôn)). ((có_trẻ_em??Trẻ em <dưới 16> tuổi được cấp thẻ.))';

/** A message in use, with a text to read and a question. */
const messageInUse = async (world: World, code: string): Promise<string> => {
  const writer = person('officer', taXiLang);
  const about = { topic: 'health-insurance', title: 'Thẻ BHYT của hộ nghèo', core: 'Hộ nghèo được cấp thẻ.' } as const;
  const { messageId } = await world.execute(addMessage, writer, { ...about, code, placeId: taXiLang, bases: [basis] });
  const form = { messageId, edition: 1 };
  await world.execute(saveForm, writer, { ...form, kind: 'script', text: SCRIPT });
  await world.execute(saveForm, writer, { ...form, kind: 'question', text: 'Ai được cấp thẻ?', answers: ['Hộ nghèo', 'Không ai'], rightAnswer: 1 }); // biome-ignore format: a form
  await world.execute(submitMessage, writer, { messageId });
  await approve(world, person('leader', taXiLang), messageId);
  return messageId;
};

const planInForce = async (world: World, messages: readonly string[]): Promise<string[]> => {
  const about = { channels: '[meeting, loudspeaker, poster, leaflet, visit]', from: '01/01/2026', to: '31/12/2026' };
  await inForce(
    world,
    planText(
      { code: PLAN },
      messages.map((message) => lineText({ ...about, message })),
    ),
    PLAN,
  );
  return (await world.execute(getPlan, systemActor, { code: PLAN })).lines.map(({ lineId }) => lineId);
};

export interface LeftBehindStory {
  readonly world: World;
  readonly message: string;
  /** The three lines of the plan for poor households, each of a message of its own. */
  readonly lines: readonly [string, string, string];
  /** Thôn Một, Thôn Hai, Thôn Ba. */
  readonly villages: readonly [string, string, string];
  readonly officer: Actor;
  /** Of Thôn Một. */
  readonly agent: Actor & { readonly userId: string };
  readonly id: (code: string) => string;
  /** Somebody went there for the first line, to no avail. */
  readonly visited: (code: string, outcome: 'refused' | 'not-met', happenedOn: string) => Promise<void>;
  /** Present at the meeting, unless said otherwise. */
  readonly contact: (code: string, more?: object) => Parameters<typeof putContacts>[1][number];
  readonly list: (more?: object, who?: Actor) => ReturnType<typeof listLeftBehind.run>;
  readonly reasonsOf: (more?: object) => Promise<Record<string, Reason>>;
}

const whatHappened = async ({ world, message, lines: [line], villages, visited, contact }: LeftBehindStory) => {
  const [one, two] = villages;
  const meeting = await putActivity(world, { lineId: line, placeIds: [one] });
  const leaflet = { stage: 2, channel: 'leaflet', happenedOn: '2026-05-21' };
  await putContacts(world, [
    contact('H-MET', { activityId: meeting }),
    contact('H-WEAK', leaflet),
    contact('H-READ', leaflet),
  ]);
  const exposure = { messageId: message, edition: 1, proof: 'device' as const };
  const [loud, poster] = [
    await putActivity(world, { lineId: line, placeIds: [one], kind: 'loudspeaker', happenedOn: '2026-06-01' }),
    await putActivity(world, {
      lineId: line,
      placeIds: [two],
      kind: 'poster',
      language: 'tyz',
      happenedOn: '2026-06-02',
    }),
  ];
  await putExposures(world, [
    { ...exposure, placeId: one, language: 'hmn', channel: 'loudspeaker', happenedOn: '2026-06-01', activityId: loud },
    { ...exposure, placeId: two, language: 'tyz', channel: 'poster', happenedOn: '2026-06-02', activityId: poster },
  ]);
  await visited('H-REF', 'refused', '2026-06-05');
  await visited('H-OUT', 'refused', '2026-06-05');
  await visited('H-OUT', 'not-met', '2026-06-08');
};

/** Eleven poor households and a near-poor one of Tà Xi Láng, each with another reason for not being reached. */
export const openLeftBehind = async (): Promise<LeftBehindStory> => {
  const world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, {
    asOf: '2025-11-30',
    rows: HOUSEHOLDS.map(([code, village, , phone]) => ({
      code,
      head: `Hộ ${code}`,
      village,
      class: code === 'H-NEAR' ? 'Hộ cận nghèo' : 'Hộ nghèo',
      ...(phone ? { phones: [phone] } : {}),
    })),
  });
  const ids = new Map<string, string>();
  for (const [code, , languages] of HOUSEHOLDS)
    ids.set(code, await know(world, code, languages, { devices: [], reads: code === 'H-WEAK' ? ['hmn'] : null }));
  const names = ['Thôn Một', 'Thôn Hai', 'Thôn Ba'];
  const villages = (await Promise.all(names.map((name) => villageOf(world, name)))) as [string, string, string];
  const codes = ['the-bhyt', 'vay-von', 'nha-o'];
  const message = await messageInUse(world, codes[0]!);
  for (const code of codes.slice(1)) await messageInUse(world, code);
  const lines = (await planInForce(world, codes)) as [string, string, string];
  const officer = actorOf('officer', taXiLang, 'Cán bộ xã');
  const agent = await addPerson(world, 'agent', villages[0], 'Vàng Thị Tuyên');
  const id = (code: string): string => ids.get(code)!;
  const list: LeftBehindStory['list'] = (more = {}, who = systemActor) =>
    world.execute(listLeftBehind, who, { lineId: lines[0], ...more });
  const story: LeftBehindStory = {
    ...{ world, message, lines, villages, officer, agent, id, list },
    visited: async (code, outcome, happenedOn) => {
      const sending = { subjectIds: [id(code)], lineIds: [lines[0]], agentName: 'Trưởng thôn', dueOn: TODAY, note: '' };
      const [visitId] = await send(world, sending);
      await world.execute(recordVisit, officer, { visitId: visitId!, outcome, note: 'ghi chú', happenedOn });
    },
    contact: (code, more = {}) => ({
      subjectId: id(code), messageId: message, edition: 1, stage: 3, language: 'hmn', channel: 'meeting',
      proof: 'photo-list', happenedOn: '2026-05-20', activityId: null, ...more,
    }), // biome-ignore format: a row
    reasonsOf: async (more = {}) =>
      Object.fromEntries((await list(more)).rows.map(({ code, missing }) => [code, missing[0].reason])),
  };
  await whatHappened(story);
  return story;
};
