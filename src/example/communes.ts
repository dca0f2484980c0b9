import type { VillageSpec } from './model.ts';

/** The old communes of Trạm Tấu: name, and how poor the 2022 review found them in this example (share of households). */
const OLD: Readonly<Record<string, readonly [name: string, poor: number]>> = {
  '04585': ['Thị trấn Trạm Tấu', 0.13],
  '04588': ['Xã Túc Đán', 0.75],
  '04591': ['Xã Pá Lau', 0.74],
  '04594': ['Xã Xà Hồ', 0.71],
  '04597': ['Xã Phình Hồ', 0.69],
  '04600': ['Xã Trạm Tấu', 0.7],
  '04603': ['Xã Tà Xi Láng', 0.73],
  '04606': ['Xã Pá Hu', 0.76],
  '04609': ['Xã Làng Nhì', 0.72],
  '04612': ['Xã Bản Công', 0.68],
  '04615': ['Xã Bản Mù', 0.72],
  '04618': ['Xã Hát Lừu', 0.24],
};

const NEW: Readonly<Record<string, string>> = {
  '04585': 'Xã Hạnh Phúc',
  '04603': 'Xã Tà Xi Láng',
  '04606': 'Xã Trạm Tấu',
  '04609': 'Xã Phình Hồ',
};

/**
 * The poor share in these communes is invented; what is public is that the housing scheme of 2023-2025 gave most houses to
 * Pá Hu, Túc Đán and Pá Lau, and hardly any to Hát Lừu and the town, and the order above follows it.
 */
export const poorShareKnown = (communeOldCode: string): number | undefined => OLD[communeOldCode]?.[1];

export const communeName = (code: string, boundary: 'old' | 'new', village?: VillageSpec): string => {
  const own = boundary === 'old' ? village?.communeOldName : village?.communeNewName;
  const known = boundary === 'old' ? OLD[code]?.[0] : NEW[code];
  return own ?? known ?? `Xã ${code}`;
};
