import { setTimeout as pause } from 'node:timers/promises';
import type { Fields } from 'smpp';
import type { Outgoing, SendOutcome } from './contract.ts';
import type { Pace } from './pace.ts';
import type { Link } from './smpp-link.ts';
import type { Answer } from './smpp-session.ts';
import type { SmppSettings } from './smpp-settings.ts';
import { hex, refusalOf } from './smpp-statuses.ts';
import { submitFields } from './smpp-submit.ts';

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
/** What became of a part, and why when it was not even written. */
type Tried = Exclude<Answer, { kind: 'unwritten' }> | { readonly kind: 'unwritten'; readonly late: boolean };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** Why nothing goes out while there is no connection. */
export const notConnected = (link: Pick<Link, 'state'>, deliveryId: string): Refused => {
  const { fault } = link.state();
  return {
    deliveryId,
    kind: 'refused',
    code: fault?.code ?? 'unreachable',
    retry: true,
    ...(fault ? { detail: fault.detail } : {}),
  };
};

const mayTryAgain = (tried: Tried): boolean =>
  (tried.kind === 'refused' && refusalOf(tried.status).retry) || (tried.kind === 'unwritten' && !tried.late);

const detailOf = (tried: Tried): string => {
  if (tried.kind === 'refused') return hex(tried.status);
  return tried.kind === 'unwritten' ? (tried.late ? 'its turn did not come in time' : 'no connection') : '';
};

/** Sends the parts of a message one after the other; each goes out only after the one before was accepted. */
export const openSender = (settings: SmppSettings, link: Link, pace: Pace, firstReference: number) => {
  let reference = firstReference;

  const once = async (fields: Fields, until: number): Promise<Tried> => {
    const turn = await pace.enter(until);
    if (turn !== 'go') return { kind: 'unwritten', late: turn === 'late' };
    try {
      const answer = await link.submit(fields);
      return answer.kind === 'unwritten' ? { kind: 'unwritten', late: false } : answer;
    } finally {
      pace.leave();
    }
  };
  /** After the first part, the rest is worth waiting for: half a message helps nobody. */
  const stubbornly = async (fields: Fields, until: number): Promise<Tried> => {
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const tried = await once(fields, until);
      if (!mayTryAgain(tried) || performance.now() + wait >= until) return tried;
      await pause(wait);
    }
  };
  const failed = (deliveryId: string, tried: Exclude<Tried, { kind: 'accepted' }>, first: boolean): SendOutcome => {
    if (tried.kind === 'uncertain') return { deliveryId, kind: 'uncertain', detail: tried.detail };
    const detail = detailOf(tried);
    if (!first) return { deliveryId, kind: 'refused', code: 'partly', retry: false, detail };
    if (tried.kind === 'refused') return { deliveryId, kind: 'refused', ...refusalOf(tried.status), detail };
    if (tried.late) return { deliveryId, kind: 'refused', code: 'throttled', retry: true, detail };
    return notConnected(link, deliveryId);
  };

  /** @param until moment on the clock of `performance.now()` by which the turn of each part has to come */
  return async (message: Outgoing, until: number): Promise<SendOutcome> => {
    const { deliveryId } = message;
    reference = (reference + 1) & 0xff;
    const parts = submitFields(settings, message, reference);
    if (!parts) return { deliveryId, kind: 'refused', code: 'content', retry: false, detail: 'not of its alphabet' };
    const refs: string[] = [];
    for (const [at, fields] of parts.entries()) {
      const tried = await (at === 0 ? once : stubbornly)(fields, until);
      if (tried.kind !== 'accepted') return failed(deliveryId, tried, at === 0);
      // Without a name no receipt will ever come; it still must not be mistaken for another part.
      refs.push(tried.ref || `-${deliveryId}.${at}`);
    }
    return { deliveryId, kind: 'accepted', refs };
  };
};
