import type { Condition, Rule } from '../../src/modules/audiences/index.ts';

/**
 * What a rule says of a subject, worked out the slow way over plain objects, without the database and without anything of
 * the compiler. Truth is a number: 1 yes, -1 no, 0 unknown; and = the least, or = the greatest, not = the opposite.
 */
export type Truth = 1 | 0 | -1;

export interface Member {
  readonly born: string | null;
  readonly precision: 'day' | 'month' | 'year' | null;
  readonly sex: string | null;
  readonly relation: string;
  readonly isHead: boolean;
  readonly ethnicity: string | null;
  readonly school: string | null;
  readonly job: string | null;
  readonly insured: boolean | null;
  readonly disabled: boolean | null;
  readonly reads: boolean | null;
}

/** A subject as it stood on a day: the columns of its flat row, and what belongs to it. */
export interface Subject {
  readonly kind: string;
  readonly code: string;
  readonly class: string | null;
  readonly classFrom: string | null;
  readonly origin: string | null;
  readonly indicators: readonly (boolean | null)[];
  readonly ethnicity: string | null;
  readonly languages: readonly string[] | null;
  readonly languagesRead: readonly string[] | null;
  readonly devices: readonly string[] | null;
  readonly livelihood: string | null;
  readonly size: number | null;
  readonly groups: readonly string[] | null;
  readonly body: string | null;
  readonly post: string | null;
  /** Every place it lies in on the day, or lay in on the last day of one that has ended; null = nobody knows where it is. */
  readonly liesIn: ReadonlySet<string> | null;
  /** Statuses of the places it lies in. */
  readonly statuses: ReadonlySet<string>;
  readonly members: readonly Member[];
  readonly numbers: readonly { readonly mobile: boolean; readonly refused: boolean }[];
  /** Days on which it was first reached, by message, edition and stage. */
  readonly reached: readonly {
    readonly message: string;
    readonly edition: number;
    readonly stage: number;
    readonly on: string;
  }[];
}

/** Told of every operator that was worked out, and what it came to. */
export type Watch = (operator: string, truth: Truth) => void;

// biome-ignore lint/suspicious/noExplicitAny: one walk over conditions of subjects and of people
type Any = any;

const sure = (yes: boolean): Truth => (yes ? 1 : -1);
const known = <T>(value: T | null, test: (value: T) => boolean): Truth => (value === null ? 0 : sure(test(value)));
const flip = (truth: Truth): Truth => (truth === 0 ? 0 : truth === 1 ? -1 : 1);
const all = (truths: readonly Truth[]): Truth => Math.min(1, ...truths) as Truth;
const any = (truths: readonly Truth[]): Truth => Math.max(-1, ...truths) as Truth;

/** Few texts come again and again. */
const remembered = <T>(work: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    if (!known.has(text)) known.set(text, work(text));
    return known.get(text)!;
  };
};

const lower = remembered((text) => text.toLowerCase());
const same = (a: string, b: string): boolean => lower(a) === lower(b);

const plainWords = remembered((text) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/gu, 'd')
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== ''),
);

const hasWords = (text: string, wanted: string): boolean => {
  const [words, sought] = [plainWords(text), plainWords(wanted)];
  return words.some((_, at) => sought.every((word, offset) => words[at + offset] === word));
};

const isMong = remembered((name) => ['mong', 'hmong'].includes(plainWords(name).join('')));

const ofGroup = (own: string | null, names: readonly string[]): Truth =>
  known(own, (it) => names.some((name) => same(it, name) || (isMong(it) && isMong(name))));

