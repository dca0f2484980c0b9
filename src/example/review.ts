import { addDays, type Day } from '../shared/dates.ts';
import { lacksAt } from './indicators.ts';
import { type Life, LUCK, later, note, type World } from './life.ts';
import {
  ageAt,
  communeOf,
  type Device,
  livingIn,
  type MemberState,
  type Person,
  type Relation,
  type ReviewState,
  type Standard,
  standardOf,
} from './model.ts';
import { groupFacts } from './profiles.ts';
import { drawn } from './random.ts';

const relationTo = (head: Person, person: Person, people: readonly Person[]): Relation => {
  if (person.id === head.id) return 'head';
  if (person.id === head.spouseId) return person.sex === 'male' ? 'husband' : 'wife';
  const children = people.filter((other) => other.fatherId === head.id || other.motherId === head.id);
  if (children.includes(person)) return 'child';
  if (children.some((child) => child.spouseId === person.id)) return 'child-in-law';
  if (children.some((child) => child.id === person.fatherId || child.id === person.motherId)) return 'grandchild';
  return person.id === head.fatherId || person.id === head.motherId ? 'parent' : 'other';
};

/** Devices and the internet come over the years and stay; so does a phone number the commune knows of. */
const acquire = (world: World, life: Life, people: readonly Person[], date: Day): void => {
  const facts = groupFacts[life.record.ethnicity];
  const years = Math.max(0, Number(date.slice(0, 4)) - 2021);
  const need = 1.45 - life.welfare;
  if (life.luck[LUCK.device]! >= facts.noDevice * need * 0.77 ** years) life.hasDevice = true;
  if (life.hasDevice && life.luck[LUCK.internet]! >= facts.offline * need * 0.84 ** years) life.online = true;
  const users = people.filter((person) => ageAt(person.born.date, date) >= 15 && ageAt(person.born.date, date) < 72);
  const known = users.filter((person) => person.phones.length > 0).length;
  const phones = devicesOf(life).some((device) => device === 'mobile' || device === 'smartphone');
  if (!phones || users.length === 0 || known >= 3 || !life.roll.chance(known === 0 ? 0.62 : 0.08)) return;
  const without = users.filter((person) => person.phones.length === 0);
  const owner = without.find((person) => person.id === life.headId) ?? without[0];
  if (!owner) return;
  const first = life.record.reviews.length === 0;
  const from = first ? life.record.from : addDays(date, -life.roll.int(0, 30));
  const since = later(from, owner.from);
  // A few of the numbers of 2021 are still written with eleven digits, as they were given out before 2018.
  const old = standardOf(Number(date.slice(0, 4))) === 'QD-59-2015' && life.roll.chance(0.12);
  const number = old ? world.numbers.oldMobile() : world.numbers.mobile();
  owner.phones.push({ number, from: since });
  note(life, since, 'phone', { personId: owner.id });
};

const devicesOf = (life: Life): Device[] => {
  if (!life.hasDevice) return [];
  const owned: Device[] = [];
  if (life.luck[LUCK.tv]! < 0.62) owned.push('tv');
  if (life.luck[LUCK.radio]! < 0.14) owned.push('radio');
  if (life.online) owned.push('smartphone');
  if (life.luck[LUCK.mobile]! < 0.6 || owned.length === 0) owned.push('mobile');
  return owned;
};

const schoolOf = (person: Person, age: number, out: boolean, poorlySchooled: boolean): string => {
  if (age < 3) return '';
  if (age < 16)
    return out ? 'bỏ học' : age < 6 ? 'mẫu giáo' : age < 11 ? `lớp ${age - 5}` : `lớp ${Math.min(9, age - 5)}`;
  if (!person.reads) return 'không biết chữ';
  if (poorlySchooled && age <= 30) return 'tiểu học';
  if (age < 18) return `lớp ${Math.min(12, age - 5)}`;
  return age <= 30 ? 'THPT' : age <= 50 ? 'THCS' : 'tiểu học';
};

const jobOf = (life: Life, person: Person, age: number, idle: boolean): string => {
  if (age < 16) return '';
  if (person.disabled || age >= 75) return 'không lao động được';
  if (idle) return 'chưa có việc làm';
  if (age < 18) return 'đi học';
  return /công chức|buôn bán|dịch vụ|làm thuê/u.test(life.livelihood) ? life.livelihood : 'làm nông nghiệp';
};

