import { describe, expect, it } from 'vitest';
import { addDays } from '../shared/dates.ts';
import { isSyntheticIdNumber, isSyntheticPhone } from '../shared/synthetic.ts';
import { exampleLocality, truth } from './index.ts';
import { generateLocality } from './locality.ts';
import { ageAt, type Household, livingIn, type Person, type ReviewState, reviewDate } from './model.ts';
import { exampleVillages } from './villages.ts';

const locality = exampleLocality();
const { households, years } = locality;
const byCode = new Map(households.map((household) => [household.code, household]));

/** Every sentence that is broken, so that a failure names the household. */
const broken = (check: (household: Household) => readonly (string | false | undefined)[]): string[] =>
  households.flatMap((household) =>
    check(household)
      .filter((sentence) => sentence !== false && sentence !== undefined)
      .map((sentence) => `${household.code}: ${sentence}`),
  );

const reviewed = (check: (state: ReviewState, before: ReviewState | undefined, household: Household) => string[]) =>
  broken((household) =>
    household.reviews.flatMap((state, at) =>
      check(state, household.reviews[at - 1], household).map((sentence) => `${state.date} ${sentence}`),
    ),
  );

const hasEvent = (household: Household, kind: string, date: string, personId?: string): boolean =>
  household.events.some(
    (event) => event.kind === kind && event.date === date && (!personId || event.personId === personId),
  );

describe('the figures of the example', () => {
  const sum = (year: number, wanted?: string): number =>
    truth(locality)
      .counts.filter((count) => count.date === reviewDate(year) && (!wanted || count.class === wanted))
      .reduce((total, count) => total + count.households, 0);
  const poorShare = (year: number): number => (100 * sum(year, 'poor')) / sum(year);

  it('begin with 7,430 households, as many in each village as its commune counted', () => {
    expect(sum(2021)).toBe(7_430);
    const first = truth(locality).totals.filter(({ date }) => date === reviewDate(2021));
    expect(first.map((total) => total.households)).toEqual(exampleVillages.map((village) => village.households));
  });

  it('have 62 % poor in 2022 and fall by 6.5 points or more each year; 2021 is the lower bar of the older standard', () => {
    expect(poorShare(2022)).toBeCloseTo(62, 0);
    expect(Math.abs(poorShare(2022) - 62)).toBeLessThan(0.1);
    for (const year of [2023, 2024, 2025]) expect(poorShare(year - 1) - poorShare(year)).toBeGreaterThanOrEqual(6.5);
    expect(poorShare(2021)).toBeGreaterThan(33);
    expect(poorShare(2021)).toBeLessThan(36);
    for (const year of years) {
      const near = (100 * sum(year, 'near_poor')) / sum(year);
      expect(near).toBeGreaterThan(8);
      expect(near).toBeLessThan(12);
    }
  });

  it('have about the people and the groups that are published: 33,962; Mông 77 %, Thái 16 %, others 7 %', () => {
    const people = new Map<string, number>();
    for (const { ethnicity, reviews } of households) {
      const first = reviews.find(({ date }) => date === reviewDate(2021));
      people.set(ethnicity, (people.get(ethnicity) ?? 0) + (first?.members.length ?? 0));
    }
    const all = [...people.values()].reduce((total, count) => total + count, 0);
    expect(Math.abs(all - 33_962) / 33_962).toBeLessThan(0.04);
    expect(Math.abs((100 * people.get('Mông')!) / all - 77)).toBeLessThan(2);
    expect(Math.abs((100 * people.get('Thái')!) / all - 16)).toBeLessThan(2);
  });

  it('have poor communes in the order of public need: hardly any in the town and Hát Lừu, most in the highland', () => {
    const shares = new Map<string, number[]>();
    for (const count of truth(locality).counts.filter(({ date }) => date === reviewDate(2022))) {
      const commune = count.villageKey.slice(0, 5);
      const [poor, all] = shares.get(commune) ?? [0, 0];
      shares.set(commune, [poor! + (count.class === 'poor' ? count.households : 0), all! + count.households]);
    }
    for (const [commune, [poor, all]] of shares) {
      const share = poor! / all!;
      const low = commune === '04585' || commune === '04618';
      expect(share, commune).toBeGreaterThan(low ? 0.1 : 0.65);
      expect(share, commune).toBeLessThan(low ? 0.3 : 0.8);
    }
  });

  it('hold all that happens to a commune: births, deaths, weddings, splits, moves, phones, every way in and out', () => {
    const kinds = Map.groupBy(locality.events, ({ kind }) => kind);
    const least: Record<string, number> = {
      born: 1_000,
      died: 300,
      split: 200,
      founded: 200,
      moved: 100,
      'moved-away': 50,
      phone: 5_000,
      escaped: 500,
      relapsed: 30,
      'newly-arising': 100,
      'escape-ended': 30,
      'poor-to-near-poor': 200,
      'poor-by-new-standard': 1_000,
    };
    for (const [kind, count] of Object.entries(least)) {
      expect(kinds.get(kind as never)?.length ?? 0, kind).toBeGreaterThanOrEqual(count);
    }
    const moved = households.filter(({ homes }) => new Set(homes.map((home) => home.villageKey.slice(0, 5))).size > 1);
    expect(moved.length).toBeGreaterThan(20);
  });
});

