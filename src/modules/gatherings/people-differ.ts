/** More than so many people of each household on the list, and so many more than households, hardly come. */
const MOST = { perHousehold: 10, more: 50 } as const;

/**
 * Do the number of people who came and the households on the list tell of two different meetings? Fewer people than
 * households cannot be, so one of the two was mistyped; far more is asked about. Pure.
 */
export const peopleDiffer = (people: number | null, households: number): boolean =>
  people !== null &&
  people > 0 &&
  households > 0 &&
  (people < households || (people > households * MOST.perHousehold && people - households > MOST.more));
