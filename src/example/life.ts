import { addDays, type Day, type PartialDate } from '../shared/dates.ts';
import {
  ageAt,
  type Ethnicity,
  type EventKind,
  type Household,
  livingIn,
  type Origin,
  type Person,
  type PovertyClass,
  type Sex,
  type VillageSpec,
} from './model.ts';
import { clanFor, nameFor } from './names.ts';
import type { NumberBook } from './numbers.ts';
import { groupFacts, profileFacts, readingShare } from './profiles.ts';
import { type Dice, dice } from './random.ts';

/** A household while its years are being played: the record, and what only the player knows. */
export interface Life {
  readonly record: Household;
  readonly roll: Dice;
  /** Drawn once: below the share of a lack, the household has it. Twelve indicators, then what else is drawn once. */
  readonly luck: readonly number[];
  village: VillageSpec;
  headId: string;
  /** 0 (poorest) to 1; drifts. Only orders households among each other. */
  welfare: number;
  livelihood: string;
  hasDevice: boolean;
  online: boolean;
  noLabour: boolean;
  class: PovertyClass;
  origin: Origin | undefined;
  wasPoor: boolean;
  escapedOn: Day | undefined;
  nextPerson: number;
}

export const LUCK = {
  health: 12,
  device: 13,
  internet: 14,
  speaks: 15,
  tv: 16,
  radio: 17,
  mobile: 18,
  merit: 19,
} as const;

/** What all households of a run share. */
export interface World {
  readonly seed: number;
  readonly numbers: NumberBook;
  /** The next code in the book of a village. */
  readonly nextCode: (village: VillageSpec) => string;
}

export const note = (
  life: Life,
  date: Day,
  kind: EventKind,
  more: { personId?: string; other?: string } = {},
): void => {
  life.record.events.push({ date, kind, code: life.record.code, ...more });
};

/** An empty household of a village, its fortunes drawn. */
export const openHousehold = (
  world: World,
  village: VillageSpec,
  from: Day,
  of: { ethnicity?: Ethnicity; parent?: Life } = {},
): Life => {
  const code = world.nextCode(village);
  const roll = dice(world.seed, 'household', code);
  const facts = profileFacts[village.profile];
  const ethnicity = of.ethnicity ?? roll.weighted(facts.ethnicities);
  const standing = ethnicity === 'Kinh' ? 0.72 : ethnicity === 'Mông' ? 0.42 : 0.55;
  const welfare = of.parent ? of.parent.welfare - 0.02 : standing;
  return {
    record: {
      code,
      ethnicity,
      from,
      ...(of.parent ? { parentCode: of.parent.record.code } : {}),
      homes: [{ from, villageKey: village.key }],
      people: [],
      reviews: [],
      events: [],
    },
    roll,
    luck: Array.from({ length: 20 }, () => roll.next()),
    village,
    headId: '',
    welfare: Math.min(1, Math.max(0, roll.normal(welfare, of.parent ? 0.08 : 0.2))),
    livelihood: roll.weighted(facts.livelihoods),
    hasDevice: false,
    online: false,
    noLabour: false,
    class: 'not_poor',
    origin: undefined,
    wasPoor: false,
    escapedOn: undefined,
    nextPerson: 1,
  };
};

/** Of many older people only the year of birth is known; `date` is then its first day. */
const knownBirth = (roll: Dice, day: Day, ethnicity: Ethnicity): PartialDate => {
  const year = Number(day.slice(0, 4));
  const vague = (year < 1975 ? 0.55 : year < 1995 ? 0.2 : 0.03) * (ethnicity === 'Kinh' ? 0.2 : 1);
  const drawn = roll.next();
  if (drawn < vague) return { date: `${year}-01-01`, precision: 'year' };
  if (drawn < vague * 1.1) return { date: `${day.slice(0, 7)}-01`, precision: 'month' };
  return { date: day, precision: 'day' };
};

export const later = (a: Day, b: Day): Day => (a > b ? a : b);

export interface NewPerson {
  readonly sex: Sex;
  /** Full years at `at`; or the very day of birth. */
  readonly age?: number;
  readonly bornOn?: Day;
  readonly at: Day;
  /** Since when in the household; without it since the household or the person began. */
  readonly since?: Day;
  readonly clan: string;
  readonly father?: Person;
  readonly mother?: Person;
  readonly spouse?: Person;
}

