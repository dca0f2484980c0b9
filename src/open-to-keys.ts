import { countAudience, listAudiences } from './modules/audiences/index.ts';
import {
  importLog,
  recordBulletin,
  recordLoudspeaker,
  recordPoster,
  recordZaloPost,
} from './modules/broadcast/index.ts';
import { getMessage, listMessages } from './modules/content/index.ts';
import { getCoverage, listLeftBehind, listReached, notReachedTrend, summarisePlan } from './modules/coverage/index.ts';
import {
  countReplies,
  createDispatch,
  getDispatch,
  listDispatches,
  listUnfinished,
  previewDispatch,
  recordLeaflets,
  recordLeafletsLeft,
  stopDispatch,
} from './modules/delivery/index.ts';
import { recordMeeting } from './modules/gatherings/index.ts';
import { exportPlan, getActivity, getPlan, listActivities, listDueLines, listPlans } from './modules/plans/index.ts';
import { countByPlace, listRefusals, refuseContact } from './modules/registry/index.ts';
import { findByCommuneCode, findPlaces, getPlace, listChildren, listOwnCommunes } from './modules/territory/index.ts';
import { countVisits, listVisits } from './modules/visits/index.ts';
import type { UseCase } from './platform/command.ts';

/**
 * What another system may ask by a key: over HTTP, and at the terminal with `LANTOA_TOKEN`. The key's role and place hold
 * as well. Never on this list: what makes accounts, roles and keys; what needs a person by name (writing and approving a
 * message, issuing a plan, closing a visit, lifting a refusal); what takes back what a person recorded.
 */
export const openToKeys: readonly UseCase[] = [
  // Places: public.
  findPlaces,
  findByCommuneCode,
  getPlace,
  listChildren,
  listOwnCommunes,
  // What is planned, for whom, with which words.
  listPlans,
  getPlan,
  exportPlan,
  listDueLines,
  listActivities,
  getActivity,
  listMessages,
  getMessage,
  listAudiences,
  countAudience,
  // How far it got.
  countByPlace,
  getCoverage,
  summarisePlan,
  notReachedTrend,
  listReached,
  listLeftBehind,
  listVisits,
  countVisits,
  // Sendings.
  previewDispatch,
  createDispatch,
  stopDispatch,
  listDispatches,
  getDispatch,
  listUnfinished,
  countReplies,
  // Who wants no messages.
  listRefusals,
  refuseContact,
  // What a loudspeaker, a Zalo group, a printer or a list of attendance tells.
  recordLoudspeaker,
  recordZaloPost,
  recordPoster,
  recordBulletin,
  importLog,
  recordMeeting,
  recordLeaflets,
  recordLeafletsLeft,
];
