import { fold } from '../../../shared/text.ts';
import { cut, tidy } from './cells.ts';
import { classNamed, type Standing } from './classes.ts';

/** Lines of their own that name a village or a class for the rows below: "I. Thôn Tấu Trên (34 hộ)", "B. Hộ cận nghèo". */

// With their marks, because Lang, Bàn and Khu are surnames; without marks only where a text has none at all.
const KIND = '(?:thôn|bản|xóm|tổ dân phố|tổ|tdp|khu phố|khu dân cư|khu|buôn|ấp|làng|khóm)';
const BARE_KIND = '(?:thon|ban|xom|to dan pho|to|tdp|khu pho|khu dan cu|khu|buon|ap|lang|khom)';

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

const MARKER = /^(?:[IVXLC]+|[A-Z]|\d{1,3}|[a-z])\s*(?:[.):/-]+\s*|$)/u;
const COUNT = /\s*[:(,–-]*\s*(?:gồm\s+|có\s+)?\d+\s*(?:hộ|khẩu|nhân khẩu|ho|khau)(?!\p{L}).*$/iu;

const bareLabel = (text: string): string =>
  tidy(
    text
      .replace(MARKER, '')
      .replace(COUNT, '')
      .replace(/[\s:.,;–-]+$/u, ''),
  );

const startsVillage = (text: string): boolean =>
  new RegExp(`^(?:${isAscii(text) ? BARE_KIND : KIND})[\\s:.]+\\S`, 'iu').test(text);

const withoutCommune = (text: string): string => tidy(text.replace(/\s*[,–-]\s*(?:xã|phường|thị trấn|xa)\s.*$/iu, ''));

/** What a cell of villages says: "Thôn Nương Cao, xã Hạnh Phúc, tỉnh Lào Cai" names the commune too. */
export const villageAndCommune = (text: string): { village: string; commune: string | null } => {
  const kind = isAscii(text) ? 'xa|phuong|thi tran' : 'xã|phường|thị trấn|đặc khu';
  const both = new RegExp(`^(.+?)\\s*[,;–-]\\s*((?:${kind})\\s.+)$`, 'iu').exec(text);
  if (!both) return { village: text, commune: null };
  return { village: both[1]!, commune: both[2]!.split(/\s*[,;–]|\s-\s/u)[0]! };
};

/** The village a line names by its kind ("Thôn: Tấu Trên"), with the kind as it was typed; null when it names none. */
export const villageNamed = (text: string): string | null => {
  const bare = bareLabel(text);
  if (bare.length > 80 || !startsVillage(bare)) return null;
  return withoutCommune(tidy(bare.replace(/^([^:]{2,16}):\s*/u, '$1 '))) || null;
};

const NO_VILLAGE =
  /^(?:(?:trang tinh|sheet|danh sach|ds|list|data|bang|bieu|tong hop|ho|nam|phu luc|thanh vien)\b.*|.*ngheo.*|\d.*20\d\d|sheet\d*|)$/u;

/** A sheet called by its village; a name without "Thôn" is believed only where several sheets stand beside each other. */
export const villageInName = (name: string, several: boolean): string | null => {
  const named = villageNamed(name);
  if (named) return named;
  const bare = bareLabel(name);
  return several && bare && !NO_VILLAGE.test(fold(bare)) ? bare : null;
};

export interface GroupLine {
  readonly village: string | null;
  readonly standing: Standing | null;
}

const COUNTED = /^(?:[\d.,%\s]+|\d+ (?:hộ|khẩu|ho|khau|người)\.?|[IVXLC]+\.?|[A-Z]\.?)$/iu;

/**
 * What the texts of one line name for the rows below it; undefined when it is no such line. `outline` = the line is
 * numbered I, II or A, B in a list without a column of villages, so that a bare name is one.
 */
export const groupLine = (texts: readonly string[], columnOfVillages: boolean): GroupLine | undefined => {
  const words = texts.filter((text) => !COUNTED.test(text));
  if (words.length !== 1) return undefined;
  const label = words[0]!;
  const bare = bareLabel(label);
  const standing = classNamed(bare);
  if (standing) return { village: null, standing };
  const both = new RegExp(`^(.*?)[\\s:,–-]+((?:${KIND})\\s.+)$`, 'iu').exec(bare);
  const before = both && classNamed(both[1]!);
  if (before) return { village: villageNamed(both[2]!), standing: before };
  const village = villageNamed(label);
  if (village) return { village, standing: null };
  const outlined = /^(?:[IVXLC]+|[A-Z])[.)\s]/u.test(`${label} `)
    ? label !== bare
    : /^(?:[IVXLC]+|[A-Z])\.?$/u.test(texts[0]!);
  if (!outlined || columnOfVillages || bare.split(' ').length > 5 || !/^\p{Lu}/u.test(bare)) return undefined;
  return { village: cut(bare, 80), standing: null };
};
