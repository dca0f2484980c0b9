import type { Fields, Pdu } from 'smpp';
import type { Log } from '../platform/log.ts';
import type { ChannelState, RefusalCode } from './contract.ts';
import { type Answer, type BindCommand, type Bound, bind, SignOnFailure } from './smpp-session.ts';
import type { SmppSettings } from './smpp-settings.ts';

interface LinkEvents {
  delivered(pdu: Pdu, answer: (status: number) => void): void;
  /** It was connected and is no more. */
  dropped(): void;
}

/** A connection that is kept up: signed on in the background, and again whenever it is lost. */
export interface Link {
  state(): ChannelState;
  submit(fields: Fields): Promise<Answer>;
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

const COMMANDS: Readonly<Record<SmppSettings['bind'], readonly BindCommand[]>> = {
  transceiver: ['bind_transceiver'],
  // Parts are submitted on the last one.
  pair: ['bind_receiver', 'bind_transmitter'],
};

/** The sessions that were opened together; one lost, all are lost. */
interface Try {
  readonly bounds: Bound[];
  over: boolean;
}

export const openLink = (settings: SmppSettings, on: LinkEvents, log: Log): Link => {
  const closing = new AbortController();
  let current: Try | undefined;
  let fault: ChannelState['fault'] = null;
  let wait = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | undefined;

  const giveUp = (one: Try, code: RefusalCode, detail: string) => {
    if (one.over) return;
    one.over = true;
    for (const bound of one.bounds) bound.destroy();
    const wasConnected = current === one;
    if (wasConnected) current = undefined;
    if (closing.signal.aborted) return;
    if (wasConnected || fault?.code !== code || fault.detail !== detail)
      log.warn({ provider: settings.provider, code, detail }, 'no connection to the provider');
    fault = { code, detail };
    if (wasConnected) on.dropped();
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  const connect = async () => {
    const one: Try = { bounds: [], over: false };
    const closed = (reason: string) => giveUp(one, 'unreachable', reason);
    try {
      for (const command of COMMANDS[settings.bind]) {
        const bound = await bind(
          settings,
          command,
          { delivered: on.delivered, closed },
          { log, signal: closing.signal },
        );
        one.bounds.push(bound);
        if (one.over) return bound.destroy();
      }
      current = one;
      fault = null;
      wait = FIRST_WAIT_MS;
      log.info({ provider: settings.provider }, 'connected to the provider');
    } catch (error) {
      if (error instanceof SignOnFailure) giveUp(one, error.code, error.message);
      else giveUp(one, 'unreachable', String(error));
    }
  };
  void connect();

  return {
    state: () => ({ connected: current !== undefined, fault }),
    submit: async (fields) => current?.bounds.at(-1)?.submit(fields) ?? { kind: 'unwritten' },
    close: async () => {
      clearTimeout(timer);
      await Promise.all((current?.bounds ?? []).map((bound) => bound.leave()));
      closing.abort();
      clearTimeout(timer);
    },
  };
};