const agesOf = (() => {
  const seen = new Map<string, readonly number[]>();
  /** Full years that somebody may have, going through every day on which it may have been born. */
  return (born: string, precision: string | null, on: string): readonly number[] => {
    const key = `${born} ${precision} ${on}`;
    const before = seen.get(key);
    if (before) return before;
    const kept = precision === 'year' ? 4 : precision === 'month' ? 7 : 10;
    const ages = new Set<number>();
    const start = Date.UTC(Number(born.slice(0, 4)), 0, 1);
    for (let at = 0; at < 366; at += 1) {
      const day = new Date(start + at * 86_400_000).toISOString().slice(0, 10);
      if (day.slice(0, kept) !== born.slice(0, kept)) continue;
      const years = Number(on.slice(0, 4)) - Number(day.slice(0, 4));
      ages.add(on.slice(5) < day.slice(5) ? years - 1 : years);
    }
    const found = [...ages];
    seen.set(key, found);
    return found;
  };
})();

const entries = new WeakMap<object, [string, Any]>();
/** The one entry of a condition, looked up once for all subjects. */
const entryOf = (condition: object): [string, Any] => {
  const known = entries.get(condition);
  if (known) return known;
  const entry = Object.entries(condition)[0] as [string, Any];
  entries.set(condition, entry);
  return entry;
};

/** True of all possible values: yes; of none: no; of some of them: unknown. */
const ofAll = (values: readonly number[], test: (value: number) => boolean): Truth => {
  const fitting = values.filter(test).length;
  return fitting === values.length ? 1 : fitting === 0 ? -1 : 0;
};

