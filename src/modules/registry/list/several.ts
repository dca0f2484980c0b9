import type { Cell } from '../../../platform/sheets/index.ts';
import { fold } from '../../../shared/text.ts';
import { empty, nothing, type Reading, textOf, tidy, unreadable } from './cells.ts';

const BULLET = /^(?:[-–—•*+]\s*|\d{1,2}[.)]\s+)/u;

const split = (text: string, by: RegExp): string[] =>
  text
    .split(by)
    .map((part) => tidy(part).replace(BULLET, ''))
    .filter((part) => !empty(part));

// "ốm đau/tai nạn" is one cause; "tivi/đài" are two devices.
const TEXTS = /[,;+\r\n|]|\s[/–-]\s|\s(?:và|va)\s/u;
const CODES = /[,;/+\r\n|]|\s[–-]\s|\s(?:và|va)\s/u;

const PART = 300;

/** Several things in one cell, as typed. */
export const readTexts = (cell: Cell): Reading<string[]> => {
  const text = textOf(cell);
  if (empty(text) || /^khong( co)?$/u.test(fold(text))) return { value: [] };
  const parts = split(cell.text.normalize('NFC'), TEXTS);
  const long = parts.some((part) => part.length > PART);
  return {
    value: parts.map((part) => part.slice(0, PART).toWellFormed()),
    ...(long && { note: 'list.long', params: { limit: PART } }),
  };
};

// ISO 639: the languages of the north-west, and what people call them.
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  vi: ['viet', 'pho thong', 'kinh', 'quoc ngu', 'viet nam', 'vi'],
  hmn: ['mong', 'hmong', 'h mong', 'meo', 'mong trang', 'mong den', 'mong do', 'mong hoa', 'mong lenh', 'hmn'],
  blt: ['thai', 'thai den', 'thai trang', 'blt'],
  kjg: ['kho mu', 'khmu', 'kjg'],
  tyz: ['tay', 'tyz'],
  mtq: ['muong', 'mtq'],
  ium: ['dao', 'ium'],
  nut: ['nung', 'nut'],
  pcc: ['giay', 'pcc'],
  hni: ['ha nhi', 'hni'],
};

const DEVICES: Readonly<Record<string, readonly string[]>> = {
  tv: ['tivi', 'ti vi', 'tv', 'vo tuyen', 'truyen hinh'],
  radio: ['dai', 'radio', 'cat set', 'dai radio', 'may thu thanh', 'radio cat set'],
  mobile: ['dien thoai', 'dien thoai di dong', 'dien thoai thuong', 'dt', 'dtdd', 'dien thoai den trang'],
  smartphone: ['dien thoai thong minh', 'smartphone', 'dt thong minh', 'smart phone'],
  computer: ['may tinh', 'laptop', 'may tinh bang', 'may vi tinh', 'may tinh xach tay'],
};

const NONE = /^(?:(?:khong|ko|k|chua)(?: co| biet| doc duoc)?(?: chu| gi)?|mu chu)$/u;

const coded = (table: Readonly<Record<string, readonly string[]>>, fault: string, lead: RegExp) => {
  const codes = new Map(Object.entries(table).flatMap(([code, names]) => names.map((name) => [name, code] as const)));
  const codeOf = (part: string): string | undefined => {
    const folded = fold(part);
    return codes.get(folded) ?? codes.get(folded.replace(lead, ''));
  };
  // "Mông (H'Mông)", "tivi (01 cái)": what stands in brackets explains what stands before them.
  const found = (part: string): string | undefined => codeOf(part) ?? codeOf(part.replace(/\([^)]*\)?/gu, ' '));
  return (cell: Cell): Reading<string[]> => {
    const text = textOf(cell);
    if (empty(text)) return nothing;
    if (NONE.test(fold(text))) return { value: [] };
    const parts = split(cell.text.normalize('NFC'), CODES);
    const read = parts.map(found);
    const known = [...new Set(read.filter((code) => code !== undefined))];
    const unknown = parts.filter((_, at) => read[at] === undefined);
    if (unknown.length === 0) return { value: known };
    const params = { texts: unknown.join(', ').slice(0, 60).toWellFormed() };
    return known.length === 0 ? unreadable(fault, params) : { value: known, note: fault, params };
  };
};

export const readLanguages = coded(LANGUAGES, 'list.language', /^(?:(?:biet|nghe|noi|hieu|doc|viet|tieng|chu) )+/u);

export const readDevices = coded(DEVICES, 'list.device', /^(?:co |mot |\d+ (?:cai |chiec )?)+/u);

/** Languages a household can read; "có" means Vietnamese, "không" none. */
export const readLanguagesRead = (cell: Cell): Reading<string[]> =>
  /^(?:co|biet|x|1|doc duoc|biet doc)(?: chu)?$/u.test(fold(textOf(cell))) ? { value: ['vi'] } : readLanguages(cell);
