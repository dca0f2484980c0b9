import { setTimeout as pause } from 'node:timers/promises';
import {
  createDispatch,
  type DispatchPreview,
  getDispatch,
  needChannel,
  previewDispatch,
  type SmsOffer,
} from '../modules/delivery/index.ts';
import { type Execute, systemActor } from '../platform/command.ts';
import { unavailable } from '../shared/errors.ts';

/** What the story needs to send: the simulated network, and a worker of its own. */
export interface StorySending {
  readonly execute: Execute;
  sms(): Promise<SmsOffer | null>;
  openSending(): Promise<{ readonly sender: { drain(): Promise<void> }; close(): Promise<void> }>;
}

type Figures = Readonly<Record<string, number>>;

const LOOK_MS = 250;
/** The simulated network brings a receipt 1.5 s after it took a message: after so long without one, the rest never come. */
const STILL_MS = 3_000;

/** Sends, and works until the network has answered for all and brings no more receipts. @returns how it ended */
const sendAll = async ({ execute, openSending }: StorySending, dispatchId: string) => {
  const sending = await openSending();
  try {
    let [seen, since] = ['', performance.now()];
    for (;;) {
      await sending.sender.drain();
      const view = await execute(getDispatch, systemActor, { dispatchId });
      const counts = JSON.stringify(view.counts);
      if (counts !== seen) [seen, since] = [counts, performance.now()];
      const still = performance.now() - since >= STILL_MS;
      if (view.state === 'done' && (view.counts.accepted === 0 || still)) return view;
      // A network that never lets us in would keep the story waiting for ever.
      if (still && view.counts.created > 0) throw unavailable('channels.simulator');
      await pause(LOOK_MS);
    }
  } finally {
    await sending.close();
  }
};

const before = ({ recipients, reads, leftOut, asChosen, plain }: DispatchPreview, offer: SmsOffer): Figures => {
  const { done, call, visit } = leftOut.otherwise;
  const price = offer.pricePerPart ?? 0;
  return {
    ...{ recipients, reads, partsMarked: asChosen.all, partsPlain: plain.all },
    ...{ cost: Math.round(asChosen.all * price), costPlain: Math.round(plain.all * price) },
    ...{ leftOut: done + call + visit, byCall: call, byVisit: visit },
    ...Object.fromEntries(Object.entries(leftOut.why).map(([why, count]) => [`left-out.${why}`, count])),
  };
};

/**
 * A line's message goes by SMS to those it has not reached: over SMPP, to a simulated network that answers and sends receipts
 * as networks do. @returns the figures before the button, how the deliveries ended, and why some did not arrive
 */
export const sendMessages = async (story: StorySending, lineId: string) => {
  const { execute } = story;
  const offer = needChannel(await story.sms());
  const preview = await execute(previewDispatch, systemActor, { lineId });
  const { dispatchId } = await execute(createDispatch, systemActor, {
    ...{ lineId, run: preview.run, pricePerPart: offer.pricePerPart },
    seen: { recipients: preview.recipients, parts: preview.parts },
  });
  const { counts, groups } = await sendAll(story, dispatchId);
  const ended = Object.entries(counts).filter(([, count]) => count > 0);
  const failures: Record<string, number> = {};
  for (const { state, fault, count } of groups)
    failures[fault ? `send-fault.${fault}` : `delivery.state.${state}`] = count;
  return {
    sent: before(preview, offer),
    receipts: Object.fromEntries(ended.map(([state, count]) => [`delivery.state.${state}`, count])),
    failures,
  };
};
