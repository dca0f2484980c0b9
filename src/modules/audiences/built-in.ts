import type { Say } from '../../shared/words/index.ts';
import type { Condition, Rule } from './rule.ts';

const households = (where: Condition): Rule => ({ subject: 'household', where });
const officers = (...words: string[]): Rule => ({
  subject: 'officer',
  where: { any: [{ post: { contains: words } }, { body: { contains: words } }] },
});
const leaders: Rule = {
  subject: 'officer',
  where: { post: { contains: ['chủ tịch', 'bí thư', 'trưởng phòng', 'giám đốc', 'thủ trưởng'] } },
};

/** Whom the source plan is for: everybody it names that the register can tell apart. Codes never change: plans name them. */
const rules = {
  'ho-trong-so': households({ all: [] }),
  'ho-ngheo': households({ class: ['poor'] }),
  'ho-can-ngheo': households({ class: ['near_poor'] }),
  'ho-moi-thoat-ngheo': households({ class: ['newly_escaped'] }),
  'ho-thu-huong': households({ class: ['poor', 'near_poor', 'newly_escaped'] }),
  'ho-xa-dac-biet-kho-khan': households({ status: ['special-difficulty'] }),
  'ho-ngheo-xa-dac-biet-kho-khan': households({ all: [{ class: ['poor'] }, { status: ['special-difficulty'] }] }),
  'ho-thon-dac-biet-kho-khan': households({ status: ['special-village'] }),
  'ho-tre-chua-di-hoc': households({ lacks: 6 }),
  'ho-thieu-bhyt': households({ lacks: 4 }),
  'ho-thieu-thong-tin': households({ any: [{ lacks: 11 }, { lacks: 12 }] }),
  'ho-mong-khong-doc-chu-viet': households({
    all: [{ languages: { some: ['hmn'] } }, { languagesRead: { none: ['vi'] } }],
  }),
  'ho-ngheo-thieu-viec-lam': households({ all: [{ class: ['poor'] }, { lacks: 1 }] }),
  'ho-tre-duoi-36-thang': households({ some: { age: { max: 2 } } }),
  'can-bo-trong-so': { subject: 'officer', where: { all: [] } },
  'can-bo-lanh-dao': leaders,
  'can-bo-giam-ngheo': officers('giảm nghèo', 'văn hóa xã hội', 'lao động thương binh'),
  'tuyen-truyen-vien': officers('tuyên truyền viên', 'báo cáo viên', 'phát thanh viên'),
  'to-cong-nghe-so-cong-dong': officers('công nghệ số cộng đồng', 'chuyển đổi số cộng đồng'),
} as const satisfies Readonly<Record<string, Rule>>;

export const builtIn: ReadonlyMap<string, Rule> = new Map(Object.entries(rules));

export const builtInName = (code: string, say: Say): string => say(`audience.built-in.${code}`);

/** What to know of it before it is used; every built-in one has such a sentence. */
export const builtInNote = (code: string, say: Say): string => say(`audience.note.${code}`);
