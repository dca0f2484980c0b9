import type { Page } from './page.ts';
import { accountPages } from './pages/account/account.page.tsx';
import { countsPages } from './pages/counts/counts.page.tsx';
import { homePages } from './pages/home/home.page.tsx';
import { householdPages } from './pages/households/household.page.tsx';
import { importsPages } from './pages/imports/index.ts';
import { languagePages } from './pages/language/language.page.ts';
import { signInPages } from './pages/sign-in/sign-in.page.tsx';

/** Every address of the product. */
export const pages: readonly Page[] = [
  ...signInPages,
  ...accountPages,
  ...languagePages,
  ...homePages,
  ...importsPages,
  ...householdPages,
  ...countsPages,
];
