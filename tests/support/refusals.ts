import { z } from 'zod';
import { listAudienceSubjects } from '../../src/modules/audiences/index.ts';
import { liftRefusal, type NumberRefused, refuseContact, refuseNumbers } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, command, systemActor } from '../../src/platform/command.ts';
import { actorOf } from './evidence.ts';
import { bringIn, emptyRegistry, importVillages, type List, paHu, type Row, since2025, taXiLang } from './lists.ts';
import { createWorld, type World } from './world.ts';

/** Invented numbers: of two households in two communes, of a household, of an officer, of nobody, of one elsewhere. */
export const phones = {
  shared: '+84545000001',
  own: '+84545000002',
  officer: '+84545000003',
  nobody: '+84545000004',
  elsewhere: '+84545000005',
} as const;

const household = (code: string, village: string, numbers: readonly string[]): Row => ({
  ...{ code, village, head: `Giàng A ${code}`, class: 'Hộ nghèo' },
  phones: numbers.map((number) => number.replace('+84', '0')),
});

export const ownList: List = {
  asOf: '2025-11-30',
  rows: [
    household('H01', 'Thôn Một', [phones.shared]),
    household('H02', 'Thôn Hai', [phones.own, phones.shared]),
    household('H03', 'Thôn Hai', [phones.own]),
    household('H04', 'Thôn Ba', []),
  ],
};
const theirList: List = {
  ...{ asOf: '2025-05-30', placeId: paHu },
  rows: [
    household('P01', 'Bản Cao', [phones.shared]),
    household('P02', 'Bản Thấp', [phones.elsewhere]),
    household('P03', 'Bản Cao', []),
  ],
};

/** Pá Hu became a part of the new commune Trạm Tấu. */
export const tramTau = since2025('04606');

export interface RefusalWorld {
  readonly world: World;
  /** An officer of the one commune, and one of the other. */
  readonly here: Actor;
  readonly there: Actor;
  /** Both communes as their lists say, nothing refused, on 15/06/2026. @returns the list of the one commune */
  begin(): Promise<string>;
  refuse(
    phone: string,
    more?: { actor?: Actor; how?: NumberRefused['how']; note?: string },
  ): ReturnType<typeof answered>;
  lift(phone: string, actor?: Actor, note?: string): Promise<unknown>;
  /** Codes of the households that may be contacted on a day, of both communes. */
  contactable(on: string): Promise<string[]>;
  rows(): Promise<Record<string, unknown>[]>;
  setDay(day: string): void;
}

const answered = (world: World, actor: Actor, input: Parameters<typeof refuseContact.run>[1]) =>
  world.execute(refuseContact, actor, input);

/** The door for numbers that come by network. */
const numbersCommand = command({
  name: 'test.refuse-numbers',
  input: z.custom<readonly NumberRefused[]>(),
  allow: 'system',
  area: 'none',
  run: (ctx, input) => refuseNumbers(ctx, input),
  audit: () => ({}),
});

export const byNetwork = (world: World, refused: readonly NumberRefused[]): Promise<number> =>
  world.execute(numbersCommand, systemActor, refused);

export const refusalWorld = async (): Promise<RefusalWorld> => {
  const world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const here = actorOf('officer', taXiLang, 'Cán bộ Tà Xi Láng');
  const there = actorOf('officer', tramTau, 'Cán bộ Trạm Tấu');
  const setDay = (day: string): void => world.clock.set(new Date(`${day}T02:00:00Z`));
  return {
    ...{ world, here, there, setDay },
    begin: async () => {
      setDay('2026-06-15');
      await emptyRegistry(world);
      await world.database.pool.query('truncate registry.opt_out, coverage.dirty');
      const importId = await bringIn(world, ownList);
      await bringIn(world, theirList);
      world.queued.splice(0);
      return importId;
    },
    refuse: (phone, { actor = here, how = 'phone', note = '' } = {}) => answered(world, actor, { phone, how, note }),
    lift: (phone, actor = here, note = 'chủ hộ gọi điện đề nghị') => world.execute(liftRefusal, actor, { phone, note }),
    contactable: async (on) => {
      const rule = { subject: 'household', where: { contactable: true } };
      const { rows } = await world.execute(listAudienceSubjects, systemActor, { rule, on });
      return rows.map(({ code }) => code).sort();
    },
    rows: async () =>
      (
        await world.database.pool.query(
          'select value, valid_from as "from", valid_to as "to", how, note from registry.opt_out order by recorded_at, opt_out_id',
        )
      ).rows,
  };
};
