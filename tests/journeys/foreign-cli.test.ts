import { afterAll, beforeAll, expect, it } from 'vitest';
import { cliIn } from '../support/cli-in-world.ts';
import { addPerson } from '../support/follow-up.ts';
import { everyRow, secretsOf } from '../support/foreign.ts';
import { since2025 } from '../support/lists.ts';
import { householdNo } from '../support/sending.ts';
import { KNOWN, openWholeCommune, type WholeCommune } from '../support/whole-commune.ts';

/** The exit code of what is not there: whether something is there is not told either. */
const NOT_FOUND = 4;

let commune: WholeCommune;
let cli: ReturnType<typeof cliIn>;
let stranger: string;

beforeAll(async () => {
  commune = await openWholeCommune();
  cli = cliIn(commune.world);
  ({ username: stranger } = await addPerson(commune.world, 'officer', since2025('04606'), 'Cán bộ xã khác'));
});
afterAll(() => commune?.world.close());

/** Each asked by id and, where people type one, by the household's code. */
const commands = ({ known, reached, contactId, meetingId }: WholeCommune): string[][] => [
  ...[known, KNOWN].flatMap((household) => [
    ['household', 'show', household],
    ['household', 'languages', household, '--understands', 'hmn'],
  ]),
  ...[reached, householdNo(7).code!].map((household) => ['evidence', 'household', household]),
  ['evidence', 'show', meetingId],
  ['evidence', 'void', contactId, '--reason', 'không có mặt'],
];

it('an officer of another commune is told that there is no such household or evidence, and nothing of it', async () => {
  const { world } = commune;
  const [secrets, before] = [await secretsOf(world), await everyRow(world)];
  for (const command of commands(commune))
    for (const more of [[], ['--json']]) {
      const { code, out, err } = await cli(...command, '--as', stranger, ...more);
      const which = `${command.join(' ')}: ${out}${err}`;
      expect(code, which).toBe(NOT_FOUND);
      const told = secrets.filter((secret) => `${out}${err}`.includes(secret) && !command.includes(secret));
      expect(told, which).toEqual([]);
    }
  expect(await everyRow(world)).toEqual(before);
});

it('the commune itself is answered (so the commands ask for what is there)', async () => {
  for (const command of commands(commune)) {
    const { code, err } = await cli(...command);
    expect(code, `${command.join(' ')}: ${err}`).toBe(0);
  }
});