export const addPerson = (world: World, life: Life, of: NewPerson): Person => {
  const { roll, record } = life;
  const ethnicity = record.ethnicity;
  const lived = Math.floor((of.age ?? 0) * 365.25) + roll.int(1, 360);
  const born: PartialDate = of.bornOn
    ? { date: of.bornOn, precision: 'day' }
    : knownBirth(roll, addDays(of.at, -lived), ethnicity);
  const age = ageAt(born.date, of.at);
  const known = roll.chance(age >= 14 ? 0.93 : 0.55);
  const person: Person = {
    id: `${record.code}-${life.nextPerson++}`,
    name: nameFor(roll, ethnicity, of.sex, of.clan),
    sex: of.sex,
    born,
    ethnicity,
    ...(known ? { idNumber: world.numbers.idNumber(born, of.sex) } : {}),
    ...(of.father ? { fatherId: of.father.id } : {}),
    ...(of.mother ? { motherId: of.mother.id } : {}),
    reads: roll.chance(readingShare(ethnicity, of.sex, age)),
    disabled: roll.chance(age >= 60 ? 0.08 : 0.015),
    from: of.bornOn ?? of.since ?? later(born.date, record.from),
    phones: [],
  };
  if (of.spouse) marry(person, of.spouse);
  record.people.push(person);
  return person;
};

const marry = (one: Person, other: Person): void => {
  one.spouseId = other.id;
  other.spouseId = one.id;
};

const clanOf = (person: Person): string => person.name.split(' ')[0]!;

/** Children of a couple, as many as the mother's years allow; grown daughters and most grown sons have left already. */
const addChildren = (world: World, life: Life, father: Person | undefined, mother: Person, at: Day): Person[] => {
  const { roll } = life;
  const age = ageAt(mother.born.date, at);
  const spacing = groupFacts[life.record.ethnicity].spacing;
  const children: Person[] = [];
  let bornAt = Math.max(18, Math.round(roll.normal(20, 1.5)));
  const last = Math.min(age - 1, roll.int(24, 36));
  while (bornAt <= last && children.length < 7) {
    const childAge = age - bornAt - 1;
    const home = childAge < 18 ? 0.985 : childAge < 23 ? 0.5 : 0.18;
    if (childAge >= 0 && roll.chance(home)) {
      const sex: Sex = roll.chance(childAge >= 18 ? 0.75 : 0.51) ? 'male' : 'female';
      const clan = clanOf(father ?? mother);
      const parents = father ? { father, mother } : { mother };
      children.push(addPerson(world, life, { sex, age: childAge, at, clan, ...parents }));
    }
    bornAt += Math.max(1, Math.round(roll.normal(spacing, 1)));
  }
  return children;
};

/** The family of a household as the first review finds it: head, husband or wife, children, perhaps old parents. */
export const settleFamily = (world: World, life: Life, at: Day): void => {
  const { roll, record } = life;
  const headAge = Math.min(84, Math.max(20, Math.round(roll.normal(40, 13))));
  const widow = roll.chance(headAge > 55 ? 0.2 : 0.06);
  const clan = clanFor(roll, record.ethnicity);
  const head = addPerson(world, life, { sex: widow ? 'female' : 'male', age: headAge, at, clan });
  life.headId = head.id;
  const married = !widow && roll.chance(headAge < 62 ? 0.95 : 0.68);
  const wifeAge = Math.max(18, headAge - roll.int(-1, 4));
  const wife = married
    ? addPerson(world, life, {
        sex: 'female',
        age: wifeAge,
        at,
        clan: clanFor(roll, record.ethnicity, clan),
        spouse: head,
      })
    : undefined;
  const mother = wife ?? (widow ? head : undefined);
  const children = mother ? addChildren(world, life, widow ? undefined : head, mother, at) : [];
  const heir = children.find((child) => child.sex === 'male' && ageAt(child.born.date, at) >= 20);
  if (heir && roll.chance(0.6)) {
    const age = Math.max(18, ageAt(heir.born.date, at) - roll.int(0, 3));
    const clanOfBride = clanFor(roll, record.ethnicity, clan);
    const bride = addPerson(world, life, { sex: 'female', age, at, clan: clanOfBride, spouse: heir });
    addChildren(world, life, heir, bride, at);
  }
  if (headAge < 48 && roll.chance(0.2)) addElder(world, life, head, at);
  life.noLabour = livingIn(record, at).every((person) => {
    const age = ageAt(person.born.date, at);
    return age < 15 || age >= 65 || person.disabled;
  });
};

const addElder = (world: World, life: Life, head: Person, at: Day): void => {
  const { roll } = life;
  const age = ageAt(head.born.date, at) + roll.int(19, 32);
  const sex: Sex = roll.chance(0.65) ? 'female' : 'male';
  const clan = sex === 'male' ? clanOf(head) : clanFor(roll, life.record.ethnicity, clanOf(head));
  const elder = addPerson(world, life, { sex, age, at, clan });
  // The pointer goes from child to parent, and the child is there first.
  Object.assign(head, sex === 'male' ? { fatherId: elder.id } : { motherId: elder.id });
};
