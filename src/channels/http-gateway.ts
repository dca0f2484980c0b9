import type { Log } from '../platform/log.ts';
import { isSyntheticPhone } from '../shared/synthetic.ts';
import type { Channel, Outgoing, RefusalCode, SendOutcome } from './contract.ts';
import { type Asked, type Exchange, type Exchanger, openExchanger } from './http-exchange.ts';
import { judge } from './http-judge.ts';
import { type HttpSettings, SIMULATOR_HEADER } from './http-settings.ts';
import { type Filling, fillAll, fillJson } from './http-template.ts';
import { openPace, type Pace } from './pace.ts';
import { type Fault, openPresence, type Presence } from './presence.ts';

/** A number as the gateway wants it written; undefined where it cannot be. */
const numberFor = (e164: string, numbers: HttpSettings['numbers']): string | undefined => {
  if (numbers === '+84') return e164;
  if (numbers === '84') return e164.slice(1);
  return e164.startsWith('+84') ? `0${e164.slice(3)}` : undefined;
};

/** The request that hands over one message. */
const requestFor = (settings: HttpSettings, filling: Filling): Asked => {
  const { method, headers, query, body } = settings;
  const url = new URL(settings.url);
  for (const [name, value] of Object.entries(fillAll(query, filling))) url.searchParams.append(name, value);
  const own = fillAll(headers, filling);
  const ask = (type: string | null, text: string | null): Asked => ({
    method,
    url: url.href,
    headers: { accept: 'application/json', ...(type ? { 'content-type': type } : {}), ...own },
    body: text,
  });
  if (body.json !== undefined) return ask('application/json', JSON.stringify(fillJson(body.json, filling)));
  if (body.form === undefined) return ask(null, null);
  const form = new URLSearchParams(fillAll(body.form, filling));
  return ask('application/x-www-form-urlencoded', form.toString());
};

/** A simulator must say so itself, and whoever says so must have been meant as one. */
const peerFault = ({ simulator }: HttpSettings, exchange: Exchange): Fault | null => {
  if (exchange.kind !== 'answered') return null;
  const says = exchange.headers[SIMULATOR_HEADER] !== undefined;
  if (says === simulator) return null;
  const detail = says
    ? 'the other end is a simulator, the settings say it is none'
    : 'the settings say simulator, the other end does not';
  return { code: 'rejected', detail };
};

/** A gateway in front of a machine that is away answers so. */
const AWAY = new Set([502, 503, 504]);

/** Whether it is there; neither a number nor a secret is told for it. */
const greet = async (settings: HttpSettings, exchanger: Exchanger): Promise<Fault | null> => {
  const { greeting: method, url } = settings;
  const exchange = await exchanger.exchange({ method, url, headers: {}, body: null });
  if (exchange.kind !== 'answered') return { code: 'unreachable', detail: exchange.detail };
  const fault = peerFault(settings, exchange);
  if (fault) return fault;
  return AWAY.has(exchange.status) ? { code: 'unreachable', detail: `HTTP ${exchange.status}` } : null;
};

interface Wire {
  readonly settings: HttpSettings;
  readonly exchanger: Exchanger;
  readonly presence: Presence;
  readonly pace: Pace;
}

const outcomeOf = ({ settings, presence }: Wire, deliveryId: string, exchange: Exchange): SendOutcome => {
  if (exchange.kind === 'unwritten') {
    const { detail } = exchange;
    presence.lost({ code: 'unreachable', detail });
    return { deliveryId, kind: 'refused', code: 'unreachable', retry: true, detail };
  }
  if (exchange.kind === 'lost') {
    if (exchange.broke) presence.lost({ code: 'unreachable', detail: exchange.detail });
    return { deliveryId, kind: 'uncertain', detail: exchange.detail };
  }
  const stranger = peerFault(settings, exchange);
  if (stranger) {
    presence.lost(stranger);
    return { deliveryId, kind: 'uncertain', detail: stranger.detail };
  }
  const judged = judge(settings, exchange);
  if (judged.kind !== 'accepted') return { deliveryId, ...judged };
  // Without a name of its own for it, receipts come under ours, if any come.
  return { deliveryId, kind: 'accepted', refs: [judged.ref || deliveryId] };
};

/** Hands over one message, once. @param until moment on the clock of `performance.now()` by which its turn has to come */
const sendOne = async (wire: Wire, message: Outgoing, until: number): Promise<SendOutcome> => {
  const { settings, exchanger, presence, pace } = wire;
  const { deliveryId } = message;
  const refused = (code: RefusalCode, retry: boolean, detail?: string): SendOutcome => ({
    ...{ deliveryId, kind: 'refused', code, retry },
    ...(detail === undefined ? {} : { detail }),
  });
  // An invented number goes to simulators only, and to a simulator goes nothing else: whatever was decided further up.
  if (isSyntheticPhone(message.to) !== settings.simulator) return refused('synthetic', false);
  const away = () => {
    const { fault } = presence.state();
    return refused(fault?.code ?? 'unreachable', true, fault?.detail);
  };
  if (!presence.state().connected) return away();
  const to = numberFor(message.to, settings.numbers);
  if (to === undefined) return refused('bad-number', false, 'not a number of this country');
  const turn = await pace.enter(until);
  if (turn === 'shut') return away();
  if (turn === 'late') return refused('throttled', true, 'its turn did not come in time');
  try {
    // The gateway cuts long texts itself.
    const filling = { to, text: message.parts.join(''), id: deliveryId, sender: settings.sender };
    return outcomeOf(wire, deliveryId, await exchanger.exchange(requestFor(settings, filling)));
  } finally {
    pace.leave();
  }
};

/** A gateway that takes one message with one HTTP request. Its receipts come by `webhooks.ts`. */
export const openHttpGateway = (settings: HttpSettings, log: Log): Channel => {
  const { provider, checkSeconds } = settings;
  const exchanger = openExchanger(settings);
  const pace = openPace({ window: settings.concurrency, perSecond: settings.perSecond });
  const asking = { provider, checkSeconds, greet: () => greet(settings, exchanger), dropped: pace.shut };
  const presence = openPresence(asking, log);
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  const answer = async (message: Outgoing, until: number): Promise<SendOutcome> => {
    const { deliveryId } = message;
    if (closed) return { deliveryId, kind: 'refused', code: 'unreachable', retry: true };
    return sendOne({ settings, exchanger, presence, pace }, message, until).catch((error: unknown) => {
      log.error({ err: error, provider }, 'a message whose outcome nobody knows');
      return { deliveryId, kind: 'uncertain', detail: String(error) };
    });
  };
  const close = async () => {
    await Promise.allSettled([...underWay]);
    presence.close();
    exchanger.close();
  };
  return {
    provider,
    kind: 'sms',
    simulator: settings.simulator,
    pricePerPart: settings.pricePerPart,
    answerable: settings.answerable,
    state: presence.state,
    send: (batch) => {
      const until = performance.now() + settings.timeoutSeconds * 1_000 + pace.takes(batch.length);
      const sending = Promise.all(batch.map((message) => answer(message, until)));
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};
