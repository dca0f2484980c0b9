import type { Day } from '../../shared/dates.ts';
import type { Rule } from '../audiences/index.ts';
import type { Line } from '../plans/index.ts';

/** The day under which today's cells are kept: they follow every change, so no date is theirs. */
export const NOW = 'infinity';

export const facets = ['all', 'class', 'language'] as const;

export type Facet = (typeof facets)[number];

/** What is counted of the subjects of a line in a place. Distinct subjects, never audiences of channels added up. */
export interface Numbers {
  /** In the line's audience on that day. */
  readonly n: number;
  /** Area evidence met them; a column of its own, never part of the stages. */
  readonly couldHear: number;
  /** At this stage or better. */
  readonly s2: number;
  readonly s3: number;
  readonly s4: number;
  readonly s5: number;
  /** Of these, known by a mere declaration only. */
  readonly d2: number;
  readonly d3: number;
  readonly d4: number;
  readonly d5: number;
  /** Neither in nor out: something the rule asks for is not known. */
  readonly unknown: number;
}

const numberNames = [
  'n',
  'couldHear',
  's2',
  's3',
  's4',
  's5',
  'd2',
  'd3',
  'd4',
  'd5',
  'unknown',
] as const satisfies readonly (keyof Numbers)[];

/** Of a place: facet `all` has the value '', `class` and `language` one row a value ('unknown' when nobody knows). */
export interface Cell extends Numbers {
  readonly placeId: string;
  readonly facet: Facet;
  readonly value: string;
}

/** Whose reach is asked for: the line's audience as of a day, in these of its places. */
export interface Scope {
  readonly line: Pick<Line, 'lineId' | 'messageId' | 'edition'>;
  readonly rule: Rule;
  readonly on: Day;
  readonly today: Day;
  /** Own places of subjects (villages; for officers also communes and up). */
  readonly placeIds: readonly string[];
}

export const nothing: Numbers = {
  n: 0,
  couldHear: 0,
  s2: 0,
  s3: 0,
  s4: 0,
  s5: 0,
  d2: 0,
  d3: 0,
  d4: 0,
  d5: 0,
  unknown: 0,
};

/** The numbers alone. */
export const numbersOf = ({ n, couldHear, s2, s3, s4, s5, d2, d3, d4, d5, unknown }: Numbers): Numbers => ({
  n,
  couldHear,
  s2,
  s3,
  s4,
  s5,
  d2,
  d3,
  d4,
  d5,
  unknown,
});

/** Subjects live in one place at a time, so places may be added up; values of a facet may not (one household, two languages). */
export const addUp = (all: readonly Numbers[]): Numbers => {
  const sum: { -readonly [K in keyof Numbers]: number } = { ...nothing };
  for (const each of all) for (const name of numberNames) sum[name] += each[name];
  return sum;
};

/** A rate of nobody is no rate. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
