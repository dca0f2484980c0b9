import { addDays, type Day } from '../shared/dates.ts';
import { addPerson, type Life, note, openHousehold, type World } from './life.ts';
import { ageAt, livingIn, type Person, type VillageSpec } from './model.ts';
import { clanFor } from './names.ts';
import { groupFacts } from './profiles.ts';

/** Days of a year in rising order, so that what happens to a household happens one after the other. */
const openCalendar = (life: Life, from: Day, to: Day): (() => Day) => {
  let at = from;
  return () => {
    const left = Math.round((Date.parse(to) - Date.parse(at)) / 86_400_000);
    at = addDays(at, Math.min(left, 1 + Math.floor(life.roll.next() * left * 0.4)));
    return at;
  };
};

const dyingShare = (age: number): number => {
  if (age < 1) return 0.012;
  if (age < 50) return 0.0018;
  if (age < 65) return 0.007;
  return age < 80 ? 0.03 : 0.1;
};

const leave = (person: Person, date: Day, left: NonNullable<Person['left']>): void => {
  person.to = date;
  person.left = left;
};

const endHousehold = (life: Life, date: Day, reason: 'extinct' | 'dissolved' | 'moved-away'): void => {
  for (const person of livingIn(life.record, date)) leave(person, date, 'household-ended');
  life.record.to = date;
  life.record.endReason = reason;
  note(life, date, reason);
};

const births = (world: World, life: Life, next: () => Day, to: Day): void => {
  const people = livingIn(life.record, to);
  for (const mother of people) {
    const age = ageAt(mother.born.date, to);
    const father = people.find((person) => person.id === mother.spouseId);
    if (mother.sex === 'male' || !father || age < 19 || age > 41) continue;
    const had = people.filter((person) => person.motherId === mother.id);
    const recent = had.some((child) => ageAt(child.born.date, to) < 1);
    const share = groupFacts[life.record.ethnicity].births * (had.length >= 4 ? 0.4 : had.length >= 2 ? 0.8 : 1.3);
    if (recent || !life.roll.chance(share)) continue;
    const bornOn = next();
    const sex = life.roll.chance(0.51) ? 'male' : 'female';
    const clan = father.name.split(' ')[0]!;
    const child = addPerson(world, life, { sex, bornOn, at: bornOn, clan, father, mother });
    note(life, bornOn, 'born', { personId: child.id });
  }
};

/** Sons bring a wife into the house, daughters go to the house of a husband. */
const weddings = (world: World, life: Life, next: () => Day, to: Day): void => {
  for (const child of livingIn(life.record, to)) {
    const age = ageAt(child.born.date, to);
    const ofHouse = child.fatherId === life.headId || child.motherId === life.headId;
    const ripe = age >= (child.sex === 'male' ? 20 : 18) && age <= 30;
    if (!ofHouse || !ripe || child.spouseId || child.id === life.headId || !life.roll.chance(0.13)) continue;
    const date = next();
    if (child.sex === 'female') {
      leave(child, date, 'married-out');
      note(life, date, 'married-out', { personId: child.id });
      continue;
    }
    const bride = addPerson(world, life, {
      sex: 'female',
      age: Math.max(18, age - life.roll.int(0, 4)),
      at: date,
      since: date,
      clan: clanFor(life.roll, life.record.ethnicity, child.name.split(' ')[0]!),
      spouse: child,
    });
    note(life, date, 'married-in', { personId: bride.id });
  }
};

/** A married son founds a household of his own, with wife and children and a new code (tách hộ). */
const split = (world: World, life: Life, next: () => Day, to: Day): Life | undefined => {
  const people = livingIn(life.record, to);
  const son = people.find(
    (person) =>
      person.id !== life.headId &&
      (person.fatherId === life.headId || person.motherId === life.headId) &&
      people.some((wife) => wife.id === person.spouseId) &&
      ageAt(person.born.date, to) >= 21,
  );
  if (!son || people.length < 5 || !life.roll.chance(0.14)) return undefined;
  const date = next();
  const going = people.filter(
    (person) => person === son || person.id === son.spouseId || (person.fatherId === son.id && person.to === undefined),
  );
  const young = openHousehold(world, life.village, date, { ethnicity: life.record.ethnicity, parent: life });
  for (const person of going) {
    young.record.people.push({ ...person, from: date, phones: [...person.phones] });
    leave(person, date, 'split');
  }
  young.headId = son.id;
  young.hasDevice = life.hasDevice;
  young.online = life.online;
  young.wasPoor = false;
  note(life, date, 'split', { personId: son.id, other: young.record.code });
  note(young, date, 'founded', { personId: son.id, other: life.record.code });
  return young;
};

const deaths = (life: Life, next: () => Day, to: Day): void => {
  for (const person of livingIn(life.record, to)) {
    if (person.from > addDays(to, -300)) continue;
    if (!life.roll.chance(dyingShare(ageAt(person.born.date, to)))) continue;
    const date = next();
    leave(person, date, 'died');
    note(life, date, 'died', { personId: person.id });
    if (person.id === life.headId) succeed(life, person, date);
    if (life.record.to) return;
  }
};

/** After the head's death: the widow or widower, else the eldest grown person; without any the household ends. */
const succeed = (life: Life, dead: Person, date: Day): void => {
  const left = livingIn(life.record, date);
  if (left.length === 0) {
    endHousehold(life, date, 'extinct');
    return;
  }
  const grown = left
    .filter((person) => ageAt(person.born.date, date) >= 18)
    .sort((a, b) => (a.born.date < b.born.date ? -1 : 1));
  const able = grown.filter((person) => ageAt(person.born.date, date) < 75);
  const heir = left.find((person) => person.id === dead.spouseId) ?? able[0] ?? grown[0];
  if (!heir) {
    endHousehold(life, date, 'dissolved');
    return;
  }
  life.headId = heir.id;
  life.welfare = Math.max(0, life.welfare - 0.15);
  note(life, date, 'head-changed', { personId: heir.id });
};

/** To another village of the commune, to another commune, or away for good. */
const moves = (life: Life, next: () => Day, villages: readonly VillageSpec[]): void => {
  const drawn = life.roll.next();
  if (drawn < 0.0045) {
    endHousehold(life, next(), 'moved-away');
    return;
  }
  if (drawn > 0.0115) return;
  const own = life.village;
  const near = villages.filter((other) => other.key !== own.key && other.communeOldCode === own.communeOldCode);
  const far = villages.filter((other) => other.communeOldCode !== own.communeOldCode && other.profile === own.profile);
  const choice = far.length > 0 && (near.length === 0 || drawn > 0.0085) ? far : near;
  if (choice.length === 0) return;
  const date = next();
  life.village = life.roll.pick(choice);
  life.record.homes.push({ from: date, villageKey: life.village.key });
  note(life, date, 'moved', { other: life.village.key });
};

/** One year of one household, from the day after one review to the next; a household that split off, if any. */
export const liveYear = (
  world: World,
  life: Life,
  villages: readonly VillageSpec[],
  from: Day,
  to: Day,
): Life | undefined => {
  const next = openCalendar(life, from, to);
  life.welfare = Math.min(1, Math.max(0, life.welfare + life.roll.normal(0.01, 0.05)));
  const young = split(world, life, next, to);
  weddings(world, life, next, to);
  births(world, life, next, to);
  deaths(life, next, to);
  if (!life.record.to) moves(life, next, villages);
  return young;
};
