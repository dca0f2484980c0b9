import { fold } from '../../../shared/text.ts';

/** The 54 groups of QĐ 121-TCTK/PPCĐ (1979) with other names that lists use, folded. Only tells a group from other text. */
const GROUPS: ReadonlySet<string> = new Set([
  'kinh', 'viet', 'tay', 'thai', 'hoa', 'han', 'kho me', 'khmer', 'khme', 'muong', 'nung', 'mong', 'hmong', 'h mong', 'meo', 'dao', 'gia rai',
  'jrai', 'ngai', 'e de', 'ede', 'ba na', 'bahnar', 'xo dang', 'xe dang', 'san chay', 'cao lan', 'san chi', 'co ho', 'k ho', 'cham', 'san diu', 'hre',
  'mnong', 'm nong', 'ra glai', 'raglai', 'xtieng', 'stieng', 'bru van kieu', 'van kieu', 'tho', 'giay', 'nhang', 'co tu', 'gie trieng', 'ma', 'kho mu',
  'khmu', 'co', 'cor', 'ta oi', 'cho ro', 'khang', 'xinh mun', 'ha nhi', 'chu ru', 'lao', 'la chi', 'la ha', 'phu la', 'xa pho', 'la hu', 'lu', 'lo lo',
  'chut', 'mang', 'pa then', 'co lao', 'cong', 'bo y', 'si la', 'pu peo', 'brau', 'o du', 'ro mam', 'dtts', 'khac',
]); // biome-ignore format: a table of words

/** A group by itself, or with one word more ("Mông Hoa", "Dao đỏ"); a name of a person is longer, or begins otherwise. */
export const isEthnicGroup = (text: string): boolean => {
  const folded = fold(text).replace(/^(?:dan toc|nguoi) /u, '');
  return GROUPS.has(folded) || GROUPS.has(folded.split(' ').slice(0, -1).join(' '));
};
