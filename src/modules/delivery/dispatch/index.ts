import { countWorkers } from './count-workers.ts';
import { createDispatch } from './create-dispatch.ts';
import { exportLeftOut, listLeftOut } from './list-left-out.ts';
import { listUnfinished } from './list-unfinished.ts';
import { exportDeliveries, getDispatch, listDeliveries, listDispatches } from './look-at-dispatches.ts';
import { countReplies, exportReplies, listReplies, markReplyRead } from './look-at-replies.ts';
import { nextBatch } from './next-batch.ts';
import { previewDispatch } from './preview-dispatch.ts';
import { recordBounce } from './record-bounce.ts';
import { recordInbound } from './record-inbound.ts';
import { applyLateReceipts, recordReceipts } from './record-receipts.ts';
import { settleAfterRestore } from './settle-restored.ts';
import { giveUpDispatch, resumeDispatch, stopDispatch } from './steer-dispatch.ts';
import { sweepDispatches } from './sweep-dispatches.ts';
import { tidyDeliveries } from './tidy-deliveries.ts';
import { unsubscribe } from './unsubscribe.ts';
import { workWaiting } from './work-waiting.ts';

export { type LeftOut, leftOutCodes, type OtherWay, otherWayOf, otherWays, readingRules } from './choose.ts';
export { countWorkers } from './count-workers.ts';
export { createDispatch } from './create-dispatch.ts';
export {
  type DeliveryState,
  deliveryStates,
  type Fault,
  formKinds as sentKinds,
  type MailOffer,
  needChannel,
  RECEIPT_DAYS,
  type SentBy,
  type SentKind,
  type SmsOffer,
  sentBy,
} from './dispatch.ts';
export { exportLeftOut, leftOutSorts, listLeftOut } from './list-left-out.ts';
export { listUnfinished } from './list-unfinished.ts';
export {
  type DispatchView,
  exportDeliveries,
  getDispatch,
  listDeliveries,
  listDispatches,
} from './look-at-dispatches.ts';
export { countReplies, exportReplies, listReplies, markReplyRead } from './look-at-replies.ts';
export { type DispatchPreview, previewDispatch } from './preview-dispatch.ts';
export { createReceiver } from './receiver.ts';
export { recordBounce } from './record-bounce.ts';
export { createSender, type Sender } from './sender.ts';
export { settleAfterRestore } from './settle-restored.ts';
export { giveUpDispatch, resumeDispatch, stopDispatch } from './steer-dispatch.ts';
export { replySorts, replyStates } from './store-inbound.ts';
export { deliverySorts, dispatchSorts, dispatchStates } from './store-lists.ts';
export { type SentCount, sentFor } from './store-sent.ts';
export { tidyDeliveries } from './tidy-deliveries.ts';
export { unsubscribe, unsubscribeToken } from './unsubscribe.ts';
export { whyNobody } from './why-nobody.ts';

export const dispatchUseCases = [
  previewDispatch,
  listLeftOut,
  exportLeftOut,
  createDispatch,
  listDispatches,
  listUnfinished,
  getDispatch,
  listDeliveries,
  exportDeliveries,
  stopDispatch,
  resumeDispatch,
  giveUpDispatch,
  listReplies,
  exportReplies,
  countReplies,
  markReplyRead,
  nextBatch,
  recordReceipts,
  applyLateReceipts,
  recordInbound,
  recordBounce,
  unsubscribe,
  sweepDispatches,
  settleAfterRestore,
  tidyDeliveries,
  workWaiting,
  countWorkers,
];
