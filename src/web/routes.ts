import type { Page } from './page.ts';
import { accountPages } from './pages/account/account.page.tsx';
import { audiencesPages } from './pages/audiences/index.ts';
import { auditPages } from './pages/audit/index.ts';
import { choicesPages } from './pages/choices/choices.page.ts';
import { countsPages } from './pages/counts/counts.page.tsx';
import { coveragePages } from './pages/coverage/index.ts';
import { dispatchPages } from './pages/dispatches/index.ts';
import { draftsPages } from './pages/drafts/drop.page.ts';
import { evidencePages } from './pages/evidence/index.ts';
import { helpPages } from './pages/help/help.page.tsx';
import { homePages } from './pages/home/home.page.tsx';
import { householdPages } from './pages/households/household.page.tsx';
import { importsPages } from './pages/imports/index.ts';
import { leftBehindPages } from './pages/left-behind/index.ts';
import { messagesPages } from './pages/messages/index.ts';
import { plansPages } from './pages/plans/index.ts';
import { refusalPages } from './pages/refusals/index.ts';
import { signInPages } from './pages/sign-in/sign-in.page.tsx';
import { stylePages } from './pages/style/style.page.tsx';
import { territoryPages } from './pages/territory/index.ts';
import { unsubscribePages } from './pages/unsubscribe/unsubscribe.page.tsx';
import { villagesPages } from './pages/villages/import.page.tsx';
import { visitsPages } from './pages/visits/index.ts';

/** Every address of the product. */
export const pages: readonly Page[] = [
  ...signInPages,
  ...accountPages,
  ...choicesPages,
  ...draftsPages,
  ...homePages,
  ...helpPages,
  ...messagesPages,
  ...audiencesPages,
  ...plansPages,
  ...evidencePages,
  ...dispatchPages,
  ...coveragePages,
  ...leftBehindPages,
  ...unsubscribePages,
  ...visitsPages,
  ...villagesPages,
  ...territoryPages,
  ...importsPages,
  ...householdPages,
  ...refusalPages,
  ...countsPages,
  ...auditPages,
  ...stylePages,
];
