import type { Ethnicity, Sex } from './model.ts';
import type { Dice } from './random.ts';

interface NameStock {
  readonly clans: readonly string[];
  readonly middle: Readonly<Record<Sex, readonly string[]>>;
  readonly given: Readonly<Record<Sex, readonly string[]>>;
}

const words = (text: string): string[] => text.split(' ');

const thaiGiven = {
  male: words('Thoả Hặc Pọm Bun Inh Sơn Thanh Dũng Chung Hiệp Khương Toán Nghĩa Phương'),
  female: words('Cần Ban Hoan Pành Inh Xuân Thương Hiên Duyên Lả Thơm Biên Ngoan'),
};

const lowlandGiven = {
  male: words('Hùng Dũng Tuấn Sơn Hải Minh Cường Thắng Long Quang Đức Nam Bình'),
  female: words('Hà Lan Hương Thuỷ Nga Hoa Mai Dung Hằng Yến Thảo Liên Ngọc'),
};

const thai: NameStock = {
  clans: words('Lò Hoàng Hà Đinh Cầm Lường Sa'),
  middle: { male: ['Văn', 'Văn', 'Trung', ''], female: ['Thị', 'Thị', 'Thị Thu', ''] },
  given: thaiGiven,
};

// Clan names of the groups of the district as they are publicly known; the people are invented.
const STOCKS: Readonly<Record<Ethnicity, NameStock>> = {
  Mông: {
    clans: words('Giàng Sùng Vàng Mùa Thào Hờ Chớ Phàng Cứ Lý Tráng Khang'),
    middle: { male: ['A', 'A', 'A', 'A', 'A', 'Nhà', 'A Trống'], female: ['Thị', 'Thị', 'Thị', 'Thị', 'Thị Mỷ'] },
    given: {
      male: words('Mua Cua Tủa Páo Dờ Sử Chu Lử Sáy Phà Nhà Sang Chống Của Tồng Dê Súa Lềnh Chứ Trừ'),
      female: words('Máy Dủ Mỷ Sua Dở Pàng Chư Cở Xé Dâu Mào Sống Ly Sài Lầu Bầu Chía Giống'),
    },
  },
  Thái: thai,
  Kinh: {
    clans: words('Nguyễn Trần Lê Phạm Vũ Hoàng Đỗ Bùi Ngô Đặng'),
    middle: { male: ['Văn', 'Đức', 'Mạnh', 'Quốc', ''], female: ['Thị', 'Thị Thu', 'Thị Ngọc', 'Thanh'] },
    given: lowlandGiven,
  },
  'Khơ Mú': { ...thai, clans: words('Vì Hà Lò Quàng Hoàng') },
  Tày: {
    clans: words('Hoàng Nông Hà Lương Ma La'),
    middle: { male: ['Văn', 'Đình', ''], female: ['Thị', 'Thị Bích'] },
    given: lowlandGiven,
  },
  Mường: {
    clans: words('Đinh Bùi Quách Hà Phùng'),
    middle: { male: ['Văn', 'Công'], female: ['Thị', 'Thị Kim'] },
    given: lowlandGiven,
  },
  Dao: {
    clans: words('Bàn Triệu Đặng Phùng Lý'),
    middle: { male: ['Văn', 'Phú', 'Tòn'], female: ['Thị', 'Mùi', 'Mẩy'] },
    given: { male: words('Phúc Vượng Chiêu Kinh Sinh Hín Pu'), female: words('Ghển Pham Nái Viện Lai Mui') },
  },
};

export const clanFor = (roll: Dice, ethnicity: Ethnicity, except?: string): string => {
  const clans = STOCKS[ethnicity].clans;
  const clan = roll.pick(clans);
  return clan === except ? clans[(clans.indexOf(clan) + 1) % clans.length]! : clan;
};

/** Clan, middle and given name in two to four words. */
export const nameFor = (roll: Dice, ethnicity: Ethnicity, sex: Sex, clan: string): string => {
  const stock = STOCKS[ethnicity];
  return [clan, roll.pick(stock.middle[sex]), roll.pick(stock.given[sex])].filter(Boolean).join(' ');
};
