import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../platform/sheets/index.ts';
import { factsOfId, readDate, readFullDay, readIdNumber, readInsured, readMark, readSex, readWhole } from './cells.ts';
import { classInTitle, classNamed, readClass } from './classes.ts';
import { readDevices, readLanguages, readLanguagesRead, readTexts } from './several.ts';

const text = (typed: string): Cell => ({ value: typed, text: typed, kind: 'text' });
const date = (iso: string, shown: string): Cell => ({ value: new Date(`${iso}T00:00:00Z`), text: shown, kind: 'date' });
const values = <T>(
  read: (cell: Cell) => { value: T | null; fault?: string; note?: string },
  typed: readonly string[],
) =>
  typed.map((one) => {
    const { value, fault, note } = read(text(one));
    return fault ?? (note ? [value, note] : value);
  });

describe('cells', () => {
  it('of dates', () => {
    const read = (cell: Cell | string) => {
      const { value, fault, note } = readDate(typeof cell === 'string' ? text(cell) : cell, '2025-12-14');
      return (
        fault ??
        [value?.date ?? null, value?.precision, ...(note ? [note] : [])].filter((part) => part !== undefined).join(' ')
      );
    };
    const day = [
      '01/05/1960',
      '1/5/1960',
      '1-5-1960',
      '01.05.1960',
      "'01/05/1960",
      '1960-05-01',
      '1960-05-01 00:00:00',
      '01/05/1960 00:00',
      '1/5/1960 12:00:00 AM',
      'ngày 01/05/1960',
      'ngày 1 tháng 5 năm 1960',
      'Sinh ngày 1/5/1960',
      '01 / 05 / 1960',
      '1960-05-01T00:00:00.000Z',
    ];
    expect(new Set(day.map(read))).toEqual(new Set(['1960-05-01 day']));
    expect(
      new Set(['5/1960', '05/1960', '05-1960', '00/05/1960', 'tháng 5/1960', 'Tháng 5 năm 1960'].map(read)),
    ).toEqual(new Set(['1960-05-01 month']));
    expect(new Set(['1960', 'năm 1960', 'Sinh năm 1960', 'SN 1960', '00/00/1960', '1960.'].map(read))).toEqual(
      new Set(['1960-01-01 year']),
    );
    expect(new Set(['', '-', '…', '...', '?', ' '].map(read))).toEqual(new Set(['']));
    for (const wrong of [
      '01/05/60',
      '60',
      '31/02/1960',
      '13/13/1960',
      '1/1960/5',
      'không rõ',
      '196',
      '19600',
      '99999',
      '3654',
      '9602',
      '0',
      '5.196',
      '01051960',
      '15/00/1960',
      '1690',
      '29/02/1961',
      '05/13/1960',
    ].filter((one) => one !== '19600'))
      expect(read(wrong), wrong).toMatch(/^list\.date(-ahead)?$/u);
    expect(read('1/1/2026')).toBe('list.date-ahead');
    expect(read('21916')).toBe('1960-01-01 day list.date-serial');
    expect(read(date('1960-05-01', '01/05/1960'))).toBe('1960-05-01 day');
    expect(read(date('1960-05-01', '05/1960'))).toBe('1960-05-01 month');
    expect(read(date('1960-05-01', '1960'))).toBe('1960-01-01 year');
    expect(readDate(date('1905-05-15', '15/05/1905'), '2025-12-14')).toEqual({
      value: null,
      fault: 'list.date-year',
      params: { year: '1962' },
    });
    expect(readFullDay(text('12/2025'), '2026-12-14')).toMatchObject({ value: null, fault: 'list.date-partial' });
    expect(readFullDay(text('15/12/2025'), '2026-12-14')).toEqual({ value: '2025-12-15' });
  });

  it('of numbers, sexes, marks', () => {
    expect(
      values(readWhole, [
        '4',
        '04',
        '4 khẩu',
        '4.0',
        '4,00',
        '5 người',
        '120đ',
        '-',
        '',
        '1.000',
        '4,5',
        'bốn',
        '12345',
        '-1',
      ]),
    ).toEqual([
      4,
      4,
      4,
      4,
      4,
      5,
      120,
      null,
      null,
      'list.number',
      'list.number',
      'list.number',
      'list.number',
      'list.number',
    ]);
    expect(values(readSex, ['Nam', 'NỮ', 'nu', 'Gái', 'ông', '', '1', 'khác'])).toEqual([
      'male',
      'female',
      'female',
      'female',
      'male',
      null,
      'list.sex',
      'list.sex',
    ]);
    for (const mark of [
      'x',
      'X',
      ' x',
      'xx',
      '1',
      '10',
      '10.0',
      'có',
      'Có',
      'CÓ',
      '✓',
      '✔',
      '√',
      '+',
      'v',
      'TRUE',
      'thiếu',
      'Thiếu hụt',
      'đúng',
      '×',
      'х',
      '●',
    ])
      expect(readMark(text(mark)).value, mark).toBe(true);
    for (const mark of ['', '-', '0', 'không', 'Không', 'ko', 'FALSE', '0,0', '.', 'không thiếu'])
      expect(readMark(text(mark)).value, mark).toBe(false);
    for (const mark of ['?', '2', '30', 'đạt', '✗'])
      expect(readMark(text(mark)), mark).toEqual({ value: null, fault: 'list.mark' });
    // Wingdings
    expect(readMark({ ...text('ü'), unreadable: true }).value).toBe(true);
    expect(
      values(readInsured, ['có', 'DK2 15 1234567890', 'đã cấp', 'không', 'chưa có', '', 'HN2151234567890']),
    ).toEqual([true, true, true, false, false, null, true]);
  });

  it('of identity numbers', () => {
    expect(
      values(readIdNumber, ['015192001234', '015 192 001 234', 'CCCD: 015192001234', '060123456', '', 'chưa có', '-']),
    ).toEqual(['015192001234', '015192001234', '015192001234', '060123456', null, null, null]);
    expect(values(readIdNumber, ['15192001234', '1192001234', '60123456'])).toEqual([
      ['015192001234', 'list.id-zero'],
      ['001192001234', 'list.id-zero'],
      ['060123456', 'list.id-zero'],
    ]);
    expect(
      values(readIdNumber, ['1.23E+11', '1,52E+10', '1.5192e+10', '15192000000', '123456000000', '152E+08']),
    ).toEqual(['list.id-lost', 'list.id-lost', 'list.id-lost', 'list.id-lost', 'list.id-lost', 'list.id']);
    // A digit is missing somewhere else than in front, or the number is of something else.
    expect(
      values(readIdNumber, ['01506000123', '0150600012', '06012345', '99060001234', '9123456789', '00060001234']),
    ).toEqual(Array(6).fill('list.id'));
    expect(values(readIdNumber, ['12345', '0151920012345', 'abc', '015192001234 060123456'])).toEqual(
      Array(4).fill('list.id'),
    );
    expect([factsOfId('015192001234'), factsOfId('015304001234'), factsOfId('060123456')]).toEqual([
      { sex: 'female', year: 1992 },
      { sex: 'female', year: 2004 },
      undefined,
    ]);
  });

  it('of classes', () => {
    const named = (typed: string) => {
      const found = classNamed(typed);
      return found ? [found.class, found.origin].filter(Boolean).join(' ') : null;
    };
    const all: Record<string, readonly string[]> = {
      poor: ['Hộ nghèo', 'NGHÈO', 'ho ngheo', 'N', 'HN', 'Nghèo đa chiều', 'Hộ nghèo 2025', 'Thuộc diện hộ nghèo', 'Hộ nghèo không có khả năng lao động'],
      near_poor: ['Hộ cận nghèo', 'Cận nghèo', 'CN', 'HCN', 'can ngheo'],
      newly_escaped: ['Hộ mới thoát nghèo', 'Thoát nghèo', 'Mới thoát nghèo', 'MTN', 'Hộ thoát nghèo năm 2025', 'Thoát cận nghèo'],
      'poor relapsed': ['Tái nghèo', 'Hộ tái nghèo', 'Nghèo (tái nghèo)'],
      'poor newly_arising': ['Phát sinh', 'Hộ nghèo phát sinh', 'Nghèo phát sinh mới', 'Phát sinh nghèo', 'HỘ NGHÈO (PHÁT SINH MỚI)'],
      'near_poor relapsed': ['Tái cận nghèo', 'Cận nghèo (tái cận nghèo)'],
      'near_poor newly_arising': ['Cận nghèo phát sinh', 'Phát sinh cận nghèo', 'Hộ cận nghèo phát sinh mới'],
      average: ['Hộ có mức sống trung bình', 'Trung bình', 'Hộ làm nông, lâm, ngư nghiệp có mức sống trung bình'],
      not_poor: ['Không nghèo', 'Hộ khá', 'Khá giả', 'giàu'],
    }; // biome-ignore format: a table of words
    for (const [value, words] of Object.entries(all)) for (const word of words) expect(named(word), word).toBe(value);
    for (const word of ['TN', 'HTN', 'x', '1', 'Hộ nghèo, cận nghèo', 'khó khăn', '', 'Giàng A Nghèo', 'Chủ hộ nghèo'])
      expect(named(word), word).toBeNull();
    expect(readClass(text('-')).value).toBeNull();
    // Nothing is taken silently that no decree calls so.
    expect(readClass(text('Hộ giàu'))).toEqual({
      value: { class: 'not_poor', origin: null },
      note: 'list.class-unofficial',
      params: { word: 'Hộ giàu', class: '@class.not_poor' },
    });
    expect(readClass(text('Không nghèo'))).not.toHaveProperty('note');
    expect([
      classInTitle('Danh sách hộ nghèo'),
      classInTitle('DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO'),
      classInTitle('Danh sách rà soát hộ nghèo'),
      classInTitle('Sheet1'),
      classInTitle('DS hộ thoát nghèo'),
      classInTitle('Danh sách hộ tái nghèo'),
    ]).toEqual(['poor', null, null, null, 'newly_escaped', 'poor']);
  });

  it('of several things', () => {
    expect(
      values(readTexts, [
        'thiếu đất, thiếu vốn; ốm đau/tai nạn',
        '- Thiếu đất\n- Thiếu vốn',
        '1. vốn 2',
        'không',
        '',
        'vốn và kỹ thuật',
      ]),
    ).toEqual([
      ['thiếu đất', 'thiếu vốn', 'ốm đau/tai nạn'],
      ['Thiếu đất', 'Thiếu vốn'],
      ['vốn 2'],
      [],
      [],
      ['vốn', 'kỹ thuật'],
    ]);
    expect(values(readTexts, ['a'.repeat(400)])).toEqual([[['a'.repeat(300)], 'list.long']]);
    expect(
      values(readLanguages, [
        'tiếng Mông, tiếng Việt',
        "Mông (H'Mông)",
        'phổ thông và Thái',
        'tiếng H’Mông/Kinh',
        'Mông, Klingon',
        'Klingon',
        '',
        'không',
      ]),
    ).toEqual([
      ['hmn', 'vi'],
      ['hmn'],
      ['vi', 'blt'],
      ['hmn', 'vi'],
      [['hmn'], 'list.language'],
      'list.language',
      null,
      [],
    ]);
    expect(values(readLanguagesRead, ['có', 'không biết chữ', 'mù chữ', 'chữ Mông', 'Việt', 'x'])).toEqual([
      ['vi'],
      [],
      [],
      ['hmn'],
      ['vi'],
      ['vi'],
    ]);
    expect(
      values(readDevices, [
        '01 tivi, 2 điện thoại',
        'Tivi (01 cái)',
        'đài/điện thoại thông minh',
        'không có',
        'tủ lạnh',
        'tivi + tủ lạnh',
      ]),
    ).toEqual([['tv', 'mobile'], ['tv'], ['radio', 'smartphone'], [], 'list.device', [['tv'], 'list.device']]);
  });
});
