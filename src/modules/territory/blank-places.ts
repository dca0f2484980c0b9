import { stringify } from 'csv-stringify/sync';
import { placeColumns } from './places-list.ts';

/** An empty list of villages to fill in: the headings alone, as Excel in Vietnamese opens them, with semicolons between. */
export const blankPlaces = (): string =>
  stringify([Object.values(placeColumns)], { bom: true, delimiter: ';', record_delimiter: 'windows' });
