import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countAudience } from '../src/modules/audiences/index.ts';
import { systemClock, today } from '../src/platform/clock.ts';
import { systemActor } from '../src/platform/command.ts';
import { addEvidence } from './evidence.ts';
import { openProvince, type Province } from './province.ts';
import { type Bench, medianMs, type Row, rounded } from './row.ts';

const LISTED = { class: ['poor', 'near_poor', 'newly_escaped'] };
const POOR = { class: ['poor', 'near_poor'] };

interface Question {
  readonly what: string;
  readonly where: object;
  /** Of the statement written apart, after the day. */
  readonly parameters: readonly unknown[];
}

const questions = ({ communes }: Province): readonly Question[] => {
  const some = communes.slice(0, 5).map(({ placeId }) => placeId);
  return [
    { what: 'class and place', where: { all: [POOR, { place: some }] }, parameters: [some] },
    { what: 'at least three of twelve indicators', where: { all: [POOR, { lacksAtLeast: 3 }] }, parameters: [] },
    {
      what: 'some member under 16 out of school',
      where: { all: [LISTED, { some: { all: [{ age: { max: 15 } }, { school: { in: ['bỏ học'] } }] } }] },
      parameters: [],
    },
    {
      what: 'not reached by an edition',
      where: { all: [LISTED, { not: { reached: { message: 'tin-1', edition: 1, stage: 2 } } }] },
      parameters: ['tin-1'],
    },
    {
      what: 'language, reading and a number',
      where: { all: [{ languages: { some: ['hmn'] } }, { languagesRead: { none: ['vi'] } }, { contactable: true }] },
      parameters: [],
    },
  ];
};

const measure = async ({ app, sizes }: Province, no: number, { what, where, parameters }: Question): Promise<Row> => {
  const statement = await readFile(join(import.meta.dirname, 'audience', `${no}.sql`), 'utf8');
  const values = [today(systemClock), ...parameters];
  const product = () => app.execute(countAudience, systemActor, { rule: { subject: 'household', where } });
  const bare = async () =>
    (await app.database.pool.query<{ fits: number; unknown: number }>(statement, values)).rows[0]!;
  const [counted, expected] = [await product(), await bare()];
  const equal = counted.fits === expected.fits && counted.unknown === expected.unknown;
  const [ms, baseline] = [await medianMs(5, product), await medianMs(5, bare)];
  return {
    name: `audience-${no}`,
    value: rounded(ms),
    unit: 'ms',
    baseline: rounded(baseline),
    ratio: rounded(ms / baseline),
    threshold: '<= 1.3 x the SQL written by hand and < 1,000 ms, the same answer',
    holds: equal && ms <= baseline * 1.3 && ms < 1_000,
    sizes: {
      what,
      households: sizes.households,
      people: sizes.people,
      fits: counted.fits,
      unknown: counted.unknown,
      bareFits: expected.fits,
      bareUnknown: expected.unknown,
    },
  };
};

/** Five rules, each harder than the one before, against SQL written by hand over the registry. */
export const audience: Bench = async (options) => {
  const province = await openProvince(options);
  await addEvidence(province, options);
  const rows: Row[] = [];
  for (const [at, question] of questions(province).entries()) rows.push(await measure(province, at + 1, question));
  return rows;
};
