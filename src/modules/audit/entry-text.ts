import { dayOf, showDay, ZONE } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import type { Entry, EntryThing } from './entries.ts';
import { countNames } from './thing.ts';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** 24/11/2026 14:05:33, the time of the country. */
export const entryMoment = (at: Date): string => `${showDay(dayOf(at))} ${clock.format(at)}`;

export const entryWhat = (say: Say, { name }: Entry): string => {
  const sentence = say(`audit.${name}`);
  return sentence.charAt(0).toLocaleUpperCase('vi') + sentence.slice(1);
};

/** Who it was; the product, the owner of the data folder and people at the door have no name. */
export const entryWho = (say: Say, { who, via }: Entry): string => {
  if (!who) return say(`audit.nobody.${via}`);
  return who.kind === 'key' ? say('audit.by-key', { name: who.name }) : who.name;
};

/** "hộ H-0012", "dòng 3 của kế hoạch xa-2026"; the end of the id where there is no code: its beginning is but the time. */
export const thingText = (say: Say, { kind, id, code, position }: EntryThing): string =>
  position === null
    ? say('audit.thing', { kind: say(`audit.thing.${kind}`), code: code ?? `…${id.slice(-8)}` })
    : say('audit.thing-line', { position, code: code ?? '' });

export const countsText = (say: Say, { counts }: Entry): string =>
  countNames
    .flatMap((name) => (counts[name] === undefined ? [] : [say(`audit.count.${name}`, { count: counts[name] })]))
    .join(', ');
