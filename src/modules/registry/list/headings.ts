import { fold } from '../../../shared/text.ts';
import type { Field, SheetRole } from './fields.ts';

/** What a heading speaks of. `field: null` = known and left out; `weak` = taken only when no other column says it better. */
export interface Meaning {
  readonly field: Field | null;
  readonly weak: boolean;
}

/** Headings folded (no diacritics, lower case, no punctuation): a pattern per field, first match wins. */
type Patterns = readonly (readonly [field: Field | null, pattern: RegExp, weak?: 'weak'])[];

const indicators: Patterns = [
  ['d5', /trinh do (giao duc|gd|hoc van|van hoa)|giao duc( cua)? nguoi lon|^gd nguoi lon|nguoi lon$/u],
  ['d6', /di hoc( cua)? (tre em|te)|(tre em|te) di hoc|tinh trang di hoc/u],
  ['d1', /^viec lam$|^(co )?viec lam cua/u],
  ['d2', /nguoi phu thuoc|^phu thuoc|^npt$/u],
  ['d3', /dinh duong|^suy dd/u],
  ['d4', /bao hiem y te|\bbhyt\b/u],
  ['d7', /chat luong nha|^cl nha/u],
  ['d8', /dien tich nha|^dt nha o|dien tich (o )?binh quan/u],
  ['d9', /nguon nuoc|nuoc sinh hoat|nuoc sach|nuoc hop ve sinh|^nuoc sh/u],
  ['d10', /nha tieu|nha ve sinh|ho xi/u],
  ['d11', /vien thong|^dvvt$|^su dung internet/u],
  [
    'd12',
    /(phuong tien|^pt) (phuc vu )?(tiep can )?(thong tin|tt)$|tai san phuc vu tiep can|(phuong tien|^pt) tiep can/u,
  ],
];

// Short leaves that mean an indicator only under the heading of the twelve.
const underIndicators: Patterns = [
  ...indicators,
  ['d6', /^tre em$/u],
  ['d7', /^chat luong$/u],
  ['d8', /^dien tich$/u],
  ['d12', /^phuong tien$|^tiep can thong tin$/u],
  ['b2', /\bb2\b/u],
];

const BORN = '(?:chu ho )?(?:ngay |thang |nam |ngay sinh |n )+sinh(?: cua)?(?: chu ho| thanh vien)?';

const shared: Patterns = [
  [null, /(ngay|noi|co quan|nguoi) cap\b|noi sinh|que quan|\b(vo|chong)\b(?!.*quan he)/u],
  ['birthMale', new RegExp(`^${BORN} nam$`, 'u')],
  ['birthFemale', new RegExp(`^${BORN} nu$`, 'u')],
  ['birthDay', new RegExp(`^${BORN} ngay$`, 'u')],
  ['birthMonth', new RegExp(`^${BORN} thang$`, 'u')],
  ['birth', new RegExp(`^${BORN}\\b|^sinh (ngay|nam)\\b|^(ns|ntns|nsinh)$`, 'u')],
  ['sexMale', /^(gioi tinh|gioi|phai)( cua)?( chu ho)? nam$/u],
  ['sexFemale', /^(gioi tinh|gioi|phai)( cua)?( chu ho)? nu$/u],
  ['sex', /^(gioi( tinh)?|phai|gt|g tinh)( cua)?( chu ho)?( nam nu| nam hoac nu| ghi .*)?$|^nam( hoac)? nu$/u],
  ['idNumber', /\b(cccd|cmnd|cmtnd|cmt|can cuoc|dinh danh|ddcn)\b/u],
  [null, /dan toc thieu so|\bdtts\b/u],
  ['ethnicity', /^(ten |thanh phan |thuoc )?(dan toc|d toc|dtoc)\b/u],
  [null, /dien thoai (thong minh|di dong thong minh)|^(co|su dung|so huu) dien thoai/u],
  [
    'phones',
    /^(so )?(dien thoai|d thoai|sdt|(?<=so )dt|dt (?=lien|chu|di)|di dong)( (so|di dong|lien he|lien lac|cua|chu ho|ch|ca nhan|gia dinh|ho|neu co|thanh vien|1))*$|^so lien (he|lac)$/u,
  ],
  ['notes', /^ghi chu|^g chu$|^luu y$/u],
];

