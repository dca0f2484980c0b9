import { type Condition, ruleInText } from '../../../modules/audiences/index.ts';
import { listedClasses } from '../../../modules/registry/index.ts';
import { placeStatuses } from '../../../modules/territory/index.ts';
import { spokenLanguages, stages } from '../../../shared/channels.ts';
import { invalid } from '../../../shared/errors.ts';
import { clean } from '../../../shared/text.ts';
import type { Form } from '../../page.ts';
import { textOf, textsOf } from '../../typed.ts';

export const READS = ['vi', 'no-vi', 'nothing'] as const;
export const PHONES = ['mobile', 'contactable', 'none'] as const;
export const REACHES = ['yes', 'no'] as const;

const reading = { vi: { some: ['vi'] }, 'no-vi': { none: ['vi'] }, nothing: { nothing: true } } as const;
const phoning = { mobile: { mobile: true }, contactable: { contactable: true }, none: { mobile: false } } as const;

const parts = (text: string): string[] => text.split(/[,;]/u).map(clean).filter(Boolean);

const chosen = <T extends string>(form: Form, name: string, from: readonly T[]): T | undefined =>
  from.find((each) => each === textOf(form, name));

const ticked = <T extends string>(form: Form, name: string, from: readonly T[]): T[] => {
  const marked = textsOf(form, name);
  return from.filter((each) => marked.includes(each));
};

/** A whole number as typed; anything else is refused where it stands. */
const years = (form: Form, name: string): number | undefined => {
  const text = textOf(form, name).trim();
  if (!text) return undefined;
  if (!/^\d{1,3}$/u.test(text)) throw invalid('rule.number', {}, [{ path: name, code: 'rule.number' }]);
  return Number(text);
};

const ages = (form: Form): Condition[] => {
  const [min, max] = [years(form, 'ageFrom'), years(form, 'ageTo')];
  if (min === undefined && max === undefined) return [];
  if (min !== undefined && max !== undefined && min > max)
    throw invalid('rule.span', {}, [{ path: 'ageFrom', code: 'rule.span' }]);
  // From nought on is everybody.
  return [{ some: { age: { ...(min && { min }), ...(max !== undefined && { max }) } } }];
};

const reach = (form: Form): Condition[] => {
  const how = chosen(form, 'reach', REACHES);
  const message = textOf(form, 'message').trim();
  if (!how) return [];
  if (!message) throw invalid('field.invalid_value', {}, [{ path: 'message', code: 'field.invalid_value' }]);
  const stage = stages.find((each) => String(each) === textOf(form, 'stage')) ?? stages[0];
  const condition: Condition = { reached: { message, stage } };
  return [how === 'yes' ? condition : { not: condition }];
};

/** The conditions that were chosen, joined by "and", in the order of the form. */
const conditionsOf = (form: Form): Condition[] => {
  const classes = ticked(form, 'class', listedClasses);
  const indicators = textsOf(form, 'lacks').map(Number);
  const languages = ticked(form, 'languages', spokenLanguages);
  const reads = chosen(form, 'reads', READS);
  const ethnicity = parts(textOf(form, 'ethnicity'));
  const statuses = ticked(form, 'status', placeStatuses);
  const phone = chosen(form, 'phone', PHONES);
  const livelihood = parts(textOf(form, 'livelihood'));
  const lacks = indicators.map((number): Condition => ({ lacks: number }));
  return [
    ...(classes.length > 0 ? [{ class: classes }] : []),
    ...(lacks.length > 1 ? [{ any: lacks }] : lacks),
    ...(languages.length > 0 ? [{ languages: { some: languages } }] : []),
    ...(reads ? [{ languagesRead: reading[reads] as { some?: 'vi'[] } }] : []),
    ...(ethnicity.length > 0 ? [{ ethnicity }] : []),
    ...(statuses.length > 0 ? [{ status: statuses }] : []),
    ...(phone ? [phoning[phone]] : []),
    ...(livelihood.length > 0 ? [{ livelihood: { contains: livelihood } }] : []),
    ...ages(form),
    ...reach(form),
  ];
};

/** The rule of the form: the text in its last field if there is any, else the conditions that were chosen. */
export const ruleOfForm = (form: Form): unknown => {
  const own = textOf(form, 'rule').trim();
  if (own) return ruleInText(own);
  const conditions = conditionsOf(form);
  if (conditions.length === 0)
    throw invalid('audience.no-condition', {}, [{ path: 'class', code: 'audience.no-condition' }]);
  return { subject: 'household', where: conditions.length === 1 ? conditions[0] : { all: conditions } };
};
