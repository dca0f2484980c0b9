import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commitList, decideList, undoList } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { addDays } from '../../src/shared/dates.ts';
import {
  check,
  decisions,
  emptyRegistry,
  fingerprint,
  importVillages,
  type List,
  type Standing,
  standing,
} from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());

const DAYS = ['2020-11-30', '2021-11-30', '2022-05-15', '2023-11-30', '2024-11-30'];
const CODES = ['04603.01.0001', '04603.01.0002', '04603.02.0003'];
const PEOPLE = ['Giàng A Chu', 'Sùng Thị Mỷ', 'Giàng A Sáng', 'Giàng Thị Dợ'];
const PHONES = ['0912345678', '0912345679', '0977000111'];
const CLASSES = { poor: 'Hộ nghèo', near_poor: 'Hộ cận nghèo', newly_escaped: 'Hộ mới thoát nghèo' };

/** What one review says of one household; no phones = it says nothing of phones. */
interface Said {
  readonly class: keyof typeof CLASSES;
  readonly village: string;
  readonly lacks: readonly number[];
  readonly phones: readonly string[];
  readonly members: readonly string[];
  readonly head: number;
}

/** One review: what it says of each of the households, undefined where it does not name it. */
interface Review {
  readonly households: readonly (Said | undefined)[];
  /** Its list has columns for the indicators. */
  readonly indicators: boolean;
}

const said: fc.Arbitrary<Said> = fc.record({
  class: fc.constantFrom(...(Object.keys(CLASSES) as (keyof typeof CLASSES)[])),
  village: fc.constantFrom('Thôn Một', 'Thôn Hai', 'Thôn Ba'),
  lacks: fc.subarray([1, 5, 12]),
  phones: fc.subarray(PHONES),
  members: fc.subarray(PEOPLE, { minLength: 1 }),
  head: fc.nat(3),
});
const review: fc.Arbitrary<Review> = fc.record({
  households: fc
    .tuple(...CODES.map(() => fc.option(said, { nil: undefined, freq: 4 })))
    .filter((households) => households.some(Boolean)),
  indicators: fc.boolean(),
});
const history = fc.integer({ min: 3, max: DAYS.length }).chain((length) =>
  fc.record({
    reviews: fc.array(review, { minLength: length, maxLength: length }),
    order: fc.shuffledSubarray(
      DAYS.slice(0, length).map((_, at) => at),
      { minLength: length },
    ),
  }),
);

const headOf = ({ members, head }: Said): string => members[head % members.length]!;

const listOf = ({ households, indicators }: Review, asOf: string): List => {
  const named = households.flatMap((each, at) => (each ? [{ ...each, code: CODES[at]! }] : []));
  return {
    asOf,
    complete: null,
    rows: named.map(({ lacks, ...each }) => ({
      ...each,
      ...(indicators ? { lacks } : {}),
      head: headOf({ lacks, ...each }),
      class: CLASSES[each.class],
    })),
    members: named.flatMap((each) => each.members.map((name) => ({ code: each.code, name }))),
  };
};

const monthsAfter = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

/** How things stood, told from the reviews alone: the last one that named the household, and the last that spoke of a thing. */
const oracle = (reviews: readonly Review[], day: string): Record<string, Standing> => {
  const all: [string, Standing][] = CODES.flatMap((code, at) => {
    const words = reviews.flatMap(({ households, indicators }, index) => {
      const word = households[at];
      return word && DAYS[index]! <= day ? [{ ...word, indicators, day: DAYS[index]! }] : [];
    });
    const last = words.at(-1);
    if (!last) return [];
    let since = words.length - 1;
    while (since > 0 && words[since - 1]!.class === last.class) since -= 1;
    const over = last.class === 'newly_escaped' && day >= monthsAfter(words[since]!.day, 3);
    const facts = {
      village: last.village,
      class: over ? 'not_poor' : last.class,
      head: headOf(last),
      lacks: words.findLast(({ indicators }) => indicators)?.lacks ?? null,
    };
    const mobiles = words.findLast(({ phones }) => phones.length > 0)?.phones.length ?? 0;
    return [[code, { code, ...facts, members: last.members.length, mobiles }]];
  });
  return Object.fromEntries(all);
};

const ASKED = [
  ...DAYS.flatMap((day) => [addDays(day, -1), day]),
  ...DAYS.flatMap((day) => [addDays(monthsAfter(day, 3), -1), monthsAfter(day, 3)]),
  '2030-01-01',
];

/** Codes are right in these lists, whoever the head is; who only has the same name is another household. */
const bringIn = async (list: List): Promise<string> => {
  const { importId, counts } = await check(world, list);
  const asked = counts.duplicates === 0 ? [] : await decisions(world, importId);
  for (const [answer, rows] of Map.groupBy(asked, ({ reason }) => (reason === 'code' ? 'same' : 'different'))) {
    const ids = rows.map(({ decisionId }) => decisionId);
    await world.execute(decideList, systemActor, { importId, kind: 'duplicate', ids, answer });
  }
  await world.execute(commitList, systemActor, { importId });
  return importId;
};

it('lists of years in any order tell the same history, and the last one can be taken back', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ reviews, order }) => {
      await emptyRegistry(world);
      let before = '';
      let last = '';
      for (const at of order) {
        before = await fingerprint(world);
        last = await bringIn(listOf(reviews[at]!, DAYS[at]!));
      }
      for (const day of ASKED) expect(await standing(world, day), day).toEqual(oracle(reviews, day));
      await world.execute(undoList, systemActor, { importId: last });
      expect(await fingerprint(world)).toBe(before);
    }),
    { numRuns: 25 },
  );
}, 300_000);

it('the oracle of this test tells orders and silence apart', () => {
  const first: Said = {
    class: 'poor',
    village: 'Thôn Một',
    lacks: [],
    phones: [PHONES[0]!],
    members: [PEOPLE[0]!],
    head: 0,
  };
  const later: Said = { ...first, class: 'newly_escaped' };
  const silent = { ...later, phones: [] };
  const reviews: Review[] = [
    { households: [first], indicators: true },
    { households: [undefined], indicators: true },
    { households: [silent], indicators: false },
  ];
  expect(oracle(reviews, '2020-11-29')).toEqual({});
  expect(oracle(reviews, '2022-05-14')[CODES[0]!]!.class).toBe('poor');
  expect(oracle(reviews, '2025-05-14')[CODES[0]!]).toMatchObject({ class: 'newly_escaped', mobiles: 1, lacks: [] });
  expect(oracle(reviews, '2025-05-15')[CODES[0]!]!.class).toBe('not_poor');
});