const VILLAGE = 'thon|ban|xom|tdp|khu|ap|buon|bon|lang|khom|phum|to';
const VILLAGE_WITH = 'ten|dia|chi|noi|cho|o|cu|tru|thuong|hien|nay|dan|pho|va|hoac|thuoc';

const household: Patterns = [
  // Explained by its own column of another standard and without a counterpart among the twelve: known, and left out.
  [null, /^tiep can dich vu y te$|^dich vu y te$|\bthe bhyt\b|^so (cac )?chi so/u],
  [
    'devices',
    /(phuong tien|thiet bi) (nghe nhin|thong tin co|dang co|co trong)|^thiet bi thong tin|^phuong tien nghe nhin/u,
  ],
  ...indicators,
  ['code', /^ma (so |dinh danh )?(ho|hgd)\b|^ma ho|^so ho so$|^ma so$|^mshs?$/u],
  // Only where members stand below their heads in one sheet.
  ['relation', /quan he|^qh\b/u],
  ...shared,
  [
    'headName',
    /^((ho|h|ho ten|ho va ten|h ten|ten|ho chu dem va ten)( cua)? )?(nguoi )?chu ho(?! (la|nu|nam|dan toc|nguoi)\b)( .*)?$|^(ho )?ten ch$/u,
  ],
  [
    'headName',
    /^(ho|h)( va)?( chu)?( dem)?( va)? ten\b|^ten$|^(ten )?ho gia dinh$|^ten ho$|^nguoi dai dien( ho)?$/u,
    'weak',
  ],
  ['village', new RegExp(`^(?=.*\\b(?:${VILLAGE})\\b)(?:(?:${VILLAGE}|${VILLAGE_WITH})(?: |$))+$`, 'u')],
  ['commune', /^(ten |dia chi )?(don vi )?(hanh chinh )?(cap )?(xa|phuong|thi tran)( (phuong|thi tran|tt|dac khu))*$/u],
  [
    'village',
    /^(dia chi|noi o|cho o|noi cu tru|noi thuong tru|ho khau thuong tru|hktt)\b|^(thon|ban) (moi|sau sap nhap)$/u,
    'weak',
  ],
  [
    'size',
    /^(tong )?(so )?(luong )?(nhan )?(khau|nk|nguoi|thanh vien|sk)( (tong|so|cong|trong|cua|ho|gia|dinh|hien|co|thuc|te|nguoi))*$/u,
  ],
  [null, /^(ho )?(tai can ngheo|can ngheo (phat sinh|tai).*|phat sinh can ngheo|khong ngheo|.*trung binh)$/u],
  ['classNearPoor', /^(ho )?can ngheo( da chieu)?$|^h?cn$/u],
  ['classNewlyEscaped', /^(ho )?moi thoat( ngheo)?$|^(ho )?thoat ngheo$|^h?mtn$/u],
  ['originRelapsed', /^(ho )?tai ngheo$/u],
  ['originNewlyArising', /^(ho )?(ngheo )?(moi )?phat sinh( moi)?( ngheo)?$/u],
  ['classPoor', /^(ho )?ngheo( da chieu)?$|^hn$/u],
  [
    'class',
    /phan loai|xep loai|^ket qua( ra soat| binh xet| danh gia)?|^(ho )?(thuoc )?dien( ho)?( (?!chinh sach).*ngheo.*)?$|^loai ho|^tinh trang (ho|ngheo)|^doi tuong .*ngheo|^(thuoc )?ho ngheo\b.* (can|thoat) ngheo/u,
  ],
  ['b1', /\bb1\b/u],
  ['b2', /\bb2\b/u],
  ['causes', /nguyen nhan|^nn ngheo/u],
  ['needs', /nhu cau|nguyen vong|(de nghi|can) ho tro/u],
  [
    'decisionDate',
    /^ngay .*\b(qd|quyet dinh)\b|^ngay cong nhan|\b(qd|quyet dinh)( cong nhan)? ngay( thang nam)?( ban hanh| ky)?$/u,
  ],
  ['decisionNumber', /\bqd\b|quyet dinh/u],
  ['certificateNumber', /giay chung nhan|\bgcn\b/u],
  ['languagesRead', /doc duoc|chu (doc|viet)|biet (doc )?chu|biet doc/u],
  ['languages', /^tieng|ngon ngu|nghe hieu/u],
  ['livelihood', /sinh ke|nghe nghiep|nghe chinh/u],
  ['groups', /doi tuong|dien chinh sach|chinh sach uu dai/u],
];

