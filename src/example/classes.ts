import type { Day } from '../shared/dates.ts';
import { type Life, note } from './life.ts';
import { type EventKind, type Origin, type PovertyClass, standardOf } from './model.ts';

/** How many households of a commune a review is to find poor and near-poor. */
export interface Targets {
  readonly poor: number;
  readonly nearPoor: number;
}

interface Round {
  readonly date: Day;
  readonly lives: readonly Life[];
  readonly targets: Targets;
}

// Policies for "newly escaped" households run for at most 36 months.
const ESCAPE_YEARS = 3;

const enter = (life: Life, to: PovertyClass, date: Day, kind?: EventKind, origin?: Origin): void => {
  life.class = to;
  life.origin = origin;
  life.escapedOn = to === 'newly_escaped' ? date : undefined;
  if (to === 'poor') life.wasPoor = true;
  if (kind) note(life, date, kind);
};

/** Poorest first: what was drawn for a household, and a little of the chance of the year. */
const poorestFirst = (lives: readonly Life[]): Life[] =>
  lives
    .map((life) => ({ life, score: life.welfare + life.roll.normal(0, 0.06) - (life.noLabour ? 0.3 : 0) }))
    .sort((a, b) => a.score - b.score || (a.life.record.code < b.life.record.code ? -1 : 1))
    .map(({ life }) => life);

const inClass = (lives: readonly Life[], wanted: PovertyClass): Life[] => lives.filter((life) => life.class === wanted);

/** The first review of the run: poor, near-poor and the newly escaped of that year, by rank. */
export const firstClasses = ({ date, lives, targets }: Round): void => {
  const ranked = poorestFirst(lives);
  const escaped = Math.round(0.06 * lives.length);
  ranked.forEach((life, rank) => {
    if (rank < targets.poor) enter(life, 'poor', date);
    else if (rank < targets.poor + targets.nearPoor) enter(life, 'near_poor', date);
    else if (rank < targets.poor + targets.nearPoor + escaped) {
      life.wasPoor = true;
      enter(life, 'newly_escaped', date);
    }
  });
};

const raiseBar = ({ date, lives, targets }: Round): void => {
  // Under the wider standard the poor stay poor, and others are found so who were not before.
  const missing = targets.poor - inClass(lives, 'poor').length;
  const others = poorestFirst(lives.filter((life) => life.class !== 'poor'));
  for (const life of others.slice(0, Math.max(0, missing))) enter(life, 'poor', date, 'poor-by-new-standard');
};

/** Households that became poor since the last review: fallen back, newly arising, founded by a poor family's son. */
const fallings = ({ date, lives }: Round, newborn: ReadonlySet<Life>): void => {
  for (const life of lives) {
    if (life.class === 'poor') continue;
    const share = life.class === 'newly_escaped' ? 0.025 : life.class === 'near_poor' ? 0.04 : 0.008;
    const founded = newborn.has(life) && life.welfare < 0.5;
    if (!life.roll.chance(founded ? 0.7 : share * (1.6 - life.welfare))) continue;
    const back = life.wasPoor;
    enter(life, 'poor', date, back ? 'relapsed' : 'newly-arising', back ? 'relapsed' : 'newly_arising');
  }
};

const escapes = ({ date, lives, targets }: Round, fresh: ReadonlySet<Life>): void => {
  const poor = inClass(lives, 'poor').filter((life) => !fresh.has(life));
  const surplus = inClass(lives, 'poor').length - targets.poor;
  const able = poorestFirst(poor.filter((life) => !life.noLabour)).reverse();
  const leaving = able.slice(0, Math.max(0, surplus));
  leaving.forEach((life, rank) => {
    // Those who did best leave the list of the poor and near-poor, the others are near-poor now.
    if (rank < leaving.length * 0.6) enter(life, 'newly_escaped', date, 'escaped');
    else enter(life, 'near_poor', date, 'poor-to-near-poor');
  });
};

const balanceNearPoor = ({ date, lives, targets }: Round, before: ReadonlySet<Life>): void => {
  const near = inClass(lives, 'near_poor');
  const surplus = near.length - targets.nearPoor;
  if (surplus > 0) {
    const old = poorestFirst(near.filter((life) => before.has(life))).reverse();
    for (const life of old.slice(0, surplus)) {
      if (life.wasPoor) enter(life, 'newly_escaped', date, 'escaped');
      else enter(life, 'not_poor', date, 'left-near-poor');
    }
    return;
  }
  const next = poorestFirst(inClass(lives, 'not_poor')).slice(0, -surplus);
  for (const life of next) enter(life, 'near_poor', date, 'became-near-poor');
};

/** A later review of a commune: `newborn` are the households founded since the last one. */
export const nextClasses = (round: Round, newborn: ReadonlySet<Life>): void => {
  const year = Number(round.date.slice(0, 4));
  const before = new Set(inClass(round.lives, 'near_poor'));
  const wasPoor = new Set(inClass(round.lives, 'poor'));
  for (const life of round.lives) {
    life.origin = undefined;
    const over = life.escapedOn && Number(life.escapedOn.slice(0, 4)) + ESCAPE_YEARS <= year;
    if (over) enter(life, 'not_poor', round.date, 'escape-ended');
  }
  if (standardOf(year) !== standardOf(year - 1)) raiseBar(round);
  else fallings(round, newborn);
  const fresh = new Set(inClass(round.lives, 'poor').filter((life) => !wasPoor.has(life)));
  escapes(round, fresh);
  balanceNearPoor(round, before);
};
