import { dropOwnDraft } from '../../../modules/identity/index.ts';
import { localPath } from '../../local-path.ts';
import { page } from '../../page.ts';
import { textOf } from '../../typed.ts';

/** Somebody does not want what they once typed: it goes, and the form they came from is shown again. */
export const draftsPages = [
  page({
    method: 'POST',
    path: '/drafts/drop',
    signedIn: true,
    formAt: () => '/',
    handle: async ({ form, execute }) => {
      await execute(dropOwnDraft, { draftId: textOf(form, 'dropped'), sent: false });
      return { redirect: localPath(textOf(form, 'back')) };
    },
  }),
];
