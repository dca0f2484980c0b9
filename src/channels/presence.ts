import type { Log } from '../platform/log.ts';
import type { ChannelState } from './contract.ts';

export type Fault = NonNullable<ChannelState['fault']>;

/** Whether the other end is there, for wires without a connection that stands for as long as both are. */
export interface Presence {
  state(): ChannelState;
  /** It was there, and is no more: asked again from now on. */
  lost(fault: Fault): void;
  close(): void;
}

interface Asking {
  readonly provider: string;
  /** How long its last answer holds. */
  readonly checkSeconds: number;
  /** Asks; null = it is there, and is who it should be. */
  readonly greet: () => Promise<Fault | null>;
  /** It was there and is no more. */
  readonly dropped: () => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Asks in the background: every `checkSeconds` while it is there, and with longer and longer pauses while it is not. */
export const openPresence = ({ provider, checkSeconds, greet, dropped }: Asking, log: Log): Presence => {
  let state: ChannelState = { connected: false, fault: null };
  let [wait, question, closed] = [FIRST_WAIT_MS, 0, false];
  let timer: NodeJS.Timeout | undefined;

  const askIn = (ms: number) => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void ask(), ms);
  };
  const missing = (fault: Fault) => {
    const was = state;
    state = { connected: false, fault };
    if (was.connected || was.fault?.code !== fault.code || was.fault.detail !== fault.detail)
      log.warn({ provider, ...fault }, 'no connection to the provider');
    if (was.connected) dropped();
    askIn(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  const ask = async () => {
    question += 1;
    const mine = question;
    const fault = await greet().catch((error: unknown) => ({ code: 'unreachable' as const, detail: String(error) }));
    // Something was lost meanwhile: this answer is of before.
    if (closed || mine !== question) return;
    if (fault) return missing(fault);
    if (!state.connected) log.info({ provider }, 'connected to the provider');
    state = { connected: true, fault: null };
    wait = FIRST_WAIT_MS;
    askIn(checkSeconds * 1_000);
  };
  void ask();
  return {
    state: () => state,
    lost: (fault) => {
      if (closed || !state.connected) return;
      question += 1;
      missing(fault);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