describe('the lives of the example', () => {
  it('are reviewed once in every year they exist in, and in no other', () => {
    const wrong = broken(({ from, to, reviews }) => {
      const expected = years.map(reviewDate).filter((date) => from <= date && (!to || to > date));
      return [reviews.map(({ date }) => date).join() !== expected.join() && 'reviews and existence differ'];
    });
    expect(wrong).toEqual([]);
  });

  it('have the members who live there, one head among them, and the village where they live', () => {
    const wrong = reviewed((state, _before, household) => {
      const living = livingIn(household, state.date).map(({ id }) => id);
      const heads = state.members.filter(({ relation }) => relation === 'head');
      const home = household.homes.findLast(({ from }) => from <= state.date);
      return [
        state.members.map(({ personId }) => personId).join() === living.join() ? '' : 'members',
        living.length > 0 ? '' : 'nobody',
        heads.length === 1 && heads[0]!.personId === state.headId ? '' : 'head',
        home?.villageKey === state.villageKey ? '' : 'village',
      ].filter(Boolean);
    });
    expect(wrong).toEqual([]);
  });

  it('have people whose dates agree: born, come, gone; parents older than children; couples of age', () => {
    // A person keeps number and phone when they found a household of their own.
    const firstSeen = new Map<string, string>();
    for (const { people } of households) {
      for (const { id, from } of people) {
        const known = firstSeen.get(id);
        if (!known || from < known) firstSeen.set(id, from);
      }
    }
    const wrong = broken((household) => {
      const people = new Map(household.people.map((person) => [person.id, person]));
      return household.people.flatMap((person: Person) => {
        const mother = people.get(person.motherId ?? '');
        const father = people.get(person.fatherId ?? '');
        const spouse = people.get(person.spouseId ?? '');
        const end = person.to ?? reviewDate(2025);
        // A birth of which only the year is known stands on its first day.
        const gap = (parent: Person | undefined): number =>
          parent ? ageAt(parent.born.date, addDays(person.born.date, 366)) : 99;
        return [
          person.born.date > person.from && 'there before birth',
          person.to !== undefined && person.to < person.from && 'gone before coming',
          (person.to === undefined) !== (person.left === undefined) && 'gone without a reason',
          ageAt(person.born.date, end) > 116 && 'too old',
          gap(mother) < 16 && 'young mother',
          gap(father) < 16 && 'young father',
          spouse && spouse.sex === person.sex && 'couple of one sex',
          spouse && ageAt(person.born.date, end) < 17 && 'married child',
          person.phones.some((phone) => phone.from < firstSeen.get(person.id)! || phone.from > end) &&
            'phone out of time',
        ];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('never show one person in two households, nor anybody after death', () => {
    for (const year of years) {
      const seen = new Map<string, string>();
      for (const household of households) {
        const state = household.reviews.find(({ date }) => date === reviewDate(year));
        for (const { personId } of state?.members ?? []) {
          expect(seen.get(personId)).toBeUndefined();
          seen.set(personId, household.code);
        }
      }
      const dead = households.flatMap(({ people }) =>
        people.filter((person) => person.left === 'died' && person.to! <= reviewDate(year)),
      );
      expect(dead.filter(({ id }) => seen.has(id))).toEqual([]);
    }
  });

  it('note every death, split and move on its day, on both sides', () => {
    const wrong = broken((household) => [
      ...household.people
        .filter(({ left }) => left === 'died')
        .map((person) => !hasEvent(household, 'died', person.to!, person.id) && 'unnoted death'),
      ...household.homes.slice(1).map(({ from }) => !hasEvent(household, 'moved', from) && 'unnoted move'),
      household.to !== undefined && !hasEvent(household, household.endReason!, household.to) && 'unnoted end',
      ...household.events
        .filter(({ kind }) => kind === 'founded')
        .flatMap(({ date, other }) => {
          const parent = byCode.get(other!);
          const came = household.people.filter(({ from }) => from === date).map(({ id }) => id);
          const left = parent?.people.filter((one) => one.left === 'split' && one.to === date).map(({ id }) => id);
          return [
            household.parentCode !== other && 'parent code',
            household.from !== date && 'founded on another day',
            came.join() !== left?.join() && 'people lost on the way',
          ];
        }),
      household.events.some((event, at) => at > 0 && event.date < household.events[at - 1]!.date) &&
        'events out of order',
    ]);
    expect(wrong).toEqual([]);
  });

  it('go through the classes as people do', () => {
    const listedOnceAsPoor = (household: Household, before: string): boolean =>
      household.reviews.some(
        (review, at) =>
          review.date < before && (review.class === 'poor' || (at === 0 && review.class === 'newly_escaped')),
      );
    const wrong = reviewed((state, before, household) => {
      const had = listedOnceAsPoor(household, state.date);
      const began = household.reviews.find(
        (review, at) =>
          review.class === 'newly_escaped' &&
          household.reviews.slice(at).every(({ date, class: own }) => date > state.date || own === 'newly_escaped'),
      );
      const escaped = state.class === 'newly_escaped';
      return [
        escaped && before && before.class !== 'newly_escaped' && !had ? 'escaped without having been poor' : '',
        escaped && !before && state.date !== reviewDate(2021) ? 'escaped when first seen' : '',
        escaped && Number(state.date.slice(0, 4)) - Number(began!.date.slice(0, 4)) >= 3
          ? 'escaped for over 36 months'
          : '',
        state.origin && state.class !== 'poor' ? 'origin of a household that is not poor' : '',
        state.origin === 'relapsed' && (!had || before?.class === 'poor') ? 'relapsed without having escaped' : '',
        state.origin === 'newly_arising' && had ? 'newly arising, though it was poor before' : '',
      ].filter(Boolean);
    });
    expect(wrong).toEqual([]);
  });

  it('lack as many things as their class says, and own what they do not lack', () => {
    const wrong = reviewed((state, _before, household) => {
      const lacks = state.indicators.filter(Boolean).length + (state.oldHealthAccess ? 1 : 0);
      const asked = state.indicators.filter((one) => one !== null).length;
      return [
        state.b2 === 10 * lacks ? '' : 'B2 is not the count',
        asked === (state.standard === 'ND-07-2021' ? 12 : 9) ? '' : 'indicators of another standard',
        state.class === 'poor' && lacks < 3 ? 'poor with fewer than three' : '',
        state.class === 'near_poor' && lacks >= 3 ? 'near-poor with three' : '',
        state.indicators[11] === (state.devices.length === 0) ? '' : 'devices',
        state.indicators[10] === !state.devices.includes('smartphone') ? '' : 'internet',
        state.phones.length > 0 && household.people.every(({ phones }) => phones.length === 0) ? 'phone of nobody' : '',
      ].filter(Boolean);
    });
    expect(wrong).toEqual([]);
  });

  it('have numbers that nobody can have, each once', () => {
    const people = new Map(households.flatMap((household) => household.people.map((person) => [person.id, person])));
    const ids = [...people.values()].flatMap(({ idNumber }) => idNumber ?? []);
    const phones = [...people.values()].flatMap((person) => person.phones.map(({ number }) => number));
    expect(ids.filter((number) => !isSyntheticIdNumber(number))).toEqual([]);
    expect(phones.filter((number) => !isSyntheticPhone(number))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(phones).size).toBe(phones.length);
    expect(phones.length).toBeGreaterThan(5_000);
  });
});

describe('the seed', () => {
  it('gives the same people again, and another seed gives others', () => {
    const villages = exampleVillages.slice(0, 6);
    const of = (seed: number): string => JSON.stringify(generateLocality({ seed, villages }));
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
  });
});
