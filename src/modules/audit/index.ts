import { exportEntries } from './export-entries.ts';
import { listEntries } from './list-entries.ts';

export type { Entry, EntryThing } from './entries.ts';
export { countsText, entryMoment, entryWhat, entryWho, thingText } from './entry-text.ts';
export { exportEntries } from './export-entries.ts';
export { groups } from './group.ts';
export { listEntries } from './list-entries.ts';

export const auditUseCases = [listEntries, exportEntries];
