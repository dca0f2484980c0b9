import { invalid } from '../../../shared/errors.ts';
import { languages } from '../../../shared/words/index.ts';
import { themes } from '../../../ui/index.ts';
import { type Choices, WORD } from '../../choices.ts';
import { localPath } from '../../local-path.ts';
import { type Page, type PublicRequest, page } from '../../page.ts';
import { textOf, textsOf } from '../../typed.ts';

const one = <T extends string>(known: readonly T[], given: string): T => {
  const found = known.find((each) => each === given);
  if (!found) throw invalid('no-such-choice', { value: given.slice(0, 40) });
  return found;
};

/** A form of one choice: keeps it in this browser and goes back to where it was made. */
const choosing = (path: string, choose: (form: PublicRequest['form']) => Partial<Choices>): Page =>
  page({
    method: 'POST',
    path,
    signedIn: false,
    formAt: () => '/',
    handle: async ({ form }) => ({ redirect: localPath(textOf(form, 'next')), keep: choose(form) }),
  });

const columns = (form: PublicRequest['form']): Partial<Choices> => {
  const [list, names] = [textOf(form, 'list'), textsOf(form, 'column')];
  if (!WORD.test(list) || names.length === 0 || !names.every((name) => WORD.test(name))) throw invalid('no-columns');
  return { columns: { [list]: names } };
};

/** How pages look: everybody's own, no account needed. */
export const choicesPages = [
  choosing('/language', (form) => ({ language: one(languages, textOf(form, 'language')) })),
  choosing('/theme', (form) => ({ theme: one(themes, textOf(form, 'theme')) })),
  choosing('/keys', (form) => ({ keys: one(['on', 'off'], textOf(form, 'keys')) === 'on' })),
  choosing('/columns', columns),
];
