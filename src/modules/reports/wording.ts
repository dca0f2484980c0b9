import { type Day, showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import { sayOf, type Unit, unitOf } from '../../shared/words/units.ts';
import { howCounted, percent, sourceName } from '../coverage/index.ts';
import type { Plan } from '../plans/index.ts';
import { evenLines } from './even-lines.ts';
import type { Overall, PlanReport, ReportLine, Sendings } from './plan-report.ts';

/** The report in sentences, the same for every file that is made of it. Pure. */

// What an office program cannot hold in a file: control characters.
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu;

export const printable = (text: string): string => text.replace(UNPRINTABLE, '');

/** Where the office writes something by hand. */
export const BLANK = '……………………';

/** "UBND xã" in full: a heading names its body without abbreviation. */
const inFull = (issuer: string): string => issuer.replace(/^UBND(?=\s)/u, 'Ủy ban nhân dân');

const isCommittee = (issuer: string): boolean => inFull(issuer).startsWith('Ủy ban nhân dân');

/** Day and month with a leading 0 as annex I of NĐ 30/2020/NĐ-CP has them: days below 10, January and February. */
const longDay = (say: Say, on: Day): string => {
  const [year, month, dayOfMonth] = on.split('-') as [string, string, string];
  return say('reports.long-day', {
    day: dayOfMonth,
    month: Number(month) <= 2 ? month : String(Number(month)),
    year,
  });
};

const inCapitals = (issuer: string): string[] => {
  const [, body, place] = /^(Ủy ban nhân dân) (.+)$/u.exec(inFull(issuer)) ?? [undefined, inFull(issuer)];
  return [body, place].flatMap((text) => (text ? [text.toLocaleUpperCase('vi')] : []));
};

/** Does a people's committee sign? */
export const signsForCommittee = ({ issuer }: PlanReport): boolean => issuer !== null && isCommittee(issuer);

/** Whom the lines count: households, officers, or some lines these and some those. */
export const unitOfReport = ({ lines }: PlanReport): Unit => unitOf(lines.map(({ coverage }) => coverage.subject));

export interface Heading {
  /** In capitals; a committee and its place on a line each. */
  readonly issuer: readonly string[];
  /** The number is the office's: blank, before the symbol. */
  readonly number: string;
  readonly placeAndDay: string;
  readonly kind: string;
  /** In one text, and in lines that are broken where it reads well. */
  readonly about: string;
  readonly aboutLines: readonly string[];
  readonly figuresOf: string;
}

const titleOf = (say: Say, { plan }: PlanReport): string =>
  /^kế hoạch(?!\p{L})/iu.test(plan.title) ? plan.title : say('reports.plan-called', { title: plan.title });

export const headingOf = (say: Say, report: PlanReport): Heading => {
  const { issuer, locality } = report;
  return {
    issuer: issuer === null ? [BLANK] : inCapitals(issuer),
    number: say(signsForCommittee(report) ? 'reports.number-committee' : 'reports.number-other'),
    placeAndDay: say('reports.place-and-day', { place: locality ?? BLANK, day: longDay(say, report.madeOn) }),
    kind: say('reports.kind'),
    about: say('reports.about', { title: titleOf(say, report) }),
    aboutLines: [say('reports.about', { title: '' }).trim(), ...evenLines(titleOf(say, report), MOST_LETTERS)],
    figuresOf: say('reports.figures-of', { on: showDay(report.on) }),
  };
};

// What fits into a line of 165 mm in bold letters of 14 points.
const MOST_LETTERS = 60;

const basisText = (say: Say, { number, date, issuer, title }: Plan['bases'][number]): string => {
  if (!number)
    return issuer ? say('reports.basis-unnumbered', { title, issuer }) : say('reports.basis-title', { title });
  const when = date ? ` ${say('reports.basis-day', { day: showDay(date) })}` : '';
  return say('reports.basis', { number: `${number}${when}`, issuer, title });
};

/** The plan itself first; each line ends with ";", the last with ".". */
export const basesOf = (say: Say, { plan }: PlanReport): string[] => {
  const own = say('reports.basis', {
    number: `${plan.number ?? BLANK}${plan.issuedOn ? ` ${say('reports.basis-day', { day: showDay(plan.issuedOn) })}` : ''}`,
    issuer: plan.issuer,
    title: plan.title,
  });
  const all = [own, ...plan.bases.map((basis) => basisText(say, basis))].map((text) => text.replace(/[;.\s]+$/u, ''));
  return all.map((text, at) => `${text}${at === all.length - 1 ? '.' : ';'}`);
};

const subjectsOf = (say: Say, subject: Overall['subject'], count: number): string =>
  say(`reports.subjects.${subject}`, { count });

const overallText = (say: Say, { subject, subjects, all, none }: Overall): string =>
  say('reports.overall', {
    subjects: subjectsOf(say, subject, subjects),
    all: subjectsOf(say, subject, all),
    none: subjectsOf(say, subject, none),
  });

const unkeptText = (say: Say, lines: readonly ReportLine[]): string[] => {
  const unkept = lines.filter(({ standing }) => standing === 'unkept');
  const positions = unkept.map(({ coverage }) => coverage.position).join(', ');
  return unkept.length > 0 ? [say('reports.lines-unkept', { lines: unkept.length, positions })] : [];
};

/** Who reports, of which places, and how the lines stand together. */
export const summaryOf = (say: Say, { lines, overall, late, part }: PlanReport): string[] => [
  ...(part ? [say('reports.part', { places: part.join('; ') })] : []),
  say('reports.lines', {
    lines: lines.length,
    begun: lines.filter(({ activities }) => activities.length > 0).length,
    met: lines.filter(({ met }) => met === true).length,
    late: late.reduce((sum, head) => sum + head.lines.length, 0),
  }),
  ...unkeptText(say, lines),
  ...overall.map((each) => overallText(say, each)),
];

export const leadOf = (say: Say, { issuer, on }: PlanReport): string =>
  say('reports.lead', { issuer: issuer === null ? BLANK : inFull(issuer), on: showDay(on) });

export const targetText = (say: Say, { coverage, targetCount }: ReportLine): string[] => [
  say('reports.target', {
    percent: percent(coverage.targetPercent / 100, say),
    subjects: subjectsOf(say, coverage.subject, targetCount),
  }),
  say('reports.from-stage', { stage: `@stage.${coverage.threshold}` }),
];

const sentText = (say: Say, { channel, times, recipients, ...ends }: Sendings): string => {
  const known = (['delivered', 'failed', 'withheld', 'unknown', 'underWay'] as const).filter(
    (end) => ends[end] > 0 || end === 'delivered' || end === 'failed',
  );
  return say('reports.sent', {
    channel: `@channel.${channel}`,
    times,
    recipients,
    ends: known.map((end) => say(`reports.sent.${end}`, { count: ends[end] })).join(', '),
  });
};

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);

