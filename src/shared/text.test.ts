import { expect, it } from 'vitest';
import { clean, fold } from './text.ts';

it('letters that only look like Đ become Đ', () => {
  for (const typed of ['\u00D0ặng', '\u0189ặng', 'Đặng', '\u0110a\u0306\u0323ng']) {
    expect(clean(typed)).toBe('Đặng');
    expect(fold(typed)).toBe('dang');
  }
  expect([clean('\u00F0ường'), clean('\u0256ường'), fold('\u00F0ường')]).toEqual(['đường', 'đường', 'duong']);
});

it('spaces are one, invisible characters none', () => {
  expect(clean('\u200B Giàng\u00A0 A\tMua ')).toBe('Giàng A Mua');
  expect(fold('Thôn/Bản: TẤU  TRÊN')).toBe('thon ban tau tren');
});