const member: Patterns = [
  ['householdCode', /^ma (so |dinh danh )?(ho|hgd)\b|^ma ho|^(so )?ho so$|^ma so$/u],
  ['relation', /quan he|^qh\b/u],
  [null, /^(ho |ho va |)ten chu ho|^chu ho$|^ma (so )?thanh vien|^so thanh vien/u],
  ['insured', /\bbhyt\b|bao hiem y te/u],
  ...shared,
  [
    'name',
    /^(ho|h)( va)?( chu)?( dem)?( va)? ten\b|^ten( thanh vien| cac thanh vien)?$|^(cac )?thanh vien( trong)?( ho| gia dinh)*$/u,
  ],
  ['disabled', /khuyet tat|^nkt$/u],
  ['reads', /doc duoc|biet (doc )?chu|biet doc|^doc chu/u],
  ['school', /di hoc|hoc van|trinh do|lop dang hoc|dang hoc|giao duc/u],
  ['job', /viec lam|nghe nghiep|cong viec/u],
];

const find = (patterns: Patterns, heading: string): Meaning | undefined => {
  const found = patterns.find(([, pattern]) => pattern.test(heading));
  return found && { field: found[0], weak: found[2] === 'weak' };
};

/** A heading as it is compared; ĐT is điện thoại, DT is not. */
export const foldHeading = (text: string): string =>
  fold(text.normalize('NFC').replace(/(?<!\p{L})Đ\.?T(?!\p{L})/gu, 'điện thoại'));

const UNDER_INDICATORS = /thieu hut|chi so/u;
// "(5) Họ và tên", "Họ và tên (5)": some number their headings.
const unnumbered = (leaf: string): string =>
  leaf.replace(/^(?:\d{1,2} )+(?=\D)/u, '').replace(/(?<=\D)(?: \d{1,2})+$/u, '');

const byNumber = (pattern: RegExp, leaf: string): Meaning | undefined => {
  const number = Number(pattern.exec(leaf)?.[1] ?? 0);
  return number >= 1 && number <= 12 ? { field: `d${number}` as Field, weak: false } : undefined;
};

const indicatorMeaning = (leaf: string): Meaning | undefined => {
  const bare = leaf.replace(/^(?:chi so|cs|so|d)? ?\d{1,2} (?=\D)/u, '').replace(/^thieu hut (?:ve )?/u, '');
  return byNumber(/^(?:chi so |cs ?|so |d)?(\d{1,2})$/u, leaf) ?? find(underIndicators, unnumbered(bare));
};

/** One-line headers say it in one cell: "Thiếu hụt: Việc làm", "CS 3". */
const inlineIndicator = (leaf: string): Meaning | undefined => {
  const numbered = byNumber(/^(?:(?:chi so )?thieu hut |chi so |cs ?|th ?)(\d{1,2})$/u, leaf);
  if (numbered) return numbered;
  const inline =
    /^(?:(?:chi so|cs) ?\d{1,2} (?:thieu hut )?|(?:chi so |th )?thieu hut (?:\d{1,2} )?)(?:ve )?(.+)$/u.exec(leaf);
  return inline ? find(underIndicators, unnumbered(inline[1]!)) : undefined;
};

/** The field a heading speaks of: `group` = the heading(s) above it, both folded. */
export const meaningOf = (role: SheetRole, group: string, leaf: string): Meaning | undefined => {
  if (role === 'other' || (!leaf && !group)) return undefined;
  if (role === 'households') {
    if (UNDER_INDICATORS.test(group)) return indicatorMeaning(leaf) ?? { field: null, weak: false };
    const inline = inlineIndicator(leaf);
    if (inline) return inline;
  }
  const patterns = role === 'households' ? household : member;
  const whole = [group, leaf].filter(Boolean).join(' ');
  // "Năm sinh / Nam" means something only as a whole; "Quyết định / Số" too.
  if (group && /^(?:nam|nu|so|ngay|thang|so ky hieu)$/u.test(leaf)) return find(patterns, whole);
  const alone = find(patterns, leaf) ?? find(patterns, unnumbered(leaf));
  return alone ?? (group ? find(patterns, whole) : undefined);
};
