import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { fold } from '../../../shared/text.ts';
import type { HouseholdRow, MemberRow } from '../list/index.ts';

/** Rows of the staging tables, keyed as their columns. */
export type StagedHousehold = Readonly<Record<string, unknown>>;
export type StagedMember = Readonly<Record<string, unknown>>;

const keys = new WeakMap<Buffer, KeyObject>();

// Made once: of the bare bytes a key would be made again for every number, which takes longer than the hash.
const keyOf = (secret: Buffer): KeyObject => {
  const known = keys.get(secret);
  if (known) return known;
  const fresh = createSecretKey(secret);
  keys.set(secret, fresh);
  return fresh;
};

/** An identity number is kept as its last four digits, and a keyed hash by which the same number is found again. */
const hideId = (id: string | null, secret: Buffer) => ({
  last4: id?.slice(-4) ?? null,
  hash: id && createHmac('sha256', keyOf(secret)).update(`id:${id}`).digest('hex'),
});

export const stageHousehold = (importId: string, line: number, row: HouseholdRow, secret: Buffer): StagedHousehold => {
  const id = hideId(row.headIdNumber, secret);
  return {
    import_id: importId,
    line,
    sheet: row.sheet,
    row_number: row.row,
    code: row.code,
    head_name: row.headName,
    head_folded: fold(row.headName),
    head_birth: row.headBirth?.date ?? null,
    head_birth_precision: row.headBirth?.precision ?? null,
    head_sex: row.headSex,
    head_id_last4: id.last4,
    head_id_hash: id.hash,
    ethnicity: row.ethnicity,
    village_text: row.village,
    commune_text: row.commune,
    size: row.size,
    class: row.class,
    origin: row.origin,
    b1: row.b1,
    b2: row.b2,
    indicators: row.indicators,
    causes: row.causes,
    needs: row.needs,
    groups: row.groups,
    decision_number: row.decisionNumber,
    decision_date: row.decisionDate,
    certificate_number: row.certificateNumber,
    phones: row.phones,
    languages: row.languages,
    languages_read: row.languagesRead,
    devices: row.devices,
    livelihood: row.livelihood,
    notes: row.notes,
    // Until it is found in the registry.
    match: 'new',
    change: 'new',
  };
};

export const stageMember = (importId: string, line: number, row: MemberRow, secret: Buffer): StagedMember => {
  const id = hideId(row.idNumber, secret);
  return {
    import_id: importId,
    line,
    sheet: row.sheet,
    row_number: row.row,
    household_code: row.householdCode,
    name: row.name,
    name_folded: fold(row.name),
    relation: row.relation,
    birth: row.birth?.date ?? null,
    birth_precision: row.birth?.precision ?? null,
    sex: row.sex,
    id_last4: id.last4,
    id_hash: id.hash,
    ethnicity: row.ethnicity,
    school: row.school,
    job: row.job,
    insured: row.insured,
    disabled: row.disabled,
    reads: row.reads,
    phone: row.phone,
  };
};
