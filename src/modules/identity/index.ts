import { addExamplePeople } from './add-example-people.ts';
import { addKey } from './add-key.ts';
import { addUser } from './add-user.ts';
import { disableUser, enableUser } from './disable-user.ts';
import { endKey } from './end-key.ts';
import { endRole } from './end-role.ts';
import { findDraft, keepDraft } from './form-drafts.ts';
import { getFrame } from './get-frame.ts';
import { grantRole } from './grant-role.ts';
import { listAgents } from './list-agents.ts';
import { listKeys } from './list-keys.ts';
import { listUsers } from './list-users.ts';
import { dropOwnDraft, findUnsentDraft, saveOwnDraft } from './own-drafts.ts';
import { changePassword, setPassword } from './set-password.ts';
import { signIn, signOut } from './sign-in.ts';
import { createSignInLink, lookAtSignInLink, redeemSignInLink } from './sign-in-link.ts';
import { takeAttempt } from './take-attempt.ts';

export { actorByKey, actorBySession, actorByUsername, type Visit } from './actors.ts';
export { addExamplePeople } from './add-example-people.ts';
export { addKey } from './add-key.ts';
export { addUser } from './add-user.ts';
export { disableUser, enableUser } from './disable-user.ts';
export { endKey } from './end-key.ts';
export { endRole } from './end-role.ts';
export { findDraft, keepDraft } from './form-drafts.ts';
export { type Frame, getFrame } from './get-frame.ts';
export { grantRole } from './grant-role.ts';
export { keyRoles, MAX_KEY_DAYS } from './key.ts';
export { listAgents, type Sendable, sendableIn, userName } from './list-agents.ts';
export { type ListedKey, listKeys } from './list-keys.ts';
export { type ListedUser, listUsers } from './list-users.ts';
export { dropOwnDraft, findUnsentDraft, saveOwnDraft } from './own-drafts.ts';
export { changeOwnPassword, setPassword } from './set-password.ts';
export { signInWithPassword, signOut, visitor } from './sign-in.ts';
export { createSignInLink, lookAtSignInLink, redeemSignInLink } from './sign-in-link.ts';
export { addressKey } from './take-attempt.ts';
export { type Worker, workersWithin } from './workers-within.ts';

export const identityUseCases = [
  addUser,
  setPassword,
  changePassword,
  disableUser,
  enableUser,
  grantRole,
  endRole,
  listUsers,
  listAgents,
  createSignInLink,
  lookAtSignInLink,
  redeemSignInLink,
  takeAttempt,
  signIn,
  signOut,
  addExamplePeople,
  keepDraft,
  findDraft,
  saveOwnDraft,
  dropOwnDraft,
  findUnsentDraft,
  getFrame,
  addKey,
  endKey,
  listKeys,
];