export const referenceOf = (on: string, watch: Watch = () => {}) => {
  const seen = (operator: string, truth: Truth): Truth => {
    watch(operator, truth);
    return truth;
  };

  const text = (name: string, own: string | null, value: Any): Truth =>
    value.in
      ? seen(
          `${name}.in`,
          known(own, (it) => value.in.some((each: string) => same(it, each))),
        )
      : seen(
          `${name}.contains`,
          known(own, (it) => value.contains.some((each: string) => hasWords(it, each))),
        );

  const list = (name: string, own: readonly string[] | null, value: Any): Truth => {
    const hit = (wanted: readonly string[]) => (it: readonly string[]) =>
      it.some((a) => wanted.some((b) => same(a, b)));
    if (value.some) return seen(`${name}.some`, known(own, hit(value.some)));
    if (value.none) return seen(`${name}.none`, flip(known(own, hit(value.none))));
    return seen(
      `${name}.nothing`,
      known(own, (it) => it.length === 0),
    );
  };

  const range = (name: string, values: readonly number[] | null, { min, max }: Any): Truth => {
    const truths: Truth[] = [];
    if (min !== undefined) truths.push(seen(`${name}.min`, values === null ? 0 : ofAll(values, (it) => it >= min)));
    if (max !== undefined) truths.push(seen(`${name}.max`, values === null ? 0 : ofAll(values, (it) => it <= max)));
    return all(truths);
  };

  const since = (own: string | null, { from, until, months }: Any): Truth => {
    const truths: Truth[] = [];
    if (from)
      truths.push(
        seen(
          'classSince.from',
          known(own, (it) => it >= from),
        ),
      );
    if (until)
      truths.push(
        seen(
          'classSince.until',
          known(own, (it) => it <= until),
        ),
      );
    if (months) {
      const [year, month, day] = on.split('-').map(Number) as [number, number, number];
      const count = year * 12 + (month - 1) - months;
      const [y, m] = [Math.floor(count / 12), (count % 12) + 1];
      const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
      const pad = (value: number): string => String(value).padStart(2, '0');
      const earliest = `${y}-${pad(m)}-${pad(Math.min(day, last))}`;
      truths.push(
        seen(
          'classSince.months',
          known(own, (it) => it >= earliest),
        ),
      );
    }
    return all(truths);
  };

  const lacking = (indicators: readonly (boolean | null)[], least: number): Truth => {
    const counts = [0, indicators.filter((it) => it === null).length].map(
      (more) => indicators.filter((it) => it === true).length + more,
    );
    return counts[0]! >= least ? 1 : counts[1]! < least ? -1 : 0;
  };

  const reached = (subject: Subject, { message, edition, stage }: Any): Truth =>
    seen(
      edition === undefined ? 'reached' : 'reached.edition',
      sure(
        subject.reached.some(
          (it) =>
            it.message === message &&
            it.stage === stage &&
            it.on <= on &&
            (edition === undefined || it.edition === edition),
        ),
      ),
    );

  const leafOfSubject = (subject: Subject, name: string, value: Any): Truth => {
    switch (name) {
      case 'place':
        return seen(
          name,
          known(subject.liesIn, (it) => value.some((each: string) => it.has(each))),
        );
      case 'status':
        return seen(
          name,
          known(subject.liesIn, () => value.some((each: string) => subject.statuses.has(each))),
        );
      case 'mobile':
        return seen(name, sure(subject.numbers.some(({ mobile }) => mobile) === value));
      case 'contactable':
        return seen(name, sure(subject.numbers.some(({ refused }) => !refused) === value));
      case 'languages':
      case 'languagesRead':
      case 'devices':
      case 'groups':
        return list(name, subject[name], value);
      case 'code':
        return seen(name, sure(value.includes(subject.code)));
      case 'reached':
        return reached(subject, value);
      case 'class':
      case 'origin':
        return seen(
          name,
          known(subject[name], (it) => value.includes(it)),
        );
      case 'classSince':
        return since(subject.classFrom, value);
      case 'lacks':
        return seen(
          name,
          known(subject.indicators[value - 1]!, (it) => it),
        );
      case 'lacksAtLeast':
        return seen(name, lacking(subject.indicators, value));
      case 'ethnicity':
        return seen(name, ofGroup(subject.ethnicity, value));
      case 'size':
        return range(name, subject.size === null ? null : [subject.size], value);
      case 'livelihood':
      case 'body':
      case 'post':
        return text(name, subject[name], value);
      default:
        throw new Error(`the reference knows no ${name}`);
    }
  };

  const leafOfMember = (member: Member, name: string, value: Any): Truth => {
    switch (name) {
      case 'age':
        return range('member.age', member.born === null ? null : agesOf(member.born, member.precision, on), value);
      case 'ethnicity':
        return seen('member.ethnicity', ofGroup(member.ethnicity, value));
      case 'relation':
      case 'school':
      case 'job':
        return text(`member.${name}`, member[name], value);
      case 'sex':
      case 'insured':
      case 'disabled':
      case 'reads':
        return seen(
          `member.${name}`,
          known<Any>(member[name], (it) => it === value),
        );
      default:
        throw new Error(`the reference knows no ${name} of a member`);
    }
  };

  const walk = (condition: Any, leaf: (name: string, value: Any) => Truth): Truth => {
    const [name, value] = entryOf(condition);
    // Every part is worked out, so that the watch sees it.
    if (name === 'all') return seen('all', all(value.map((each: Any) => walk(each, leaf))));
    if (name === 'any') return seen('any', any(value.map((each: Any) => walk(each, leaf))));
    if (name === 'not') return seen('not', flip(walk(value, leaf)));
    return leaf(name, value);
  };

  const someMember = (subject: Subject, condition: Any): Truth => {
    const truths = subject.members.map((member) => walk(condition, (name, value) => leafOfMember(member, name, value)));
    const missing = subject.size === null || subject.members.length < subject.size;
    return any(missing ? [...truths, 0] : truths);
  };

  const headOf = (subject: Subject, condition: Any): Truth => {
    const head = subject.members.find(({ isHead }) => isHead);
    return head ? walk(condition, (name, value) => leafOfMember(head, name, value)) : 0;
  };

  const ofSubject = (subject: Subject, condition: Condition): Truth =>
    walk(condition, (name, value) => {
      if (name === 'some') return seen('some', someMember(subject, value));
      if (name === 'no') return seen('no', flip(someMember(subject, value)));
      if (name === 'head') return seen('head', headOf(subject, value));
      return leafOfSubject(subject, name, value);
    });

  return (rule: Rule, subject: Subject): Truth => (rule.subject === subject.kind ? ofSubject(subject, rule.where) : -1);
};
