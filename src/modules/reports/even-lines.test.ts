import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenLines } from './even-lines.ts';

describe('a title in even lines', () => {
  it('stays in one line where it fits', () => {
    const title = 'Kế hoạch truyền thông giảm nghèo năm 2026 của xã Hạnh Phúc';
    expect(evenLines(title, 60)).toEqual([title]);
  });

  it('breaks about in the middle, and leaves no word alone', () => {
    expect(
      evenLines('Kế hoạch truyền thông về giảm nghèo bền vững giai đoạn 2021-2025 trên địa bàn huyện Trạm Tấu', 60),
    ).toEqual(['Kế hoạch truyền thông về giảm nghèo bền vững', 'giai đoạn 2021-2025 trên địa bàn huyện Trạm Tấu']);
  });

  it('tears no name in two, nor a year from its word', () => {
    const title = 'Kế hoạch truyền thông giảm nghèo năm 2026 của xã Hạnh Phúc';
    for (let most = 12; most < 60; most += 1)
      for (const line of evenLines(title, most)) {
        expect(line.startsWith('Phúc')).toBe(false);
        expect(line.startsWith('Hạnh')).toBe(false);
        expect(line.startsWith('2026')).toBe(false);
      }
  });

  it('loses and adds nothing, needs no more lines than it must, whatever the title', () => {
    const word = fc.stringMatching(/^[a-zA-ZđạếĐ0-9-]{1,12}$/u);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), fc.integer({ min: 15, max: 70 }), (all, most) => {
        const lines = evenLines(all.join('  '), most);
        expect(lines.join(' ')).toBe(all.join(' '));
        for (const line of lines) expect(line.trim()).toBe(line);
        // Two lines beside each other would not have fitted into one.
        const tooMany = lines.some(
          (line, at) => at > 0 && `${lines[at - 1]} ${line}`.length <= most && lines.length === 2,
        );
        expect(tooMany).toBe(false);
      }),
    );
    expect(evenLines('', 60)).toEqual([]);
  });
});
