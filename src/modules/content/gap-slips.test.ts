import { describe, expect, it } from 'vitest';
import { gapSlips, nearName } from './gap-slips.ts';

const told = (text: string) => gapSlips(text).map(({ found, meant }) => `${found} → ${meant}`);

describe('a gap written in another way', () => {
  it('is found in whatever brackets, with or without diacritics', () => {
    for (const found of ['{tên}', '{{tên}}', '{ Tên }', '[tên]', '[[ten]]', '<tên>', '(tên)', '{ten}'])
      expect(told(`Mời ${found} đến họp.`), found).toEqual([`${found} → ((tên))`]);
    expect(told('Đọc {đọc được} và [doc_duoc]')).toEqual([
      '{đọc được} → ((đọc_được??…))',
      '[doc_duoc] → ((đọc_được??…))',
    ]);
    expect(told('Nhà ((tên)) ở {thôn}((có_trẻ_em?? có cháu ở [xã])), {thôn}')).toEqual([
      '{thôn} → ((thôn))',
      '[xã] → ((xã))',
    ]);
  });

  it('is told without a name where none of ours is like it', () => {
    expect(told('Mời {họ và tên} đến họp.')).toEqual(['{họ và tên} → null']);
  });

  it('is not seen in what people write', () => {
    for (const text of [
      'Mời ((tên)) đến ((nơi)).',
      '(((tên)))',
      'Xem bảng tin (ở nhà văn hóa) [mới] <gấp> 1) 2)',
      'Hộ nào (có điện thoại) thì gọi',
      'Dưới 5 < 10 và 12 > 3',
      'Có (( mở',
    ])
      expect(told(text), text).toEqual([]);
  });

  it('is proposed for a name of ours that lacks its marks', () => {
    expect(nearName('ten', [{ name: 'tên' }])).toBe('tên');
    expect(nearName('co_tre_em', [{ name: 'có_trẻ_em' }])).toBe('có_trẻ_em');
    expect(nearName('họ', [{ name: 'tên' }])).toBeUndefined();
  });
});
