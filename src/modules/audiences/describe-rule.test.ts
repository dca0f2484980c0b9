import { describe, expect, it } from 'vitest';
import { languages, sayIn, words } from '../../shared/words/index.ts';
import { builtIn, builtInName, builtInNote } from './built-in.ts';
import { describeRule } from './describe-rule.ts';
import { leafSchemas } from './leaves.ts';
import { ruleSchema } from './read-rule.ts';

const PLACE = '00000000-0000-4000-8000-000000000001';
const names = { places: { [PLACE]: 'xã Bản Mù' } };
const inWords = (rule: unknown, language: 'vi' | 'en' = 'vi') =>
  describeRule(ruleSchema.parse(rule), sayIn(language), names);
const household = (where: unknown) => ({ subject: 'household', where });

/** Every way of asking, in the words of a Vietnamese screen. */
const SAID: readonly (readonly [object, string])[] = [
  [{ place: [PLACE] }, 'Hộ ở xã Bản Mù'],
  [{ status: ['special-difficulty', 'zone-III'] }, 'Hộ ở xã đặc biệt khó khăn hoặc xã khu vực III'],
  [{ mobile: true }, 'Hộ có số di động'],
  [{ mobile: false }, 'Hộ không có số di động'],
  [{ contactable: true }, 'Hộ có số điện thoại được phép liên hệ'],
  [{ contactable: false }, 'Hộ không có số điện thoại nào được phép liên hệ'],
  [{ languages: { some: ['hmn', 'blt'] } }, 'Hộ hiểu tiếng Mông hoặc tiếng Thái'],
  [{ languages: { none: ['vi'] } }, 'Hộ không ai hiểu tiếng Việt'],
  [{ languages: { nothing: true } }, 'Hộ không hiểu tiếng nào trong các tiếng có ở sổ'],
  [{ languagesRead: { some: ['vi'] } }, 'Hộ có người đọc được tiếng Việt'],
  [{ languagesRead: { none: ['vi'] } }, 'Hộ không ai đọc được tiếng Việt'],
  [{ languagesRead: { nothing: true } }, 'Hộ không ai đọc được chữ'],
  [{ code: ['HP-1', 'HP-2'] }, 'Hộ có mã HP-1 hoặc HP-2'],
  [{ code: ['1', '2', '3', '4', '5', '6'] }, 'Hộ có tên trong danh sách 6 mã'],
  [{ reached: { message: 'the-bhyt', stage: 3 } }, 'Hộ đã nghe trực tiếp (hoặc hơn) thông điệp “the-bhyt”'],
  [
    { reached: { message: 'the-bhyt', stage: 2, edition: 4 } },
    'Hộ đã nhận (hoặc hơn) thông điệp “the-bhyt”, lần biên soạn 4',
  ],
  [{ class: ['poor', 'near_poor'] }, 'Hộ nghèo hoặc hộ cận nghèo'],
  [{ classSince: { from: '2025-01-31' } }, 'Hộ vào diện này từ ngày 31/01/2025'],
  [{ classSince: { until: '2025-01-31' } }, 'Hộ vào diện này chậm nhất ngày 31/01/2025'],
  [
    { classSince: { from: '2024-01-01', until: '2025-01-31' } },
    'Hộ vào diện này từ ngày 01/01/2024 đến ngày 31/01/2025',
  ],
  [{ classSince: { months: 12 } }, 'Hộ vào diện này trong 12 tháng gần đây'],
  [{ origin: ['relapsed'] }, 'Hộ là hộ tái nghèo'],
  [{ lacks: 6 }, 'Hộ thiếu hụt chỉ số 6 (tình trạng đi học của trẻ em)'],
  [{ lacksAtLeast: 3 }, 'Hộ thiếu hụt từ 3 chỉ số trở lên'],
  [{ ethnicity: ['Mông'] }, 'Hộ dân tộc Mông'],
  [{ devices: { some: ['tv'] } }, 'Hộ có tivi'],
  [{ devices: { none: ['smartphone'] } }, 'Hộ không có điện thoại thông minh'],
  [{ devices: { nothing: true } }, 'Hộ không có phương tiện nghe nhìn nào'],
  [{ livelihood: { in: ['trồng ngô'] } }, 'Hộ có sinh kế là “trồng ngô”'],
  [{ livelihood: { contains: ['ngô', 'chè'] } }, 'Hộ có sinh kế mang chữ “ngô” hoặc “chè”'],
  [{ size: { min: 6 } }, 'Hộ có từ 6 người trở lên'],
  [{ size: { max: 2 } }, 'Hộ có không quá 2 người'],
  [{ size: { min: 2, max: 4 } }, 'Hộ có từ 2 đến 4 người'],
  [{ groups: { some: ['BTXH'] } }, 'Hộ thuộc nhóm BTXH'],
  [{ groups: { none: ['BTXH'] } }, 'Hộ không thuộc nhóm BTXH'],
  [{ groups: { nothing: true } }, 'Hộ không thuộc nhóm đặc thù nào'],
  [{ some: { age: { min: 60 } } }, 'Hộ có ít nhất một người từ 60 tuổi trở lên'],
  [{ no: { age: { max: 15 } } }, 'Hộ không có người nào dưới 16 tuổi'],
  [{ some: { age: { min: 3, max: 15 } } }, 'Hộ có ít nhất một người từ 3 đến dưới 16 tuổi'],
  [{ head: { sex: 'female' } }, 'Hộ có chủ hộ là nữ'],
  [{ some: { sex: 'male' } }, 'Hộ có ít nhất một người là nam'],
  [{ some: { relation: { in: ['con'] } } }, 'Hộ có ít nhất một người là “con”'],
  [{ some: { relation: { contains: ['cháu'] } } }, 'Hộ có ít nhất một người có quan hệ với chủ hộ mang chữ “cháu”'],
  [{ some: { ethnicity: ['Thái'] } }, 'Hộ có ít nhất một người dân tộc Thái'],
  [{ some: { school: { in: ['bỏ học'] } } }, 'Hộ có ít nhất một người có tình trạng đi học là “bỏ học”'],
  [{ some: { school: { contains: ['lớp'] } } }, 'Hộ có ít nhất một người có tình trạng đi học mang chữ “lớp”'],
  [{ some: { job: { in: ['làm thuê'] } } }, 'Hộ có ít nhất một người có việc làm là “làm thuê”'],
  [{ some: { job: { contains: ['thuê'] } } }, 'Hộ có ít nhất một người có việc làm mang chữ “thuê”'],
  [{ some: { insured: true } }, 'Hộ có ít nhất một người có bảo hiểm y tế'],
  [{ some: { insured: false } }, 'Hộ có ít nhất một người chưa có bảo hiểm y tế'],
  [{ some: { disabled: true } }, 'Hộ có ít nhất một người là người khuyết tật'],
  [{ some: { disabled: false } }, 'Hộ có ít nhất một người không khuyết tật'],
  [{ some: { reads: true } }, 'Hộ có ít nhất một người biết đọc'],
  [{ some: { reads: false } }, 'Hộ có ít nhất một người không biết đọc'],
  [{ all: [] }, 'Mọi hộ trong sổ'],
];

