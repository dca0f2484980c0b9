import type { PlaceVersion } from '../../modules/territory/index.ts';
import { fullName } from '../../modules/territory/index.ts';
import { addDays, showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import type { Option } from '../../ui/index.ts';
import { capital } from '../show.ts';

/** Communes to choose from; those that are no more say until when they were. */
export const placeOptions = (places: readonly PlaceVersion[], say: Say): Option[] =>
  places.map(({ placeId, unitType, name, validTo }) => {
    const label = capital(fullName(unitType, name));
    return {
      value: placeId,
      label: validTo ? say('page.place-until', { name: label, day: showDay(addDays(validTo, -1)) }) : label,
    };
  });
