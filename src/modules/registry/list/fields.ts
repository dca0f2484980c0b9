/**
 * The columns a commune keeps of its households and of their members (QĐ 24/2021/QĐ-TTg and the forms of TT 07/2021,
 * TT 02/2022; no official file format exists). What people head them with stands in headings.ts.
 */

export const indicatorFields = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8', 'd9', 'd10', 'd11', 'd12'] as const;
export type IndicatorField = (typeof indicatorFields)[number];

/** Birth and sex of one person: in one column each, or parted over several. */
const personFields = [
  'birth', 'birthMale', 'birthFemale', 'birthDay', 'birthMonth', 'birthYear', 'sex', 'sexMale', 'sexFemale',
] as const; // biome-ignore format: a table of words

const householdFields = [
  'code', 'headName', 'headGiven', 'relation', ...personFields, 'idNumber', 'ethnicity', 'commune', 'village', 'size',
  'class', 'classPoor', 'classNearPoor', 'classNewlyEscaped', 'originRelapsed', 'originNewlyArising', 'b1', 'b2',
  ...indicatorFields, 'causes', 'needs', 'groups', 'decisionNumber', 'decisionDate', 'certificateNumber', 'phones',
  'languages', 'languagesRead', 'devices', 'livelihood', 'notes',
] as const; // biome-ignore format: a table of words
export type HouseholdField = (typeof householdFields)[number];

const memberFields = [
  'householdCode', 'name', 'given', 'relation', ...personFields, 'idNumber', 'ethnicity', 'school', 'job',
  'insured', 'disabled', 'phones', 'reads', 'notes',
] as const; // biome-ignore format: a table of words
export type MemberField = (typeof memberFields)[number];

export type Field = HouseholdField | MemberField;
export type SheetRole = 'households' | 'members' | 'other';

export const fieldsOf = (role: SheetRole): readonly Field[] =>
  role === 'households' ? householdFields : role === 'members' ? memberFields : [];

export const classFields = ['class', 'classPoor', 'classNearPoor', 'classNewlyEscaped'] as const;
