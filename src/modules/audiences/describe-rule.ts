import { showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import { words } from '../../shared/words/index.ts';
import type { LeafValues, PersonValues, Several, Span, Texts } from './leaves.ts';
import type { Condition, PersonCondition, Rule, Tree } from './rule.ts';

/** Names for what a rule holds as ids. */
export interface RuleNames {
  readonly places?: Readonly<Record<string, string>>;
}

interface Speaker {
  readonly say: Say;
  readonly names: RuleNames;
}

const MOST_CODES = 5;

const lowered = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1);
const raised = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);

/** One of several: "a, b hoặc c". */
const orOf = (say: Say, parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : say('rule.or', { first: parts.slice(0, -1).join(', '), last: parts.at(-1)! });

const quoted = (say: Say, texts: readonly string[]): string =>
  orOf(
    say,
    texts.map((text) => say('rule.quoted', { text })),
  );

/** The word for a code; the code itself when there is none (statuses are the officers' own). */
const wordOf = (say: Say, key: string, code: string): string => (key in words.vi ? say(key) : code);

const classes = (say: Say, value: LeafValues['class']): string =>
  orOf(
    say,
    value.map((each) => lowered(say(`rule.class.${each}`))),
  );

const ofText =
  (name: string) =>
  (value: Texts, { say }: Speaker) =>
    say(`rule.${name}.${value.in ? 'in' : 'contains'}`, { texts: quoted(say, value.in ?? value.contains!) });

const ofSpan =
  (name: string) =>
  ({ min, max }: Span, { say }: Speaker): string => {
    if (max === undefined) return say(`rule.${name}.min`, { min: min! });
    return min === undefined
      ? say(`rule.${name}.max`, { max: max + 1 })
      : say(`rule.${name}.between`, { min, max: max + 1 });
  };

const ofSeveral =
  (name: string, word: (each: string, say: Say) => string) =>
  (value: Several, { say }: Speaker): string => {
    if (value.nothing) return say(`rule.${name}.nothing`);
    const list = orOf(
      say,
      (value.some ?? value.none!).map((each) => word(each, say)),
    );
    return say(`rule.${name}.${value.some ? 'some' : 'none'}`, { list });
  };

const language = (each: string, say: Say): string => say(`language.${each}`);
const yesOrNo =
  (name: string) =>
  (value: boolean, { say }: Speaker): string =>
    say(`rule.${name}.${value ? 'yes' : 'no'}`);

const since = ({ from, until, months }: LeafValues['classSince'], { say }: Speaker): string => {
  if (months !== undefined) return say('rule.class-since.months', { months });
  if (from === undefined) return say('rule.class-since.until', { until: showDay(until!) });
  return until === undefined
    ? say('rule.class-since.from', { from: showDay(from) })
    : say('rule.class-since.between', { from: showDay(from), until: showDay(until) });
};

const leaf: { readonly [K in keyof LeafValues]: (value: LeafValues[K], speaker: Speaker) => string } = {
  place: (value, { say, names }) =>
    say('rule.place', {
      list: orOf(
        say,
        value.map((id) => names.places?.[id] ?? say('rule.some-place')),
      ),
    }),
  status: (value, { say }) =>
    say('rule.status', {
      list: orOf(
        say,
        value.map((each) => wordOf(say, `place-status.${each}`, each)),
      ),
    }),
  mobile: yesOrNo('mobile'),
  contactable: yesOrNo('contactable'),
  languages: ofSeveral('languages', language),
  languagesRead: ofSeveral('languages-read', language),
  code: (value, { say }) =>
    value.length > MOST_CODES
      ? say('rule.codes', { count: value.length })
      : say('rule.code', { list: orOf(say, value) }),
  reached: ({ message, edition, stage }, { say }) =>
    edition === undefined
      ? say('rule.reached', { stage: say(`stage.${stage}`), message })
      : say('rule.reached-edition', { stage: say(`stage.${stage}`), message, edition }),
  class: (value, { say }) => say('rule.class', { list: classes(say, value) }),
  classSince: since,
  origin: (value, { say }) =>
    say('rule.origin', {
      list: orOf(
        say,
        value.map((each) => say(`origin.${each}`)),
      ),
    }),
  lacks: (value, { say }) => say('rule.lacks', { number: value, name: lowered(say(`indicator.d${value}`)) }),
  lacksAtLeast: (value, { say }) => say('rule.lacks-at-least', { count: value }),
  ethnicity: (value, { say }) => say('rule.ethnicity', { list: orOf(say, value) }),
  devices: ofSeveral('devices', (each, say) => say(`device.${each}`)),
  livelihood: ofText('livelihood'),
  size: ({ min, max }, { say }) =>
    max === undefined
      ? say('rule.size.min', { min: min! })
      : min === undefined
        ? say('rule.size.max', { max })
        : say('rule.size.between', { min, max }),
  groups: ofSeveral('groups', (each) => each),
  body: ofText('body'),
  post: ofText('post'),
};

const personLeaf: { readonly [K in keyof PersonValues]: (value: PersonValues[K], speaker: Speaker) => string } = {
  age: ofSpan('age'),
  sex: (value, { say }) => say(`rule.sex.${value}`),
  relation: ofText('relation'),
  ethnicity: (value, { say }) => say('rule.ethnicity', { list: orOf(say, value) }),
  school: ofText('school'),
  job: ofText('job'),
  insured: yesOrNo('insured'),
  disabled: yesOrNo('disabled'),
  reads: yesOrNo('reads'),
};

type Entry = readonly [name: string, value: unknown];

const joinAll = (say: Say, key: 'rule.joined' | 'rule.and' | 'rule.or-else', parts: readonly string[]): string =>
  parts.reduce((one, two) => say(key, { one, two }));

interface Telling {
  readonly say: Say;
  readonly leafText: (entry: Entry) => string;
  /** What stands at the top side by side is parted by commas; of people, and further in, "and" is said. */
  readonly commas: boolean;
}

/** A condition with what lies in it; `inside` = it stands beside others, so that brackets say what belongs together. */
const describeTree = <L extends object>(tree: Tree<L>, telling: Telling, inside = false): string => {
  const { say, leafText, commas } = telling;
  const joined = (key: 'rule.joined' | 'rule.and' | 'rule.or-else', trees: readonly Tree<L>[]): string => {
    const several = trees.length > 1;
    const text = joinAll(
      say,
      key,
      trees.map((each) => describeTree(each, telling, inside || several)),
    );
    return inside && several ? `(${text})` : text;
  };
  if ('all' in tree)
    return tree.all.length === 0
      ? say('rule.everybody')
      : joined(commas && !inside ? 'rule.joined' : 'rule.and', tree.all);
  if ('any' in tree) return joined('rule.or-else', tree.any);
  if ('not' in tree) return say('rule.not', { what: describeTree(tree.not, { ...telling, commas: false }) });
  return leafText(Object.entries(tree)[0]!);
};

const describePerson = (condition: PersonCondition, speaker: Speaker): string =>
  describeTree(condition, {
    say: speaker.say,
    commas: false,
    leafText: ([name, value]) => personLeaf[name as keyof PersonValues](value as never, speaker),
  });

const QUANTIFIERS = ['some', 'no', 'head'];

const describeCondition = (condition: Condition, speaker: Speaker): string =>
  describeTree(condition, {
    say: speaker.say,
    commas: true,
    leafText: ([name, value]) =>
      QUANTIFIERS.includes(name)
        ? speaker.say(`rule.${name}`, { who: describePerson(value as PersonCondition, speaker) })
        : leaf[name as keyof LeafValues](value as never, speaker),
  });

/** What of a rule is its noun ("Hộ nghèo"), and what is said of that. */
const partsOf = ({ subject, where }: Rule, say: Say): { noun: string; rest: readonly Condition[] } => {
  const conditions = 'all' in where ? where.all : [where];
  const first = conditions.find((each) => 'class' in each);
  if (subject === 'household' && first && 'class' in first)
    return {
      noun: say('rule.noun.class', { list: classes(say, first.class) }),
      rest: conditions.filter((each) => each !== first),
    };
  return { noun: say(`rule.noun.${subject}`), rest: conditions };
};

/**
 * A rule in words, as people say it: "Hộ nghèo, có ít nhất một người từ 60 tuổi trở lên, ở xã đặc biệt khó khăn". In the
 * language of `say`.
 */
export const describeRule = (rule: Rule, say: Say, names: RuleNames = {}): string => {
  const { where, subject } = rule;
  if ('all' in where && where.all.length === 0) return raised(say(`rule.noun.every-${subject}`));
  const { noun, rest } = partsOf(rule, say);
  if (rest.length === 0) return raised(noun);
  const said = describeCondition(rest.length === 1 ? rest[0]! : { all: rest }, { say, names });
  const named = noun !== say(`rule.noun.${subject}`);
  return raised(say(named ? 'rule.sentence-of-class' : 'rule.sentence', { noun, said }));
};
