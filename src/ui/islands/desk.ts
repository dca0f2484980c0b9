import { keepDrafts } from './drafts.ts';
import { listenToKeys } from './keys.ts';
import { renewLists } from './lists.ts';

/** What every page of the desk can do beyond what it can do without a script. Runs in the browser. */
keepDrafts(document);
listenToKeys();
renewLists();
