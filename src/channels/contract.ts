/**
 * What every channel to the outside keeps to, whatever wire is behind it. Nothing here knows households: a channel is handed
 * addresses and texts, and hands back what it surely knows. Held by one test kit (`tests/support/channel-kit.ts`).
 */

/** One message to one address, ready for the wire. */
export interface Outgoing {
  /** Ours: handed back with the outcome, and sent along where the wire has a place for it. */
  readonly deliveryId: string;
  /** E.164. */
  readonly to: string;
  /** The text in parts as it will be split (`shared/sms.ts`); one part where it is not split. */
  readonly parts: readonly string[];
  readonly encoding: 'gsm-7' | 'ucs-2';
}

/** Why a message was surely not accepted. Closed: each has a sentence in both languages (`send-fault.<code>`). */
export const refusalCodes = [
  /** No connection, or the provider does not answer our sign-on. */
  'unreachable',
  /** The provider refuses our name or password. */
  'sign-on',
  /** Too fast, or its queue is full. */
  'throttled',
  /** The number does not exist, or is none of a handset. */
  'bad-number',
  /** The mail address does not exist, or is none. */
  'bad-address',
  /** The number refuses messages of this sender, or of all. */
  'blocked',
  /** The sender name is not registered with it. */
  'sender',
  /** Money or contract is used up. */
  'credit',
  /** It does not take this text. */
  'content',
  /** Some parts of a long text were taken and the rest refused: whoever gets it cannot read it whole. */
  'partly',
  /** An invented number and a real network, or a real number and a simulator. */
  'synthetic',
  /** Refused for a reason it does not say, or that we do not know. */
  'rejected',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/**
 * What became of handing over one message.
 * `accepted`: the provider has it; `refs` are its names for it, one per part, under which receipts come.
 * `refused`: it surely has not; with `retry` the same may go well later or elsewhere.
 * `uncertain`: nobody knows (no answer in time, connection lost after it was sent). Never sent again by itself.
 */
export type SendOutcome =
  | { readonly deliveryId: string; readonly kind: 'accepted'; readonly refs: readonly string[] }
  | {
      readonly deliveryId: string;
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly retry: boolean;
      readonly detail?: string;
    }
  | { readonly deliveryId: string; readonly kind: 'uncertain'; readonly detail?: string };

/** What a network says became of an accepted part: closed, each with a sentence (`receipt.<code>`). */
export const receiptCodes = ['delivered', 'expired', 'undeliverable', 'rejected', 'deleted', 'unknown'] as const;

export type ReceiptCode = (typeof receiptCodes)[number];

export interface Receipt {
  readonly ref: string;
  readonly code: ReceiptCode;
  /** The network's own number of the fault, as it said it; empty when none. */
  readonly detail: string;
}

/** A message from a phone to us. */
export interface Inbound {
  /** E.164, or as the network gave it where it is no phone number. */
  readonly from: string;
  readonly text: string;
}

/**
 * Takes in what comes from the outside. Resolves once it is kept for good: only then the channel tells the provider that
 * it arrived, so what was not kept is sent again. Rejects when it could not be kept.
 */
export interface Receiver {
  /** At most 500 at a time. The same receipt may come twice. */
  receipts(provider: string, receipts: readonly Receipt[]): Promise<void>;
  inbound(provider: string, messages: readonly Inbound[]): Promise<void>;
}

export interface ChannelState {
  readonly connected: boolean;
  /** Why not; null while connected or before the first try. */
  readonly fault: { readonly code: RefusalCode; readonly detail: string } | null;
}

/** An open channel to one provider. */
export interface Channel {
  /** Short and lasting ("viettel"): receipts are looked up by it. */
  readonly provider: string;
  readonly kind: 'sms';
  /** Reaches nobody: may be handed invented numbers and nothing else. The other end has said so itself. */
  readonly simulator: boolean;
  /** VND for one part, by contract; null = not known. */
  readonly pricePerPart: number | null;
  /** Can a phone answer this sender (a number can be answered, a brand name cannot)? */
  readonly answerable: boolean;
  state(): ChannelState;
  /**
   * Hands over a batch (at most 100). Always answers for every message, in any order, and never throws: what it does not
   * know is `uncertain`. Resolves when each is answered or its time is up.
   */
  send(batch: readonly Outgoing[]): Promise<readonly SendOutcome[]>;
  /** Takes leave of the provider after what is under way is answered; nothing may be sent afterwards. */
  close(): Promise<void>;
}

/** One e-mail to one address. */
export interface OutgoingMail {
  /** Ours: handed back with the outcome, and part of the address that undeliverable mail comes back to. */
  readonly deliveryId: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** Where whoever wants no more of these says so: `https:` or `mailto:` (RFC 2369). */
  readonly unsubscribe?: string;
}

/** An open channel for e-mail; keeps the same promises as `Channel`. What is accepted has one ref, its Message-ID. */
export interface MailChannel extends Pick<Channel, 'provider' | 'simulator' | 'state' | 'close'> {
  readonly kind: 'email';
  /** Undeliverable mail comes back to an address of ours: only then silence means that it arrived. */
  readonly returns: boolean;
  send(batch: readonly OutgoingMail[]): Promise<readonly SendOutcome[]>;
}
