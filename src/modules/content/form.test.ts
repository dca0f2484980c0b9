import { describe, expect, it } from 'vitest';
import { withoutDiacritics } from '../../shared/sms.ts';
import { basisSchema } from './basis.ts';
import { type FormText, formFaults } from './form.ts';
import { forbiddenWord } from './sms-law.ts';

const form = (more: Partial<FormText>): FormText => ({
  kind: 'script',
  language: 'vi',
  text: 'Mời bà con đến họp.',
  answers: [],
  rightAnswer: null,
  ...more,
});
const codes = (more: Partial<FormText>) => formFaults(form(more)).map(({ path, code }) => `${path}: ${code}`);

describe('what an SMS never names', () => {
  it('is found in every spelling, and told as it stands there', () => {
    const found: [text: string, word: string][] = [
      ['Mời Hộ  nghèo đến họp', 'Hộ nghèo'],
      ['Moi ho ngheo den hop', 'ho ngheo'],
      ['Nhà mới thoát nghèo được vay', 'thoát nghèo'],
      ['Hộ cận-nghèo', 'cận-nghèo'],
      ['người khuyết tật', 'khuyết tật'],
      ['nguoi khuyet tat', 'khuyet tat'],
      ['đi chữa bệnh', 'bệnh'],
      ['di chua benh', 'benh'],
      ['xét nghiệm hiv', 'hiv'],
      ['được 150.000 đồng một tháng', '150.000 đồng'],
      ['vay 100 triệu', '100 triệu'],
      ['vay 100tr', '100tr'],
      ['500.000đ', '500.000đ'],
      ['nhan 360000 dong', '360000 dong'],
      ['nộp 50k', '50k'],
      ['hộ nghèo'.normalize('NFD'), 'hộ nghèo'],
    ];
    for (const [text, word] of found) expect(forbiddenWord(text)?.replace('-', ' ')).toBe(word.replace('-', ' '));
  });

  it('leaves alone what only looks like it', () => {
    for (const text of [
      'Chương trình giảm nghèo: mời anh chị đến họp',
      'Vì người nghèo - Không để ai bị bỏ lại phía sau',
      'Đến bệnh viện nhớ mang thẻ',
      'Gặp 2 đồng chí cán bộ lúc 19 giờ',
      'đọc 5 dòng trên bảng tin',
      'bênh vực nhau',
      'Họp ngày 20/11, 2 trưởng thôn',
    ])
      expect(forbiddenWord(text), text).toBeUndefined();
  });

  it('is refused in both kinds of SMS, also inside a condition, and only there', () => {
    const text = '((có_trẻ_em??Hộ nghèo ơi)), mời họp';
    expect(codes({ kind: 'sms', text })).toEqual(['text: sms.names']);
    expect(codes({ kind: 'sms-plain', text: 'ho ngheo' })).toEqual(['text: sms.names']);
    expect(codes({ kind: 'script', text: 'Hộ nghèo được vay 100 triệu đồng.' })).toEqual([]);
  });
});

describe('a form', () => {
  it('without diacritics has none, and the plain text is offered; names of gaps do not count', () => {
    const [fault] = formFaults(form({ kind: 'sms-plain', text: 'Mời ((tên)) đến “nhà văn hóa” – 19 giờ' }));
    expect(fault).toMatchObject({ code: 'sms.not-plain', path: 'text' });
    expect(fault!.params!.plain).toBe('Moi ((tên)) den "nha van hoa" - 19 gio');
    expect(codes({ kind: 'sms-plain', text: String(fault!.params!.plain) })).toEqual([]);
    expect(withoutDiacritics('Đường ĐI\nkhó\u00A0ạ…')).toBe('Duong DI\nkho a...');
  });

  it('uses only names that can be filled', () => {
    expect(codes({ text: 'Chào ((tên)) ở ((thôn)), ((đọc_được??mời đọc)).' })).toEqual([]);
    expect(codes({ text: 'Chào ((họ tên)).' })).toEqual(['text: template.unknown-value']);
    expect(codes({ text: '((tên??Chào))' })).toEqual(['text: template.unknown-condition']);
    expect(codes({ text: '((đọc_được))' })).toEqual(['text: template.unknown-value']);
    expect(codes({ text: '((tên' })).toEqual(['text: template.unclosed']);
  });

  it('as a question has two to four different answers, one of them right', () => {
    const question = (answers: string[], rightAnswer: number | null) =>
      codes({ kind: 'question', text: 'Hỏi ở đâu?', answers, rightAnswer });
    expect(question(['Ở xã', 'Ở chợ'], 1)).toEqual([]);
    expect(question(['a', 'b', 'c', 'd'], 4)).toEqual([]);
    expect(question(['Ở xã'], 1)).toEqual(['answers: form.answers-count']);
    expect(question(['a', 'b', 'c', 'd', 'e'], 1)).toEqual(['answers: form.answers-count']);
    expect(question(['Ở xã', 'ở XÃ'], 1)).toEqual(['answers: form.answers-same']);
    expect(question(['Ở xã', 'Ở chợ'], null)).toEqual(['rightAnswer: form.right-answer']);
    expect(question(['Ở xã', 'Ở chợ'], 3)).toEqual(['rightAnswer: form.right-answer']);
    expect(question(['Ở xã', 'Ở chợ'], 0)).toEqual(['rightAnswer: form.right-answer']);
    expect(codes({ kind: 'sms', answers: ['a', 'b'], rightAnswer: 1 })).toEqual([
      'answers: form.answers-only-question',
    ]);
  });

  it('is no longer than can be sent', () => {
    expect(codes({ kind: 'sms', text: 'a'.repeat(268) })).toEqual([]);
    expect(codes({ kind: 'sms', text: 'a'.repeat(269) })).toEqual(['text: form.too-long']);
    expect(codes({ kind: 'sms-plain', text: 'a'.repeat(613) })).toEqual(['text: form.too-long']);
  });
});

describe('a legal basis', () => {
  const basis = { number: '61-NQ/TU', issuer: 'Tỉnh ủy', title: 'Giảm nghèo' };
  it('is unconfirmed unless said otherwise, and ends after it began', () => {
    expect(basisSchema.parse(basis)).toMatchObject({ mark: 'unconfirmed', date: null, validTo: null });
    expect(basisSchema.safeParse({ ...basis, date: '2021-02-30' }).success).toBe(false);
    const period = { validFrom: '2021-01-01', validTo: '2021-01-01' };
    expect(basisSchema.safeParse({ ...basis, ...period }).success).toBe(true);
    expect(basisSchema.safeParse({ ...basis, ...period, validTo: '2020-12-31' }).success).toBe(false);
    expect(basisSchema.safeParse({ ...basis, number: ' ' }).success).toBe(false);
  });
});
