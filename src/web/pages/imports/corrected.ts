import { standardOn } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Import } from './about-import.tsx';

/** The form for a list again, with all that was said of this one but the file: for the file that was corrected since. */
export const correctedAddress = ({
  placeId,
  placeName,
  asOf,
  completeClasses,
  sender,
  standard,
}: Pick<Import, 'placeId' | 'placeName' | 'asOf' | 'completeClasses' | 'sender' | 'standard'>): string => {
  const said = new URLSearchParams({ placeId, asOf: showDay(asOf) });
  for (const each of completeClasses ?? []) said.append('completeClasses', each);
  // What stands there by itself when nothing is said need not be said.
  if (!placeName.startsWith(sender)) said.set('sender', sender);
  if (standard !== standardOn(asOf)) said.set('standard', standard);
  return `/imports/new?${said}`;
};
