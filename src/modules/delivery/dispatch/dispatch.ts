import type { ReceiptCode, RefusalCode } from '../../../channels/contract.ts';
import { ZONE } from '../../../shared/dates.ts';
import { conflict } from '../../../shared/errors.ts';
import { clean } from '../../../shared/text.ts';

/** One sending of a plan's line, and what becomes of each of its deliveries. Pure rules, no I/O. */

export const formKinds = ['sms', 'sms-plain', 'email'] as const;

/** In which wording something is sent; the wording says by which channel. */
export type SentKind = (typeof formKinds)[number];

export const sentBy = ['sms', 'email'] as const;

export type SentBy = (typeof sentBy)[number];

export const channelOf = (kind: SentKind): SentBy => (kind === 'email' ? 'email' : 'sms');

export const deliveryStates = [
  'created',
  'sending',
  'accepted',
  'delivered',
  'failed',
  'no-receipt',
  'uncertain',
  'withheld',
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** Looked at again just before sending, and not sent: each has a sentence, and what to do. */
const withheldCodes = [
  /** The number refuses messages: by reply, by phone, or at an agent. */
  'refused',
  /** The household is no more, or has moved away. */
  'gone',
  /** The number is no longer the household's. */
  'number-ended',
  /** Three messages in seven days already. */
  'cap',
  /** The message, or this wording of it, is no longer approved. */
  'not-approved',
  /** The plan was closed. */
  'plan-closed',
  /** What is done for the line was taken back. */
  'taken-back',
  /** Somebody gave up what was left to send. */
  'given-up',
  /** Not sent in time. */
  'deadline',
] as const;

export type WithheldCode = (typeof withheldCodes)[number];

/** Why a delivery did not end well. */
export type Fault =
  | RefusalCode
  | `receipt.${Exclude<ReceiptCode, 'delivered'>}`
  | WithheldCode
  | 'no-answer'
  | 'crash'
  | 'restored'
  | 'bounced';

const PRIORITY = { urgent: 0, reply: 1, small: 2, large: 3 } as const;

/** Over this many it is a large sending, which smaller ones overtake. */
const LARGE = 1_000;

export const priorityOf = (urgent: boolean, recipients: number): number => {
  if (urgent) return PRIORITY.urgent;
  return recipients > LARGE ? PRIORITY.large : PRIORITY.small;
};

/** Batches that a worker has under way at a time. */
export const LANES = 2;
/** Deliveries of a batch. By one crash no more than `LANES` of them, that is 100, can become uncertain. */
export const BATCH = 50;

/** At most this many messages to a household in so many days, unless urgent (design, section 6). */
export const CAP = { messages: 3, days: 7 } as const;

/** Nothing is sent from 21:00 to 07:00 unless urgent: a choice of this product, kinder than any rule we know of. */
const QUIET = { from: 21, until: 7 } as const;

const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' });

export const isQuiet = (at: Date): boolean => {
  const hour = Number(hourOf.format(at));
  return hour >= QUIET.from || hour < QUIET.until;
};

/** A sending that stands open, and goes on in the morning. Mails wake nobody. */
export const waitsForMorning = (
  { state, urgentReason, channel }: { state: string; urgentReason: string | null; channel: SentBy },
  at: Date,
): boolean => state === 'open' && urgentReason === null && channel === 'sms' && isQuiet(at);

const minutes = (count: number): number => count * 60_000;

/** What the provider that messages go to first offers, as whoever decides about a sending needs it. */
export interface SmsOffer {
  readonly provider: string;
  /** VND for one part, by contract; null = not known. */
  readonly pricePerPart: number | null;
  /** A phone can answer the sender, so a reply can refuse. */
  readonly answerable: boolean;
  readonly simulator: boolean;
}

/** Asked before anything is written. @throws AppError conflict `dispatch.no-channel`: no provider is named, all would wait in vain. */
export const needChannel = <O extends MailOffer>(offer: O | null): O => {
  if (!offer) throw conflict('dispatch.no-channel');
  return offer;
};

/** The same of the mail server. */
export type MailOffer = Pick<SmsOffer, 'provider' | 'simulator'>;

/** When something the provider did not take is tried again: 1, 2, 4 … at most 60 minutes after. */
export const retryAt = (tries: number, at: Date): Date =>
  new Date(at.getTime() + minutes(Math.min(60, 2 ** Math.max(0, tries - 1))));

/** Quiet nights are longer than half a day: two days for all tries. */
export const DEADLINE_HOURS = 48;

export const deadlineOf = (at: Date): Date => new Date(at.getTime() + minutes(DEADLINE_HOURS * 60));

/** No receipt after three days: networks give up after at most two. */
export const RECEIPT_DAYS = 3;

/** An e-mail that has not come back after three days counts as delivered (design, section 3: officers only). */
export const BOUNCE_DAYS = 3;

/** What was written stays so long (design, section 7). */
export const BODY_DAYS = 90;

/** The longest name of a message by a provider, word of its about one, and reply of a phone that is kept. */
export const KEPT = { ref: 200, detail: 300, reply: 2_000 } as const;

/**
 * What comes from outside, as far as it can be kept: shorter, and without the one letter that no column holds. What cannot be
 * kept would come again for ever, and everything that came with it.
 */
export const keepable = (text: string, most: number): string => text.replaceAll('\u0000', '').slice(0, most);

/**
 * Words by which a reply refuses further messages: that of the operators (TC), and what people write. Compared with their
 * marks where there are any: plain "dung" may be "dừng" (stop) or "đúng" (right), so somebody has to read it.
 */
const STOP_WORDS = [
  ...['tc', 'stop', 'từ chối', 'tu choi', 'hủy', 'huỷ', 'huy', 'dừng', 'dừng gửi', 'dừng nhận', 'thôi'],
  ...['không nhận', 'không nhận tin', 'không nhận tin nhắn', 'khong nhan', 'khong nhan tin', 'khong nhan tin nhan'],
];

/** Does this reply refuse further messages? The whole of it is such a word, or it begins with one that means nothing else. */
export const refuses = (reply: string): boolean => {
  const text = clean(reply)
    .toLowerCase()
    .replace(/[.,;:!?'"()]+/gu, ' ')
    .trim();
  return STOP_WORDS.includes(text) || /^(?:tc|stop|từ chối|tu choi)(?:\s|$)/u.test(text);
};

/** What the number, the phone or its network is the cause of: what failed so twice will hardly go well a third time. */
const OF_THE_PHONE: readonly (Fault | null)[] = [
  ...(['bad-number', 'bad-address', 'blocked', 'rejected', 'bounced'] as const),
  ...(['receipt.expired', 'receipt.undeliverable', 'receipt.rejected', 'receipt.deleted'] as const),
];

/** Of deliveries that failed, `failedBefore` of them in an earlier sending too: how many somebody should rather go to. */
export const failedTwice = (state: DeliveryState, fault: Fault | null, failedBefore: number): number =>
  state === 'failed' && OF_THE_PHONE.includes(fault) ? failedBefore : 0;

/** Those that a second run addresses again: what surely did not arrive, and may go well another time or by another number. */
export const isRetryable = (state: DeliveryState, fault: Fault | null): boolean => {
  if (state === 'failed') return fault !== 'partly' && fault !== 'synthetic';
  return state === 'no-receipt' ? false : state === 'withheld' && (fault === 'given-up' || fault === 'deadline');
};
