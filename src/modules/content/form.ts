import { z } from 'zod';
import { spokenLanguages } from '../../shared/channels.ts';
import type { FieldFault } from '../../shared/errors.ts';
import { withoutDiacritics } from '../../shared/sms.ts';
import { clean } from '../../shared/text.ts';
import { conditionNames, valueNames } from './gap-names.ts';
import { nearName } from './gap-slips.ts';
import { type FormKind, formKinds } from './message.ts';
import { forbiddenWord, isPlain } from './sms-law.ts';
import { namesUsed, type Piece, parseTemplate, spokenText } from './template.ts';

/** Text that people will read or hear, line breaks kept: NFC, without what was pasted along unseen. */
const lines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/u)
    .map(clean)
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();

/** A text of several lines of at most `max` characters; empty is refused. */
export const passage = (max: number) => z.string().transform(lines).pipe(z.string().min(1).max(max));

/** The core statement, or what changed: may still be empty in a draft. */
export const coreText = z.string().transform(lines).pipe(z.string().max(3_000));

/** How a message is said in one language: what comes in by a page, a file or the terminal. */
export const formFields = {
  kind: z.enum(formKinds),
  language: z.enum(spokenLanguages).default('vi'),
  text: passage(6_000),
  /** Of a question only. */
  answers: z
    .array(z.string().transform(clean).pipe(z.string().max(300)))
    .max(10)
    .default([]),
  /** Which of the answers is right, from 1. */
  rightAnswer: z.number().int().nullable().default(null),
};

const formSchema = z.object(formFields);

export type FormText = z.output<typeof formSchema>;

/** Beyond four parts of an SMS with diacritics (70 letters each, 67 in a chain) nobody reads on. */
const LONGEST: Readonly<Record<FormKind, number>> = {
  sms: 268,
  'sms-plain': 612,
  script: 6_000,
  question: 500,
  email: 6_000,
};

/** What most mail programs show of a subject. */
const LONGEST_SUBJECT = 100;

const fault = (path: string, code: string, params: FieldFault['params'] = {}): FieldFault => ({ path, code, params });

const nameFaults = (pieces: readonly Piece[]): FieldFault[] => {
  const { values, conditions } = namesUsed(pieces);
  const unknown = (used: readonly string[], known: readonly { name: string }[], code: string) =>
    used
      .filter((name) => !known.some((each) => each.name === name))
      .map((name) => {
        const meant = nearName(name, known);
        return meant
          ? fault('text', `${code}-near`, { name, meant })
          : fault('text', code, { name, known: known.map((each) => each.name).join(', ') });
      });
  return [
    ...unknown(values, valueNames, 'template.unknown-value'),
    ...unknown(conditions, conditionNames, 'template.unknown-condition'),
  ];
};

const answerFaults = ({ kind, answers, rightAnswer }: FormText): FieldFault[] => {
  if (kind !== 'question')
    return answers.length > 0 || rightAnswer !== null ? [fault('answers', 'form.answers-only-question')] : [];
  if (answers.length < 2 || answers.length > 4 || answers.some((answer) => answer === ''))
    return [fault('answers', 'form.answers-count')];
  if (new Set(answers.map((answer) => answer.toLocaleLowerCase('vi'))).size < answers.length)
    return [fault('answers', 'form.answers-same')];
  const right = rightAnswer !== null && rightAnswer >= 1 && rightAnswer <= answers.length;
  return right ? [] : [fault('rightAnswer', 'form.right-answer')];
};

const smsFaults = ({ kind, text }: FormText, spoken: string): FieldFault[] => {
  if (kind !== 'sms' && kind !== 'sms-plain') return [];
  const word = forbiddenWord(spoken);
  return [
    ...(word ? [fault('text', 'sms.names', { word })] : []),
    ...(kind === 'sms-plain' && !isPlain(spoken)
      ? [fault('text', 'sms.not-plain', { plain: inPlainLetters(text) })]
      : []),
  ];
};

/** An e-mail without a subject, or with nothing below it, is none. */
const emailFaults = ({ kind, text }: FormText): FieldFault[] => {
  if (kind !== 'email') return [];
  const [subject = '', ...body] = text.split('\n');
  if (body.join('').trim() === '') return [fault('text', 'email.no-body')];
  return subject.length > LONGEST_SUBJECT
    ? [fault('text', 'email.long-subject', { most: LONGEST_SUBJECT, length: subject.length })]
    : [];
};

/** The text with everything but the names of its gaps in plain letters. */
export const inPlainLetters = (text: string): string => {
  const parsed = parseTemplate(text);
  if ('fault' in parsed) return withoutDiacritics(text);
  const written = (pieces: readonly Piece[]): string =>
    pieces
      .map((piece) => {
        if (piece.kind === 'text') return withoutDiacritics(piece.text);
        return piece.kind === 'value' ? `((${piece.name}))` : `((${piece.name}??${written(piece.pieces)}))`;
      })
      .join('');
  return written(parsed.pieces);
};

/** Everything that is wrong with a form, by field; nothing when it may be saved. */
export const formFaults = (form: FormText): FieldFault[] => {
  const parsed = parseTemplate(form.text);
  if ('fault' in parsed) return [fault('text', parsed.fault.code, { near: parsed.fault.near }), ...answerFaults(form)];
  const most = LONGEST[form.kind];
  return [
    ...nameFaults(parsed.pieces),
    ...smsFaults(form, spokenText(parsed.pieces)),
    ...emailFaults(form),
    ...(form.text.length > most ? [fault('text', 'form.too-long', { most, length: form.text.length })] : []),
    ...answerFaults(form),
  ];
};
