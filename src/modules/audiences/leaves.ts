import { z } from 'zod';
import { spokenLanguages, stages } from '../../shared/channels.ts';
import { isDay } from '../../shared/dates.ts';
import { clean, fold } from '../../shared/text.ts';
import { listedClasses } from '../registry/index.ts';

/** What a condition may be about, and what it takes. A leaf is `{ <name>: <value> }`. */

const origins = ['relapsed', 'newly_arising'] as const;
const devices = ['tv', 'radio', 'mobile', 'smartphone', 'computer'] as const;
const INDICATORS = 12;

const MOST_TEXTS = 200;
const MOST_CODES = 5_000;
const OLDEST = 150;

const text = z
  .string({ error: 'rule.value' })
  .transform(clean)
  .pipe(z.string().min(1, { error: 'rule.value' }).max(200, { error: 'rule.value' }))
  // Signs alone would be found in every text.
  .refine((value) => fold(value) !== '', { error: 'rule.value' });

const listOf = <T extends z.ZodType>(each: T, most = MOST_TEXTS) =>
  z.array(each, { error: 'rule.list' }).min(1, { error: 'rule.list' }).max(most, { error: 'rule.list' });

const oneOf = <const T extends readonly string[]>(values: T, error: string) => z.enum(values, { error });

const whole = (min: number, max: number, error = 'rule.number') =>
  z.int({ error }).min(min, { error }).max(max, { error });

const day = z.string({ error: 'not-a-day' }).refine(isDay, { error: 'not-a-day' });
const yesNo = z.boolean({ error: 'rule.yes-no' });

const keysOf = (value: object): string[] =>
  Object.entries(value).flatMap(([key, of]) => (of === undefined ? [] : [key]));

/** Of a list that a household has: one of these in it, none of these in it, or (known to have) nothing at all. */
const several = <T extends z.ZodType>(each: T) =>
  z
    .strictObject(
      {
        some: listOf(each).optional(),
        none: listOf(each).optional(),
        nothing: z.literal(true, { error: 'rule.value' }).optional(),
      },
      { error: 'rule.shape' },
    )
    .refine((value) => keysOf(value).length === 1, { error: 'rule.one-of' });

/** Of a text as people typed it: the whole of it (however capitalised), or words in it (diacritics aside). */
const texts = z
  .strictObject({ in: listOf(text).optional(), contains: listOf(text).optional() }, { error: 'rule.shape' })
  .refine((value) => keysOf(value).length === 1, { error: 'rule.one-of' });

const span = (most: number) =>
  z
    .strictObject({ min: whole(1, most).optional(), max: whole(0, most).optional() }, { error: 'rule.shape' })
    .refine(({ min, max }) => min !== undefined || max !== undefined, { error: 'rule.one-of' })
    .refine(({ min, max }) => min === undefined || max === undefined || min <= max, { error: 'rule.span' });

const since = z
  .strictObject(
    { from: day.optional(), until: day.optional(), months: whole(1, 600).optional() },
    { error: 'rule.shape' },
  )
  .refine((value) => keysOf(value).length > 0 && (value.months === undefined || keysOf(value).length === 1), {
    error: 'rule.one-of',
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, { error: 'rule.span' });

/** A stage is 2 delivered, 3 attended, 4 understood, 5 acted; without an edition any of them counts. */
const reached = z.strictObject(
  {
    message: text,
    edition: whole(1, 10_000).optional(),
    stage: z.literal(stages, { error: 'rule.stage' }),
  },
  { error: 'rule.shape' },
);

const languages = several(oneOf(spokenLanguages, 'rule.language'));

const everybody = {
  place: listOf(z.uuid({ error: 'place' })),
  /** As it stands in the register of places: `special-difficulty`, `zone-III` … */
  status: listOf(text),
  mobile: yesNo,
  contactable: yesNo,
  languages,
  languagesRead: languages,
  code: listOf(text, MOST_CODES),
  reached,
};

const households = {
  class: listOf(oneOf(listedClasses, 'rule.class')),
  classSince: since,
  origin: listOf(oneOf(origins, 'rule.origin')),
  lacks: whole(1, INDICATORS, 'rule.indicator'),
  lacksAtLeast: whole(1, INDICATORS, 'rule.indicator'),
  ethnicity: listOf(text),
  devices: several(oneOf(devices, 'rule.device')),
  livelihood: texts,
  size: span(100),
  groups: several(text),
};

const officers = { body: texts, post: texts };

const people = {
  age: span(OLDEST),
  sex: oneOf(['male', 'female'], 'rule.value'),
  relation: texts,
  ethnicity: listOf(text),
  school: texts,
  job: texts,
  insured: yesNo,
  disabled: yesNo,
  reads: yesNo,
};

type Values<T extends Record<string, z.ZodType>> = { readonly [K in keyof T]: z.output<T[K]> };
type LeafOf<V> = { [K in keyof V]: { readonly [P in K]: V[K] } }[keyof V];

const ofSubjects = { ...everybody, ...households, ...officers };

/** Values of the leaves over a subject, and over a member of a household. */
export type LeafValues = Values<typeof ofSubjects>;
export type PersonValues = Values<typeof people>;
export type Leaf = LeafOf<LeafValues>;
export type PersonLeaf = LeafOf<PersonValues>;
export type Several = LeafValues['groups'];
export type Texts = LeafValues['livelihood'];
export type Span = LeafValues['size'];

export const leafSchemas: Readonly<Record<'household' | 'officer' | 'person', Readonly<Record<string, z.ZodType>>>> = {
  household: { ...everybody, ...households },
  officer: { ...everybody, ...officers },
  person: people,
};
