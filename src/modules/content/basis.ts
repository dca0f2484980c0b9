import { z } from 'zod';
import { type Day, isDay } from '../../shared/dates.ts';
import { clean } from '../../shared/text.ts';

const line = (max: number) => z.string().transform(clean).pipe(z.string().min(1).max(max));
const day = z.string().refine(isDay, { error: 'not-a-day' });

/** `unconfirmed` = nobody has held it against the document itself; shown as such until an officer confirms it. */
export const marks = ['verified', 'unconfirmed'] as const;

/** A law, decree, resolution or plan that a message rests on. A law may be named by its title alone: number is what people cite. */
export const basisSchema = z
  .strictObject({
    number: line(100),
    /** Of signing; a few documents are cited without one. */
    date: day.nullable().default(null),
    issuer: line(200),
    title: line(500),
    validFrom: day.nullable().default(null),
    /** The last day it applies; null = until something replaces it. */
    validTo: day.nullable().default(null),
    mark: z.enum(marks).default('unconfirmed'),
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
    path: ['validTo'],
    error: 'basis.ends-before',
  });

export const basesSchema = z.array(basisSchema).max(30);

export type Basis = z.output<typeof basisSchema>;

/** Does it apply on that day? An end that is not known is no end. */
export const appliesOn = ({ validFrom, validTo }: Basis, on: Day): boolean =>
  (validFrom === null || validFrom <= on) && (validTo === null || on <= validTo);
