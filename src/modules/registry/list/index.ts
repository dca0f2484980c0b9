export type { HouseholdClass, Origin } from './classes.ts';
export { type Field, fieldsOf, type SheetRole } from './fields.ts';
export { readList } from './read-list.ts';
export { recogniseList } from './recognise-list.ts';
export type { HouseholdRow, LeftOutReason, ListItem, MemberRow, RowFault } from './rows.ts';
export { type Column, type ListShape, missingFields, type SheetShape } from './shape.ts';
