import type { Profile, VillageSpec } from './model.ts';

/** A village of the example with what its commune's list of villages says of it besides. */
export interface ExampleVillage extends VillageSpec {
  readonly unitType: 'thôn' | 'bản' | 'tổ dân phố';
  /** What else people call it. */
  readonly otherNames: readonly string[];
  readonly speciallyDifficult: boolean;
}

type Named = readonly [name: string, households: number, as?: 'thai' | 'other', otherName?: string];

interface Commune {
  readonly old: string;
  readonly now: string;
  readonly profile: Profile;
  readonly villages: readonly Named[];
}

// The reform of 1 July 2025: Hạnh Phúc 04585, Tà Xi Láng 04603, Trạm Tấu 04606, Phình Hồ 04609.
const HANH_PHUC = '04585';
const TA_XI_LANG = '04603';
const TRAM_TAU = '04606';
const PHINH_HO = '04609';

/**
 * Names and counts are invented. Public are only the communes and their codes, that there are 69 villages, three of them in
 * the town, and about 7,430 households. `thai` marks a village of the valley in a highland commune, `other` one that is not
 * counted among the specially difficult. Two names stand in two communes each, as happens.
 */
const COMMUNES: readonly Commune[] = [
  {
    old: '04585',
    now: HANH_PHUC,
    profile: 'town',
    villages: [
      ['Tổ dân phố Sương Mai', 262, 'other', 'Tổ 1'],
      ['Tổ dân phố Nắng Sớm', 241, 'other', 'Tổ 2'],
      ['Tổ dân phố Cầu Mây', 217, 'other', 'Tổ 3'],
    ],
  },
  {
    old: '04588',
    now: TRAM_TAU,
    profile: 'highland-mong',
    villages: [
      ['Thôn Mây Trắng', 121],
      ['Thôn Gió Ngàn', 98],
      ['Thôn Đá Xanh', 112],
      ['Thôn Sương Núi', 87],
      ['Thôn Hoa Lê', 104],
      ['Thôn Rừng Trúc', 93],
      ['Thôn Suối Bạc', 126, undefined, 'Suối Bạc Thượng'],
      ['Thôn Đồi Nắng', 79],
    ],
  },
  {
    old: '04591',
    now: TRAM_TAU,
    profile: 'highland-mong',
    villages: [
      ['Thôn Thác Mây', 118],
      ['Thôn Đèo Sương', 91],
      ['Thôn Hoa Mận', 103],
      ['Bản Ruộng Vàng', 88, 'thai'],
    ],
  },
  {
    old: '04594',
    now: HANH_PHUC,
    profile: 'highland-mong',
    villages: [
      ['Thôn Chim Én', 131],
      ['Thôn Mái Đá', 107],
      ['Thôn Nương Cao', 124],
      ['Thôn Đồi Thông', 96],
      ['Thôn Sao Hôm', 115],
      ['Thôn Lưng Trời', 122],
      ['Bản Bến Trăng', 95, 'thai'],
    ],
  },
  {
    old: '04597',
    now: PHINH_HO,
    profile: 'highland-mong',
    villages: [
      ['Thôn Trà Xanh', 97, undefined, 'Đồi Chè'],
      ['Thôn Đỉnh Mây', 84],
      ['Thôn Hoa Đào', 76],
      ['Thôn Suối Trong', 91],
      ['Thôn Khe Gió', 72],
    ],
  },
  {
    old: '04600',
    now: TRAM_TAU,
    profile: 'highland-mong',
    villages: [
      ['Thôn Nắng Hồng', 119],
      ['Thôn Đá Bàn Cờ', 102],
      ['Thôn Ngô Vàng', 128],
      ['Thôn Trúc Xanh', 94],
      ['Thôn Gió Lành', 111],
      ['Bản Nước Ấm', 96, 'thai'],
    ],
  },
  {
    old: '04603',
    now: TA_XI_LANG,
    profile: 'highland-mong',
    villages: [
      ['Thôn Mây Tím', 89],
      ['Thôn Rừng Xa', 74],
      ['Thôn Suối Bạc', 81, undefined, 'Suối Bạc Tà Xi'],
      ['Thôn Đá Trắng', 70],
      ['Thôn Chân Trời', 76],
    ],
  },
  {
    old: '04606',
    now: TRAM_TAU,
    profile: 'highland-mong',
    villages: [
      ['Thôn Sườn Non', 101],
      ['Thôn Hoa Gạo', 92],
      ['Thôn Đồng Mây', 108],
      ['Thôn Bậc Thang', 83],
      ['Bản Suối Hát', 96, 'thai'],
    ],
  },
  {
    old: '04609',
    now: PHINH_HO,
    profile: 'highland-mong',
    villages: [
      ['Thôn Cổng Gió', 86],
      ['Thôn Sương Sa', 72],
      ['Thôn Táo Mèo', 95],
      ['Thôn Đồi Ngô', 68],
      ['Thôn Đá Nghiêng', 81],
      ['Thôn Khèn Lá', 90],
      ['Thôn Mắt Suối', 68],
    ],
  },
  {
    old: '04612',
    now: HANH_PHUC,
    profile: 'highland-mong',
    villages: [
      ['Thôn Hoa Ban', 124],
      ['Thôn Gió Ngàn', 109],
      ['Thôn Đỉnh Nắng', 117],
      ['Thôn Ruộng Trời', 98],
      ['Thôn Cây Sổ', 112],
    ],
  },
  {
    old: '04615',
    now: PHINH_HO,
    profile: 'highland-mong',
    villages: [
      ['Thôn Sao Mai', 132],
      ['Thôn Mây Chiều', 118],
      ['Thôn Đá Đen', 97],
      ['Thôn Thông Reo', 104],
      ['Thôn Suối Sương', 126],
      ['Thôn Hoa Mơ', 89],
      ['Thôn Nếp Nương', 111],
      ['Thôn Lá Đỏ', 103],
    ],
  },
  {
    old: '04618',
    now: HANH_PHUC,
    profile: 'valley-thai',
    villages: [
      ['Bản Ruộng Xanh', 148, 'other'],
      ['Bản Hoa Sen', 131, 'other'],
      ['Bản Bờ Suối', 119],
      ['Bản Nhà Sàn', 137, 'other'],
      ['Bản Nước Mát', 108],
      ['Bản Lúa Chín', 117],
    ],
  },
];

const unitTypeOf = (name: string): ExampleVillage['unitType'] =>
  name.startsWith('Tổ dân phố') ? 'tổ dân phố' : name.startsWith('Bản') ? 'bản' : 'thôn';

/** The 69 villages of the example, by commune code and in the order of each commune. */
export const exampleVillages: readonly ExampleVillage[] = COMMUNES.flatMap(({ old, now, profile, villages }) =>
  villages.map(
    ([name, households, as, otherName], at): ExampleVillage => ({
      key: `${old}-${String(at + 1).padStart(2, '0')}`,
      name,
      communeOldCode: old,
      communeNewCode: now,
      households,
      profile: as === 'thai' ? 'valley-thai' : profile,
      unitType: unitTypeOf(name),
      otherNames: otherName ? [otherName] : [],
      speciallyDifficult: as !== 'other',
    }),
  ),
);