const standingText = (say: Say, standing: ReportLine['standing']): string => {
  if (standing === 'unkept') return say('reports.unkept');
  return say(standing ? `plan.standing.${standing}` : 'reports.nothing-done');
};

/** What was planned in numbers, what was done by kind, what was sent and what became of it. */
export const doneText = (say: Say, { terms, activities, sendings, standing }: ReportLine): string[] => [
  ...(terms.quantity === null
    ? []
    : [say('reports.planned', { quantity: terms.quantity, unit: terms.unit ?? '' }).trim()]),
  // What was sent is told with what became of it.
  ...activities
    .filter(({ kind }) => !sendings.some(({ channel }) => channel === kind))
    .map(({ kind, count }) => capital(say('reports.activities', { kind: `@channel.${kind}`, count }))),
  ...sendings.map((sent) => sentText(say, sent)),
  ...(activities.length > 0 ? [] : [capital(standingText(say, standing))]),
];

export const reasonsText = (say: Say, { reasons, coverage }: ReportLine): string[] =>
  reasons.map(({ reason, count }) =>
    say('reports.reason', { reason: sayOf(say, coverage.subject)(`reason.${reason}`), count }),
  );

/** What the message is called; its code only where there is nothing else. */
export const messageText = ({ message }: Pick<ReportLine, 'message'>): string => message.title || message.code;

export const whatText = (say: Say, { coverage, message }: ReportLine): string[] => [
  coverage.what,
  say('reports.message', { title: messageText({ message }) }),
  say('reports.days', { from: showDay(coverage.startsOn), to: showDay(coverage.endsOn) }),
];

export const headText = ({ head }: Pick<ReportLine, 'head'>): string =>
  [head.name, head.post].filter(Boolean).join(', ');

const earlierText = (say: Say, lines: readonly ReportLine[]): string[] => {
  const texts = lines
    .filter(({ earlier }) => earlier > 0)
    .map(({ earlier, coverage: { position, subject } }) =>
      say('reports.note.earlier-line', { position, subjects: subjectsOf(say, subject, earlier) }),
    );
  return texts.length > 0 ? [say('reports.note.earlier', { lines: texts.join('; ') })] : [];
};

const hasUnknown = ({ lines }: PlanReport): boolean => lines.some(({ coverage: { sum } }) => sum.unknown > 0);

/** What the numbers in the head and in the cells of the table stand for; of those only which are there. */
export const underTable = (plain: Say, report: PlanReport): string => {
  const say = sayOf(plain, unitOfReport(report));
  const notes = ['could-hear', 'reached', 'declared', ...(hasUnknown(report) ? ['unknown'] : [])];
  return notes.map((name) => say(`reports.under-table.${name}`)).join(' ');
};

/** What a figure means, of which list and map it is, and what it does not say. */
export const notesOf = (plain: Say, report: PlanReport): string[] => {
  const { coverage, lines } = report;
  const say = sayOf(plain, unitOfReport(report));
  const lists = new Set(
    lines.map(({ coverage: { listDate } }) => (listDate ? showDay(listDate) : say('coverage.no-list'))),
  );
  const sources = new Set(lines.map((line) => sourceName(say, line.coverage)));
  return [
    `${say('coverage.of', { on: showDay(coverage.on), boundaries: showDay(coverage.boundaries) })}.`,
    say('reports.note.list', { lists: [...lists].join(', '), sources: [...sources].join(', ') }),
    ...howCounted(plain, coverage),
    ...earlierText(plain, lines),
    say('reports.note.not-added'),
    say('reports.note.sent', { day: showDay(report.madeOn) }),
    say('reports.note.reasons'),
    ...(coverage.closed ? [say('reports.note.closed', { day: showDay(report.madeOn) })] : []),
    say('reports.note.late'),
    ...(isSynthetic(report) ? [say('reports.note.synthetic')] : []),
  ];
};

export const isSynthetic = ({ plan }: PlanReport): boolean => plan.synthetic;
