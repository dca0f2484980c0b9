import { type Day, showDay } from '../shared/dates.ts';
import { communeName } from './communes.ts';
import { SYNTHETIC_NOTE } from './list-cells.ts';
import { type Locality, reviewDate } from './model.ts';
import { truth } from './truth.ts';
import { type ExampleVillage, exampleVillages } from './villages.ts';

const HEADINGS = [
  'Tên thôn',
  'Loại',
  'Tên khác',
  'Mã xã trước 01/07/2025',
  'Xã trước 01/07/2025',
  'Mã xã từ 01/07/2025',
  'Xã từ 01/07/2025',
  'Diện đặc biệt',
  'Số hộ',
  'Ngày thống kê',
  'Nguồn',
  'Ghi chú',
] as const;

const BOM = '\uFEFF';

const row = (village: ExampleVillage, households: number, on: Day): string =>
  [
    village.name,
    village.unitType,
    village.otherNames.join('|'),
    village.communeOldCode,
    communeName(village.communeOldCode, 'old'),
    village.communeNewCode,
    communeName(village.communeNewCode, 'new'),
    village.speciallyDifficult ? 'thôn đặc biệt khó khăn' : '',
    households,
    showDay(on),
    SYNTHETIC_NOTE,
    'tên thôn và số hộ là hư cấu, dữ liệu mô phỏng',
  ].join(';');

const table = (count: (village: ExampleVillage) => number, on: Day): string =>
  `${BOM}${[HEADINGS.join(';'), ...exampleVillages.map((village) => row(village, count(village), on))].join('\r\n')}\r\n`;

/**
 * The communes' list of their villages as CSV (UTF-8 with BOM, `;`, CRLF), with the households on the first review date.
 * `examples/tram-tau/places/thon-ban.csv` is this text.
 */
export const exampleVillagesCsv = (): string => table(({ households }) => households, reviewDate(2021));

/** The same list with the households counted on a later review date: the denominator the lists of the poor cannot give. */
export const villageCountsCsv = (locality: Locality, year: number): string => {
  const on = reviewDate(year);
  const totals = truth(locality).totals.filter(({ date }) => date === on);
  const households = new Map(totals.map((total) => [total.villageKey, total.households]));
  return table(({ key }) => households.get(key) ?? 0, on);
};
