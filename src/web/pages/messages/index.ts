import { approvePages } from './approve.page.tsx';
import { changePages } from './change.page.tsx';
import { correctionPages } from './correction.page.tsx';
import { editionPages } from './edition.page.tsx';
import { formPages } from './form.page.tsx';
import { messageListPages } from './list.page.tsx';
import { messagePages } from './message.page.tsx';
import { newMessagePages } from './new.page.tsx';

/** Messages: write → submit → somebody else approves → in use → corrected, changed, or taken out of use. */
export const messagesPages = [
  ...messageListPages,
  ...newMessagePages,
  ...messagePages,
  ...editionPages,
  ...formPages,
  ...approvePages,
  ...correctionPages,
  ...changePages,
];
