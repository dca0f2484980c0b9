import { invalid } from '../../../shared/errors.ts';
import { languages } from '../../../shared/words/index.ts';
import { localPath } from '../../local-path.ts';
import { page } from '../../page.ts';
import { textOf } from '../../typed.ts';

export const languagePages = [
  page({
    method: 'POST',
    path: '/language',
    signedIn: false,
    formAt: () => '/',
    handle: async ({ form }) => {
      const language = languages.find((known) => known === textOf(form, 'language'));
      if (!language) throw invalid('language');
      return { redirect: localPath(textOf(form, 'next')), language };
    },
  }),
];
