import smpp, { type Fields } from 'smpp';
import type { Outgoing } from './contract.ts';
import type { SmppSettings } from './smpp-settings.ts';

/** Type of number and numbering plan (SMPP 3.4, 5.2.5 and 5.2.6) of whoever it is from. */
export const senderFields = (sender: string): Fields => {
  const from = (ton: number, npi: number, address = sender) => ({
    source_addr_ton: ton,
    source_addr_npi: npi,
    source_addr: address,
  });
  if (/^\+\d+$/u.test(sender)) return from(1, 1, sender.slice(1));
  if (/^84\d{8,}$/u.test(sender)) return from(1, 1);
  // A short code is known to its own network only.
  if (/^\d+$/u.test(sender)) return from(3, 0);
  return from(5, 0);
};

/** A span as the protocol writes it, relative to the time of handing over: YYMMDDhhmmsstnnR. */
export const validityOf = (hours: number): string => {
  const two = (value: number) => String(value).padStart(2, '0');
  return `0000${two(Math.floor(hours / 24))}${two(hours % 24)}0000000R`;
};

/** Letters that have the same place in GSM 03.38 as in ASCII: most texts are made of nothing else, and are quickly written. */
const SAME_IN_ASCII = /^[\n\r !"#%&'()*+,\-./0-9:;<=>?A-Za-z]*$/u;

/** The same text as bytes; undefined when it holds a letter that its alphabet has not. */
const bytesOf = (text: string, encoding: Outgoing['encoding']): Buffer | undefined => {
  if (encoding === 'ucs-2') return Buffer.from(text, 'utf16le').swap16();
  if (SAME_IN_ASCII.test(text)) return Buffer.from(text, 'latin1');
  return smpp.encodings.ASCII.match(text) ? smpp.encodings.ASCII.encode(text) : undefined;
};

const MOST_PARTS = 255;
const MOST_BYTES = 254;

/**
 * One `submit_sm` for each part of a message. The alphabet is the one the text was cut by, never guessed anew, and parts
 * are chained by the header of TS 23.040 9.2.3.24.1 with this `reference` (0 to 255).
 * @returns undefined when the text cannot be sent so
 */
export const submitFields = (
  settings: Pick<SmppSettings, 'sender' | 'validityHours'>,
  message: Outgoing,
  reference: number,
): readonly Fields[] | undefined => {
  const of = message.parts.length;
  if (of === 0 || of > MOST_PARTS) return undefined;
  const bodies = message.parts.map((part, at) => {
    const bytes = bytesOf(part, message.encoding);
    if (!bytes || of === 1) return bytes;
    return Buffer.concat([Buffer.from([5, 0, 3, reference & 0xff, of, at + 1]), bytes]);
  });
  if (bodies.some((body) => !body || body.length > MOST_BYTES)) return undefined;
  return bodies.map((body) => ({
    ...senderFields(settings.sender),
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: message.to.replace(/^\+/u, ''),
    esm_class: of > 1 ? 0x40 : 0,
    validity_period: validityOf(settings.validityHours),
    registered_delivery: 1,
    data_coding: message.encoding === 'ucs-2' ? 8 : 0,
    short_message: body,
  }));
};
