/**
 * The columns a commune keeps of its households and of their members (QĐ 24/2021/QĐ-TTg and the forms of TT 07/2021,
 * TT 02/2022; no official file format exists), and the words people head them with.
 */

export const indicatorFields = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8', 'd9', 'd10', 'd11', 'd12'] as const;
export type IndicatorField = (typeof indicatorFields)[number];

export const householdFields = [
  'code', 'headName', 'birth', 'birthMale', 'birthFemale', 'sex', 'idNumber', 'ethnicity', 'commune', 'village', 'size',
  'class', 'classPoor', 'classNearPoor', 'classNewlyEscaped', 'originRelapsed', 'originNewlyArising', 'b1', 'b2',
  ...indicatorFields, 'causes', 'needs', 'groups', 'decisionNumber', 'decisionDate', 'certificateNumber', 'phones',
  'languages', 'languagesRead', 'devices', 'livelihood', 'notes',
] as const; // biome-ignore format: a table of words
export type HouseholdField = (typeof householdFields)[number];

export const memberFields = [
  'householdCode', 'name', 'relation', 'birth', 'birthMale', 'birthFemale', 'sex', 'idNumber', 'ethnicity', 'school', 'job',
  'insured', 'disabled', 'phones', 'reads', 'notes',
] as const; // biome-ignore format: a table of words
export type MemberField = (typeof memberFields)[number];

export type Field = HouseholdField | MemberField;
export type SheetRole = 'households' | 'members' | 'other';

export const fieldsOf = (role: SheetRole): readonly Field[] =>
  role === 'households' ? householdFields : role === 'members' ? memberFields : [];

/** Headings folded (no diacritics, lower case, no punctuation): a whole-heading pattern per field, first match wins. */
type Patterns = readonly (readonly [field: Field | null, pattern: RegExp])[];

const indicators: Patterns = [
  ['d5', /trinh do (giao duc|gd|hoc van)( cua)?( nguoi lon)?$|giao duc nguoi lon|^gd nguoi lon|^trinh do gd/u],
  ['d6', /di hoc( cua)? tre em|tre em di hoc|tinh trang di hoc/u],
  ['d1', /^viec lam$/u],
  ['d2', /nguoi phu thuoc|^phu thuoc/u],
  ['d3', /dinh duong/u],
  ['d4', /bao hiem y te|^bhyt|the bhyt/u],
  ['d7', /chat luong nha/u],
  ['d8', /dien tich nha/u],
  ['d9', /nguon nuoc|nuoc sinh hoat|nuoc sach/u],
  ['d10', /nha tieu|nha ve sinh/u],
  ['d11', /dich vu vien thong|vien thong/u],
  ['d12', /phuong tien (phuc vu tiep can )?thong tin|phuong tien tiep can|tai san phuc vu tiep can/u],
];

const shared: Patterns = [
  ['birthMale', /^(ngay thang )?nam sinh nam$|^ngay sinh nam$/u],
  ['birthFemale', /^(ngay thang )?nam sinh nu$|^ngay sinh nu$/u],
  ['birth', /^(ngay|nam) sinh|^ngay thang nam sinh|^ngay thang sinh|^sinh (ngay|nam)|^ns$/u],
  ['sex', /^gioi( tinh)?$|^nam nu$|^phai$/u],
  ['idNumber', /cccd|cmnd|cmt|can cuoc|dinh danh/u],
  ['ethnicity', /dan toc/u],
  ['phones', /dien thoai$|^sdt|so dt|^dt$|^so dien thoai|^dien thoai( di dong| lien he)?$|^di dong$/u],
  ['notes', /^ghi chu/u],
];

