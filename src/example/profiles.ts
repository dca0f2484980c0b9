import type { Ethnicity, Profile, Sex } from './model.ts';

type Weights<T> = readonly (readonly [T, number])[];

interface ProfileFacts {
  readonly ethnicities: Weights<Ethnicity>;
  /** Share of households found poor in 2022, where nothing is known of the commune. */
  readonly poor: number;
  /** How common a lack of the thing is among the poor there, the twelve indicators in order; 0 where derived from facts. */
  readonly lacks: readonly number[];
  readonly livelihoods: Weights<string>;
}

const HIGHLAND_LACKS = [0.45, 0, 0.42, 0.12, 0.55, 0.16, 0.5, 0.46, 0.36, 0.72, 0, 0];

/** Invented so that the whole agrees with what is published of the district: Mông 77 %, Thái 16 %, others 7 %. */
export const profileFacts: Readonly<Record<Profile, ProfileFacts>> = {
  'highland-mong': {
    ethnicities: [
      ['Mông', 0.955],
      ['Thái', 0.025],
      ['Kinh', 0.006],
      ['Khơ Mú', 0.01],
      ['Dao', 0.004],
    ],
    poor: 0.72,
    lacks: HIGHLAND_LACKS,
    livelihoods: [
      ['ruộng bậc thang', 30],
      ['trồng ngô', 22],
      ['nuôi trâu, bò', 16],
      ['chè shan tuyết', 9],
      ['trồng sắn', 8],
      ['trồng quế', 6],
      ['nuôi lợn, gà', 6],
      ['làm thuê', 3],
    ],
  },
  'valley-thai': {
    ethnicities: [
      ['Thái', 0.86],
      ['Mông', 0.06],
      ['Kinh', 0.035],
      ['Khơ Mú', 0.02],
      ['Tày', 0.015],
      ['Mường', 0.01],
    ],
    poor: 0.3,
    lacks: HIGHLAND_LACKS.map((share) => share * 0.8),
    livelihoods: [
      ['trồng lúa nước', 38],
      ['trồng ngô', 15],
      ['nuôi lợn, gà', 14],
      ['trồng sắn', 10],
      ['nuôi trâu, bò', 9],
      ['làm thuê', 8],
      ['dệt thổ cẩm', 4],
      ['dịch vụ du lịch', 2],
    ],
  },
  town: {
    ethnicities: [
      ['Kinh', 0.5],
      ['Thái', 0.26],
      ['Mông', 0.14],
      ['Tày', 0.05],
      ['Mường', 0.05],
    ],
    poor: 0.12,
    lacks: HIGHLAND_LACKS.map((share) => share * 0.7),
    livelihoods: [
      ['buôn bán nhỏ', 38],
      ['làm thuê', 26],
      ['công chức, viên chức', 18],
      ['dịch vụ', 10],
      ['nuôi lợn, gà', 8],
    ],
  },
  'midland-mixed': {
    ethnicities: [
      ['Tày', 0.32],
      ['Dao', 0.26],
      ['Kinh', 0.3],
      ['Thái', 0.06],
      ['Mông', 0.06],
    ],
    poor: 0.14,
    lacks: HIGHLAND_LACKS.map((share) => share * 0.75),
    livelihoods: [
      ['trồng quế', 34],
      ['trồng lúa nước', 26],
      ['nuôi lợn, gà', 14],
      ['trồng sắn', 10],
      ['buôn bán nhỏ', 8],
      ['làm thuê', 8],
    ],
  },
};

interface GroupFacts {
  readonly language: string;
  /** Chance of a birth in a year for a married woman of 18 to 40. */
  readonly births: number;
  /** Years between brothers and sisters in a household of the first review. */
  readonly spacing: number;
  /** Share without any device at the end of 2021, and without use of the internet. */
  readonly noDevice: number;
  readonly offline: number;
  readonly speaksVietnamese: number;
  /** Readers of Vietnamese among men by age: 10-29, 30-44, 45-59, 60 and over; women are fewer by the second row. */
  readonly readers: readonly [readonly number[], readonly number[]];
}

const LOWLAND: GroupFacts = {
  language: 'vi',
  births: 0.075,
  spacing: 4,
  noDevice: 0.02,
  offline: 0.2,
  speaksVietnamese: 1,
  readers: [
    [0.99, 0.99, 0.98, 0.95],
    [1, 1, 1, 0.95],
  ],
};

const HILL: GroupFacts = {
  ...LOWLAND,
  births: 0.09,
  spacing: 3.2,
  noDevice: 0.09,
  offline: 0.42,
  speaksVietnamese: 0.97,
  readers: [
    [0.97, 0.94, 0.88, 0.66],
    [1, 0.97, 0.9, 0.7],
  ],
};

/**
 * Reading: about 54 % of Mông people over 15 and 81 % of all minority people read Vietnamese (survey of the 53 ethnic
 * minorities, 2019). Devices are invented.
 */
export const groupFacts: Readonly<Record<Ethnicity, GroupFacts>> = {
  Mông: {
    language: 'hmn',
    births: 0.14,
    spacing: 2.85,
    noDevice: 0.26,
    offline: 0.7,
    speaksVietnamese: 0.72,
    readers: [
      [0.82, 0.61, 0.38, 0.16],
      [0.87, 0.66, 0.38, 0.2],
    ],
  },
  Thái: { ...HILL, language: 'blt' },
  'Khơ Mú': { ...HILL, language: 'kjg', noDevice: 0.16 },
  Tày: { ...HILL, language: 'tyz', noDevice: 0.05, speaksVietnamese: 1 },
  Mường: { ...HILL, language: 'mtq', noDevice: 0.05, speaksVietnamese: 1 },
  Dao: { ...HILL, language: 'ium', noDevice: 0.12 },
  Kinh: LOWLAND,
};

export const readingShare = (ethnicity: Ethnicity, sex: Sex, age: number): number => {
  const [men, women] = groupFacts[ethnicity].readers;
  const row = age < 30 ? 0 : age < 45 ? 1 : age < 60 ? 2 : 3;
  return men[row]! * (sex === 'female' ? women[row]! : 1);
};

/** How poor a year is against 2022 under its own standard: 62 % falls by 6.75 points a year; 2021 is the older, lower bar. */
export const poorLevel = (year: number): number =>
  year <= 2021 ? 0.55 : Math.max(0.15, 1 - (year - 2022) * (0.0675 / 0.62));
