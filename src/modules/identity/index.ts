import { addExamplePeople } from './add-example-people.ts';
import { addUser } from './add-user.ts';
import { disableUser, enableUser } from './disable-user.ts';
import { endRole } from './end-role.ts';
import { findDraft, keepDraft } from './form-drafts.ts';
import { getFrame } from './get-frame.ts';
import { grantRole } from './grant-role.ts';
import { listAgents } from './list-agents.ts';
import { listUsers } from './list-users.ts';
import { changePassword, setPassword } from './set-password.ts';
import { signIn, signOut } from './sign-in.ts';
import { createSignInLink, redeemSignInLink } from './sign-in-link.ts';
import { takeAttempt } from './take-attempt.ts';

export { actorBySession, actorByUsername, type Visit } from './actors.ts';
export { addExamplePeople } from './add-example-people.ts';
export { addUser } from './add-user.ts';
export { disableUser, enableUser } from './disable-user.ts';
export { endRole } from './end-role.ts';
export { findDraft, keepDraft } from './form-drafts.ts';
export { type Frame, getFrame } from './get-frame.ts';
export { grantRole } from './grant-role.ts';
export { listAgents, type Sendable, sendableIn, userName } from './list-agents.ts';
export { type ListedUser, listUsers } from './list-users.ts';
export { changeOwnPassword, setPassword } from './set-password.ts';
export { signInWithPassword, signOut, visitor } from './sign-in.ts';
export { createSignInLink, redeemSignInLink } from './sign-in-link.ts';

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
  redeemSignInLink,
  takeAttempt,
  signIn,
  signOut,
  addExamplePeople,
  keepDraft,
  findDraft,
  getFrame,
];