const household: Patterns = [
  // Explained by its own column of another standard and without a counterpart among the twelve: known, and left out.
  [null, /^tiep can dich vu y te$|^dich vu y te$/u],
  ['devices', /phuong tien (nghe nhin|thong tin co trong nha)|thiet bi thong tin|phuong tien nghe nhin/u],
  ...indicators,
  ['code', /^ma (so )?ho( gia dinh| ngheo)?$|^ma ho|^so ho so$|^ma so$/u],
  ['headName', /chu ho/u],
  ...shared,
  ['headName', /^ho (va |)ten$/u],
  ['village', /^(ten )?(thon|ban|xom|to dan pho|khu pho|ap|buon|lang|khu)\b|^dia chi thon|^dia ban$/u],
  ['commune', /^(ten )?xa\b|^phuong$|^thi tran$/u],
  ['village', /^dia chi|^noi o|^cho o/u],
  ['size', /(nhan )?khau$|so (nhan )?khau|so thanh vien|so nguoi/u],
  ['classNearPoor', /^ho can ngheo$|^can ngheo$/u],
  ['classNewlyEscaped', /^(ho )?moi thoat( ngheo)?$|^(ho )?thoat ngheo$/u],
  ['originRelapsed', /^(ho )?tai ngheo$/u],
  ['originNewlyArising', /^(ho ngheo |ngheo )?phat sinh( moi)?( ngheo)?$/u],
  ['classPoor', /^ho ngheo$|^ngheo$/u],
  ['class', /phan loai|ket qua (ra soat|binh xet|phan loai)|^dien ho|^loai ho|^dien$/u],
  ['b1', /\bb1\b/u],
  ['b2', /\bb2\b/u],
  ['causes', /nguyen nhan/u],
  ['needs', /nhu cau|nguyen vong/u],
  ['decisionDate', /^ngay .*\b(qd|quyet dinh)\b|^ngay cong nhan/u],
  ['decisionNumber', /\bqd\b|quyet dinh/u],
  ['certificateNumber', /giay chung nhan|\bgcn\b/u],
  ['languagesRead', /doc duoc|chu (doc|viet)|biet (doc )?chu|biet doc/u],
  ['languages', /^tieng|ngon ngu|nghe hieu/u],
  ['livelihood', /sinh ke|nghe nghiep|nghe chinh/u],
  ['groups', /doi tuong|dien chinh sach/u],
];

const member: Patterns = [
  ['householdCode', /^ma (so )?ho( gia dinh| ngheo)?$|^ma ho|^ho so$/u],
  ['relation', /quan he|\bqh\b/u],
  ...shared,
  ['name', /ho (va )?ten|^ten thanh vien|thanh vien/u],
  ['insured', /bhyt|bao hiem y te/u],
  ['disabled', /khuyet tat/u],
  ['reads', /doc duoc|biet (doc )?chu|biet doc|^doc chu/u],
  ['school', /di hoc|hoc van|trinh do|lop dang hoc|dang hoc|giao duc/u],
  ['job', /viec lam|nghe nghiep|cong viec/u],
];

const UNDER_INDICATORS = /thieu hut|chi so/u;

/** The field a heading speaks of: `group` = the heading(s) above it, both folded. `null` = known and left out. */
export const fieldFor = (role: SheetRole, group: string, leaf: string): Field | null | undefined => {
  if (role === 'other' || (!leaf && !group)) return undefined;
  if (role === 'households' && UNDER_INDICATORS.test(group)) {
    const numbered = /^(?:chi so |cs |d)?(\d{1,2})$/u.exec(leaf);
    if (numbered && Number(numbered[1]) >= 1 && Number(numbered[1]) <= 12) return `d${Number(numbered[1])}` as Field;
    return find(indicators, leaf) ?? null;
  }
  // One-line headers say it in one cell: "Thiếu hụt: Việc làm".
  const inline = role === 'households' ? /^(?:chi so )?thieu hut (?!dich vu)(.+)$/u.exec(leaf) : null;
  if (inline && find(indicators, inline[1]!) !== undefined) return find(indicators, inline[1]!);
  const patterns = role === 'households' ? household : member;
  const whole = [group, leaf].filter(Boolean).join(' ');
  return find(patterns, whole === leaf ? leaf : specific(patterns, whole, leaf));
};

// "Năm sinh / Nam" means something only as a whole; "Quyết định / Số" too. A leaf that says it alone is taken alone.
const specific = (patterns: Patterns, whole: string, leaf: string): string =>
  /^(nam|nu|so|ngay)$/u.test(leaf) || find(patterns, leaf) === undefined ? whole : leaf;

const find = (patterns: Patterns, heading: string): Field | null | undefined =>
  patterns.find(([, pattern]) => pattern.test(heading))?.[0];
