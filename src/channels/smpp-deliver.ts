import smpp, { type Pdu } from 'smpp';
import { readPhone } from '../shared/phone.ts';
import type { Receipt, ReceiptCode } from './contract.ts';
import type { SmppSettings } from './smpp-settings.ts';

/** A part of a message from a phone, or a whole one (`of` = 1). */
export interface Piece {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly group: number;
  readonly part: number;
  readonly of: number;
}

/** What the provider brings. `nothing`: it is to be answered, but says nothing that is kept; `why` for the log. */
export type Delivered =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly kind: 'piece'; readonly piece: Piece }
  | { readonly kind: 'nothing'; readonly why: string };

// The words of a receipt (SMPP 3.4, appendix B) and the states of its TLV (5.2.28). Null: still under way.
const BY_WORD: Readonly<Record<string, ReceiptCode | null>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'expired',
  DELETED: 'deleted',
  UNDELIV: 'undeliverable',
  ACCEPTD: null,
  ENROUTE: null,
  UNKNOWN: 'unknown',
  REJECTD: 'rejected',
};
const BY_STATE: readonly (ReceiptCode | null)[] = [
  null, // scheduled
  null, // en route
  'delivered',
  'expired',
  'deleted',
  'undeliverable',
  null, // accepted
  'unknown',
  'rejected',
];

/**
 * A name of a message, the same in its acceptance and in its receipt. By "hex-of-decimal" both become hexadecimal
 * without leading zeros; else it stays letter by letter as it came.
 */
export const refOf = (id: string, ids: SmppSettings['receiptIds'], from: 'acceptance' | 'receipt'): string => {
  if (ids === 'same') return id;
  if (from === 'receipt' && /^\d+$/u.test(id)) return BigInt(id).toString(16);
  return id.toLowerCase().replace(/^0+(?=.)/u, '');
};

const textOf = (pdu: Pdu): string | undefined => {
  const short = pdu.short_message?.message;
  const message = short?.length ? short : (pdu.message_payload?.message ?? short ?? '');
  if (typeof message !== 'string') return undefined;
  // IA5: the package reads it as GSM 03.38, where @, $, _ and brackets have other places.
  if (pdu.data_coding === 1) return smpp.encodings.ASCII.encode(message).toString('latin1');
  return message;
};

/** Zeros mean no fault. The TLV holds the kind of network in one byte, and its number in two. */
const faultOf = (text: string, pdu: Pdu): string => {
  const said = /\berr:\s*(\S+)/iu.exec(text)?.[1] ?? '';
  if (said !== '' && !/^0+$/u.test(said)) return said;
  const code = pdu.network_error_code;
  const number = code && code.length >= 3 ? code.readUInt16BE(1) : 0;
  return number === 0 ? '' : String(number);
};

const receiptIn = (pdu: Pdu, ids: SmppSettings['receiptIds']): Delivered => {
  const text = textOf(pdu) ?? '';
  const id = pdu.receipted_message_id || /\bid:\s*(\S+)/iu.exec(text)?.[1];
  if (!id) return { kind: 'nothing', why: 'a receipt that names no message' };
  const word = /\bstat:\s*(\w+)/iu.exec(text)?.[1]?.toUpperCase();
  // A word nobody knows counts for nothing where the TLV says it too.
  const byWord = word === undefined ? undefined : BY_WORD[word];
  const code = byWord === undefined ? BY_STATE[pdu.message_state ?? -1] : byWord;
  if (code === null) return { kind: 'nothing', why: 'still under way' };
  const ref = refOf(id, ids, 'receipt');
  return { kind: 'receipt', receipt: { ref, code: code ?? 'unknown', detail: faultOf(text, pdu) } };
};

/** E.164 where it is a phone number; else as the network gave it. */
export const senderOf = (address: string, ton: number | undefined): string => {
  if (ton === 5) return address;
  if (ton === 1 && /^\d{7,15}$/u.test(address)) return `+${address}`;
  return readPhone(address)?.e164 ?? address;
};

/** Reference, count and number of a part: from its header (8 or 16 bits) or from TLVs. */
const chainOf = (pdu: Pdu): Pick<Piece, 'group' | 'of' | 'part'> => {
  for (const element of pdu.short_message?.udh ?? pdu.message_payload?.udh ?? []) {
    if (element[0] === 0 && element.length >= 5) return { group: element[2]!, of: element[3]!, part: element[4]! };
    if (element[0] === 8 && element.length >= 6)
      return { group: element.readUInt16BE(2), of: element[4]!, part: element[5]! };
  }
  if (pdu.sar_msg_ref_num !== undefined && pdu.sar_total_segments && pdu.sar_segment_seqnum)
    return { group: pdu.sar_msg_ref_num, of: pdu.sar_total_segments, part: pdu.sar_segment_seqnum };
  return { group: 0, of: 1, part: 1 };
};

const RECEIPT = 0x04;
const UNDER_WAY = 0x20;

/** Some networks leave the class empty. A name alone makes none: Kannel's SMSC puts one on the messages of phones. */
const isReceiptByTlv = (pdu: Pdu, text = ''): boolean =>
  pdu.receipted_message_id !== undefined && (pdu.message_state !== undefined || /\bstat:\s*\w/iu.test(text));

/**
 * Reads a `deliver_sm`. Only the class or a TLV makes it a receipt, never its text alone: anybody can write a text that
 * looks like one.
 */
export const readDelivered = (pdu: Pdu, ids: SmppSettings['receiptIds']): Delivered => {
  const kind = pdu.esm_class ?? 0;
  if (kind & UNDER_WAY) return { kind: 'nothing', why: 'still under way' };
  const text = textOf(pdu);
  if (kind & RECEIPT || isReceiptByTlv(pdu, text)) return receiptIn(pdu, ids);
  if (text === undefined) return { kind: 'nothing', why: 'bytes that are no text' };
  const chain = chainOf(pdu);
  const whole = chain.of < 2 || chain.part < 1 || chain.part > chain.of;
  const from = senderOf(pdu.source_addr ?? '', pdu.source_addr_ton);
  const piece = { from, to: pdu.destination_addr ?? '', text, ...(whole ? { group: 0, of: 1, part: 1 } : chain) };
  return { kind: 'piece', piece };
};
