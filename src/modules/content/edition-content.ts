import { createHash } from 'node:crypto';
import type { Basis } from './basis.ts';
import type { FormText } from './form.ts';
import type { State } from './message.ts';

interface Words {
  readonly core: string;
  readonly change: string;
  readonly bases: readonly Basis[];
}

type Said = Pick<FormText, 'kind' | 'language' | 'text' | 'rightAnswer'> & { readonly answers: readonly string[] };

const keyOf = ({ kind, language }: Pick<Said, 'kind' | 'language'>): string => `${kind}|${language}`;

/** Of the versions of each form the one that stands for its edition: of an edition in use the approved one, else the newest. */
export const currentForms = <F extends Said & { readonly state: State; readonly version: number }>(
  state: State,
  forms: readonly F[],
): F[] => {
  const usable = state === 'approved' ? forms.filter((form) => form.state === 'approved') : forms;
  const newest = new Map<string, F>();
  for (const form of usable) if ((newest.get(keyOf(form))?.version ?? 0) < form.version) newest.set(keyOf(form), form);
  return [...newest.values()];
};

/** What an edition says, and nothing of how it came about: equal texts mean equal content. */
export const contentText = ({ core, change, bases }: Words, forms: readonly Said[]): string =>
  JSON.stringify({
    core,
    change,
    bases: bases.map(({ number, date, issuer, title, validFrom, validTo, mark }) => [
      ...[number, date, issuer, title, validFrom, validTo, mark],
    ]),
    forms: forms
      .map((form) => [keyOf(form), form.text, form.answers, form.rightAnswer])
      .sort(([a], [b]) => String(a).localeCompare(String(b), 'en')),
  });

/** Ties an approval to what was read: whoever approves hands back the mark of the page they looked at. */
export const seenMark = (title: string, words: Words, forms: readonly Said[]): string =>
  createHash('sha256')
    .update(JSON.stringify([title, contentText(words, forms)]))
    .digest('hex')
    .slice(0, 32);
