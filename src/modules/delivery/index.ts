import { dispatchUseCases } from './dispatch/index.ts';
import { dropLists } from './drop-lists.ts';
import { getLineForm } from './get-line-form.ts';
import { listLines } from './list-lines.ts';
import { listRecent } from './list-recent.ts';
import { listVillageHouseholds } from './list-village-households.ts';
import { measureSending } from './measure-sending.ts';
import { readListFile } from './read-list-file.ts';
import { recordLeaflets } from './record-leaflets.ts';
import { recordLeafletsLeft } from './record-leaflets-left.ts';

export { blankList } from './blank-list.ts';
export {
  countReplies,
  countWorkers,
  createDispatch,
  createReceiver,
  createSender,
  type DeliveryState,
  type DispatchPreview,
  type DispatchView,
  deliverySorts,
  deliveryStates,
  dispatchSorts,
  dispatchStates,
  exportDeliveries,
  exportLeftOut,
  exportReplies,
  type Fault,
  getDispatch,
  giveUpDispatch,
  type LeftOut,
  leftOutCodes,
  leftOutSorts,
  listDeliveries,
  listDispatches,
  listLeftOut,
  listReplies,
  listUnfinished,
  type MailOffer,
  markReplyRead,
  needChannel,
  type OtherWay,
  otherWayOf,
  otherWays,
  previewDispatch,
  RECEIPT_DAYS,
  readingRules,
  recordBounce,
  replySorts,
  replyStates,
  resumeDispatch,
  type Sender,
  type SentBy,
  type SentCount,
  type SentKind,
  type SmsOffer,
  sentBy,
  sentFor,
  sentKinds,
  settleAfterRestore,
  stopDispatch,
  tidyDeliveries,
  unsubscribe,
  unsubscribeToken,
  whyNobody,
} from './dispatch/index.ts';
export { dropLists } from './drop-lists.ts';
export { areaProofs, listProofs, momentOf, wholeNumber } from './evidence.ts';
export { getLineForm } from './get-line-form.ts';
export { deliveryJobs } from './jobs.ts';
export { listLines } from './list-lines.ts';
export { listRecent, recordedKinds, recordedSorts } from './list-recent.ts';
export { listVillageHouseholds } from './list-village-households.ts';
export { measureSending } from './measure-sending.ts';
export { readListFile } from './read-list-file.ts';
export { type AreaInput, type AreaKind, type AreaReport, areaFields, recordForVillages } from './record-area.ts';
export { recordLeaflets } from './record-leaflets.ts';
export { recordLeafletsLeft } from './record-leaflets-left.ts';
export { type ListReport, listFields, recordByList } from './record-list.ts';

export const deliveryUseCases = [
  recordLeaflets,
  recordLeafletsLeft,
  listLines,
  getLineForm,
  listVillageHouseholds,
  listRecent,
  readListFile,
  dropLists,
  measureSending,
  ...dispatchUseCases,
];