const OFFICERS: readonly (readonly [object, string])[] = [
  [{ all: [] }, 'Mọi cán bộ trong sổ'],
  [{ body: { in: ['Hội Phụ nữ'] } }, 'Cán bộ thuộc “Hội Phụ nữ”'],
  [{ body: { contains: ['UBND'] } }, 'Cán bộ thuộc cơ quan có chữ “UBND”'],
  [{ post: { in: ['Trưởng thôn'] } }, 'Cán bộ giữ chức vụ “Trưởng thôn”'],
  [{ post: { contains: ['chủ tịch'] } }, 'Cán bộ có chức vụ mang chữ “chủ tịch”'],
];

describe('a rule in words', () => {
  it.each(SAID)('%j', (where, said) => {
    expect(inWords(household(where))).toBe(said);
  });

  it.each(OFFICERS)('of officers: %j', (where, said) => {
    expect(inWords({ subject: 'officer', where })).toBe(said);
  });

  it('puts conditions together as people say it', () => {
    const rule = household({
      all: [{ some: { age: { min: 60 } } }, { class: ['poor'] }, { status: ['special-difficulty'] }],
    });
    expect(inWords(rule)).toBe('Hộ nghèo, có ít nhất một người từ 60 tuổi trở lên, ở xã đặc biệt khó khăn');
    expect(inWords(rule, 'en')).toBe(
      'Poor households that have at least one member aged 60 or over, are in a commune of special difficulty',
    );
    expect(inWords(household({ any: [{ lacks: 11 }, { all: [{ lacks: 12 }, { mobile: false }] }] }))).toBe(
      'Hộ thiếu hụt chỉ số 11 (dịch vụ viễn thông) hoặc (thiếu hụt chỉ số 12 (phương tiện tiếp cận thông tin) và không có số di động)',
    );
    expect(inWords(household({ all: [{ mobile: true }, { any: [{ lacks: 1 }, { lacks: 4 }] }] }))).toBe(
      'Hộ có số di động, (thiếu hụt chỉ số 1 (việc làm) hoặc thiếu hụt chỉ số 4 (bảo hiểm y tế))',
    );
    expect(inWords(household({ not: { class: ['poor'] } }))).toBe('Hộ không (thuộc diện hộ nghèo)');
    expect(inWords(household({ some: { all: [{ sex: 'female' }, { age: { max: 2 } }] } }))).toBe(
      'Hộ có ít nhất một người là nữ và dưới 3 tuổi',
    );
  });

  it('has a word for every condition in both languages, and shows no key', () => {
    const conditions = [...SAID.map(([where]) => where), ...OFFICERS.map(([where]) => where)];
    const text = JSON.stringify(conditions);
    for (const schemas of Object.values(leafSchemas))
      for (const name of Object.keys(schemas)) expect(text, name).toContain(`"${name}":`);
    for (const language of languages) {
      const all = [
        ...SAID.map(([where]) => inWords(household(where), language)),
        ...OFFICERS.map(([where]) => inWords({ subject: 'officer', where }, language)),
      ];
      for (const said of all) expect(said).not.toMatch(/rule\.|stage\.|class\.|\{|\}|undefined/u);
    }
  });

  it('says of every built-in audience what it is called and what to know of it', () => {
    for (const language of languages) {
      const say = sayIn(language);
      for (const [code, rule] of builtIn) {
        expect(code).toMatch(/^[a-z0-9-]+$/u);
        expect(`audience.built-in.${code}` in words[language], code).toBe(true);
        expect(`audience.note.${code}` in words[language], code).toBe(true);
        expect(builtInName(code, say)).not.toBe(builtInNote(code, say));
        expect(describeRule(rule, say)).not.toMatch(/rule\./u);
        expect(ruleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
      }
    }
  });
});