/** The members, so that what is said of each agrees with what the household lacks. */
const membersOf = (
  life: Life,
  people: readonly Person[],
  lacks: readonly (boolean | null)[],
  date: Day,
): MemberState[] => {
  const head = people.find((person) => person.id === life.headId)!;
  const ages = new Map(people.map((person) => [person.id, ageAt(person.born.date, date)]));
  const first = (from: number, to: number): string | undefined =>
    people.findLast((person) => ages.get(person.id)! >= from && ages.get(person.id)! < to)?.id;
  const uninsured = lacks[3] ? first(6, 200) : undefined;
  const outOfSchool = lacks[5] ? first(3, 16) : undefined;
  const idle = lacks[0] ? first(16, 60) : undefined;
  return people.map((person) => {
    const age = ages.get(person.id)!;
    return {
      personId: person.id,
      relation: relationTo(head, person, people),
      school: schoolOf(person, age, person.id === outOfSchool, lacks[4] === true),
      job: jobOf(life, person, age, person.id === idle),
      insured: person.id !== uninsured,
    };
  });
};

/** Points of the survey form. Cut-offs: QĐ 59/2015 rural 120 and 150, urban 140 and 175; NĐ 07/2021 rural 140, urban 175. */
const incomePoints = (life: Life, standard: Standard, urban: boolean, date: Day): number => {
  const step = (from: number, to: number): number =>
    from + 5 * Math.floor(drawn(life.record.code, 'b1', life.class, date) * ((to - from) / 5 + 1));
  const top = standard === 'QD-59-2015' ? (urban ? 175 : 150) : urban ? 175 : 140;
  const poor = standard === 'QD-59-2015' ? top - 30 : top;
  if (life.class === 'poor') return step(poor - 60, poor);
  if (life.class === 'near_poor') return standard === 'QD-59-2015' ? step(poor + 5, top) : step(top - 40, top);
  return life.class === 'newly_escaped' ? step(top + 5, top + 30) : step(top + 10, top + 90);
};

const CAUSES = ['thiếu đất', 'thiếu vốn', 'thiếu công cụ', 'thiếu kiến thức', 'thiếu kỹ năng', 'ốm đau/tai nạn'];
const NEEDS = ['vay vốn', 'con giống', 'cây giống', 'học nghề', 'sửa nhà', 'nhà vệ sinh', 'nước sạch', 'phân bón'];

const languagesOf = (life: Life, people: readonly Person[], date: Day): { understood: string[]; read: string[] } => {
  const facts = groupFacts[life.record.ethnicity];
  const reads = people.some((person) => person.reads && ageAt(person.born.date, date) >= 15);
  const speaks = reads || life.luck[LUCK.speaks]! < facts.speaksVietnamese;
  const own = facts.language === 'vi' ? [] : [facts.language];
  return { understood: speaks ? [...own, 'vi'] : own, read: reads ? ['vi'] : [] };
};

/** What the review of this date writes down about the household. */
export const reviewHousehold = (world: World, life: Life, date: Day): ReviewState => {
  const year = Number(date.slice(0, 4));
  const standard = standardOf(year);
  const people = livingIn(life.record, date);
  const urban = life.village.profile === 'town' && date < '2025-07-01';
  acquire(world, life, people, date);
  const lacks = lacksAt(life, people, date, standard);
  const languages = languagesOf(life, people, date);
  const listed = life.class !== 'not_poor';
  const poorish = life.class === 'poor' || life.class === 'near_poor';
  const pick = (list: readonly string[], salt: string): string =>
    list[Math.floor(drawn(life.record.code, salt) * list.length)]!;
  const causes = [
    ...new Set([...(life.noLabour ? ['thiếu lao động'] : []), pick(CAUSES, 'cause'), pick(CAUSES, 'second')]),
  ];
  const groups = [
    ...(life.record.ethnicity === 'Kinh' ? [] : ['DTTS']),
    ...(people.some((person) => person.disabled) ? ['BTXH'] : []),
    ...(life.luck[LUCK.merit]! < 0.015 ? ['người có công'] : []),
    ...(life.noLabour ? ['không có khả năng lao động'] : []),
  ];
  const book = communeOf(life.village, date);
  return {
    date,
    villageKey: life.village.key,
    headId: life.headId,
    members: membersOf(life, people, lacks.twelve, date),
    class: life.class,
    ...(life.origin ? { origin: life.origin } : {}),
    standard,
    b1: incomePoints(life, standard, urban, date),
    b2: lacks.count * 10,
    indicators: lacks.twelve,
    ...(standard === 'QD-59-2015' ? { oldHealthAccess: lacks.oldHealthAccess } : {}),
    languages: languages.understood,
    languagesRead: languages.read,
    devices: devicesOf(life),
    livelihood: life.livelihood,
    causes: poorish ? causes : [],
    needs: poorish ? pick(NEEDS, `need${year}`) : '',
    groups,
    phones: people.flatMap((person) => person.phones.map((phone) => phone.number)),
    ...(listed ? { decisionNumber: `MP-${book}/${year}/QĐ-UBND` } : {}),
    ...(poorish ? { certificateNumber: `MP-${life.record.code}` } : {}),
  };
};
