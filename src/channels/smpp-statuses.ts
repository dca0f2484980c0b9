import type { RefusalCode } from './contract.ts';

/** What a refusal of the provider means to us. */
interface Refusal {
  readonly code: RefusalCode;
  /** The same may go well later. */
  readonly retry: boolean;
}

const lasting = (code: RefusalCode): Refusal => ({ code, retry: false });
const passing = (code: RefusalCode): Refusal => ({ code, retry: true });

/** Command statuses of SMPP 3.4 (5.1.3) and 5.0 (4.7.6) whose meaning is certain; numbers of vendors mean something else each. */
const SUBMITTED: ReadonlyMap<number, Refusal> = new Map([
  [0x01, lasting('content')], // RINVMSGLEN
  [0x04, passing('unreachable')], // RINVBNDSTS: the connection is not signed on
  [0x08, passing('rejected')], // RSYSERR
  [0x0a, lasting('sender')], // RINVSRCADR
  [0x0b, lasting('bad-number')], // RINVDSTADR
  [0x0d, passing('sign-on')], // RBINDFAIL
  [0x0e, passing('sign-on')], // RINVPASWD
  [0x0f, passing('sign-on')], // RINVSYSID
  [0x14, passing('throttled')], // RMSGQFUL
  [0x48, lasting('sender')], // RINVSRCTON
  [0x49, lasting('sender')], // RINVSRCNPI
  [0x50, lasting('bad-number')], // RINVDSTTON
  [0x51, lasting('bad-number')], // RINVDSTNPI
  [0x58, passing('throttled')], // RTHROTTLED
  [0x104, lasting('content')], // RINVDCS
]);

/** Why the provider did not take a part. */
export const refusalOf = (status: number): Refusal => SUBMITTED.get(status) ?? lasting('rejected');

const SIGN_ON = new Set([0x0d, 0x0e, 0x0f, 0x53]); // RBINDFAIL, RINVPASWD, RINVSYSID, RINVSYSTYP

/** Why it did not let us sign on: our name or password, or anything else that may pass. */
export const signOnFault = (status: number): RefusalCode => (SIGN_ON.has(status) ? 'sign-on' : 'unreachable');

/** As the manuals of providers write it: 0x00000058. */
export const hex = (status: number): string => `0x${status.toString(16).padStart(8, '0')}`;

/** "Keep it and send it again": our answer to what could not be kept (ESME_RX_T_APPN). */
export const NOT_KEPT = 0x64;

/** "Do not send it again": our answer to what cannot be read (ESME_RX_P_APPN). */
export const UNREADABLE = 0x65;

export const UNKNOWN_COMMAND = 0x03;
