import { findUnsentDraft } from '../modules/identity/index.ts';
import { isId, newId } from '../shared/ids.ts';
import type { KeptForm } from '../ui/index.ts';
import { withoutParameter, withParameter } from './local-path.ts';
import type { PageRequest } from './page.ts';
import { showMoment } from './show.ts';
import { textOf } from './typed.ts';

/** A path in the one way in which drafts know it: what a form was kept under is found again by the page that opens it. */
export const draftPath = (path: string): string => withoutParameter(path, 'draft');

/** Under which draft this form is kept: the one it was sent with, the one it was opened from, else a new one. */
const draftIdOf = ({ form, query, typed }: PageRequest): string => {
  const known = typed.kept ? textOf(query, 'draft') : textOf(form, 'draft');
  return isId(known) ? known : newId();
};

/**
 * For `<Form keep>`: a long form, of which what stands in it is kept while somebody types (`ui/islands/drafts.ts` sends it,
 * `drafts.ts` takes it in). Opened anew, it offers what was typed there before and never sent.
 * @param path where the form stands (GET), with what it needs of its address
 */
export const keptForm = async (request: PageRequest, path: string): Promise<KeptForm> => {
  const { say, execute, form, typed } = request;
  const at = draftPath(path);
  const opened = Object.keys(form).length === 0 && !typed.kept;
  const earlier = opened ? await execute(findUnsentDraft, { path: at }) : null;
  const [time = '', day = ''] = earlier ? showMoment(earlier.at).split(' ') : [];
  return {
    ...{ path: at, draftId: draftIdOf(request), say },
    earlier: earlier && { draftId: earlier.draftId, open: withParameter(at, 'draft', earlier.draftId), time, day },
  };
};
