import { noteLanguages } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { actorOf, addLine, addMessage, putContacts, subjectOf, villageOf } from './evidence.ts';
import { addPerson } from './follow-up.ts';
import { bringIn, emptyRegistry, importVillages, type Row, taXiLang } from './lists.ts';
import { createWorld } from './world.ts';

/** A household as a commune really lists it: its people, but not what it understands. */
export const listed = (end: string, more: Partial<Row> = {}): Row => ({
  code: `H${end}`,
  head: `Giàng A ${end}`,
  birth: '1980',
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  ethnicity: 'Mông',
  size: 4,
  ...more,
});

const rows: readonly Row[] = [
  listed('01'),
  listed('02', { ethnicity: "H'Mông" }),
  listed('03', { ethnicity: 'MÔNG' }),
  listed('04', { ethnicity: 'Thái' }),
  listed('05', { village: 'Thôn Hai' }),
];

interface Known {
  readonly languages: string[] | null;
  readonly read: string[] | null;
  readonly size: number | null;
}

/** A world with a line for the poor; `begin` empties it and brings in five households of a list of 30/11/2025. */
export const languagesWorld = async () => {
  const world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const one = await villageOf(world, 'Thôn Một');
  const message = await addMessage(world, { code: 'bhyt' });
  const line = await addLine(world, { messageId: message, code: 'ke-hoach' });
  const officer = actorOf('officer', taXiLang);
  const agent = await addPerson(world, 'agent', one, 'Vàng Thị Tuyên');
  const { pool } = world.database;
  const id = (code: string): Promise<string> => subjectOf(world, code);
  return {
    ...{ world, one, message, line, officer, agent, id },
    begin: async (): Promise<string> => {
      await emptyRegistry(world);
      await pool.query('truncate reach.contact, reach.exposure, reach.state, visits.visit, plans.activity cascade');
      return bringIn(world, { rows, asOf: '2025-11-30' });
    },
    note: async (code: string, more: object = {}, actor: Actor = officer) =>
      world.execute(noteLanguages, actor, { subjectIds: [await id(code)], languages: ['hmn'], ...more }),
    /** What the registry says of a household on a day. */
    knownOn: async (code: string, day: string): Promise<Known> => {
      const found = await pool.query(
        'select languages, languages_read as read, size from registry.subject_at($1::date) where code = $2',
        [day, code],
      );
      return found.rows[0];
    },
    nowOf: async (code: string) =>
      (await pool.query('select languages, languages_read from registry.subject_now where code = $1', [code])).rows[0],
    tell: async (code: string, happenedOn: string, more: object = {}) =>
      putContacts(world, [
        {
          ...{
            subjectId: await id(code),
            messageId: message,
            edition: 1,
            stage: 3,
            language: 'hmn',
            channel: 'meeting',
          },
          ...{ proof: 'signed-list', happenedOn, activityId: null },
          ...more,
        } as Parameters<typeof putContacts>[1][number],
      ]),
    stateOf: async (code: string) =>
      (
        await pool.query(
          `select exposed_on, first_2, first_3 from reach.state
           where subject_id = (select subject_id from registry.subject where code = $1)`,
          [code],
        )
      ).rows[0],
  };
};
