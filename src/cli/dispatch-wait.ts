import { setTimeout as pause } from 'node:timers/promises';
import { countWorkers, type DispatchView, getDispatch } from '../modules/delivery/index.ts';
import { tellDispatch } from './dispatch-report.ts';
import type { OpenedSending, Session } from './session.ts';

/**
 * Why waiting ended. `settled`: all is handed over, and nothing waits for a receipt. `quiet-phones`: all is handed over, and
 * for a while no receipt came. `morning`, `stopped`: what is left waits for the morning, or for somebody. `time`: the limit.
 */
export type Ended = 'settled' | 'quiet-phones' | 'morning' | 'stopped' | 'time';

export interface Waited {
  readonly ended: Ended;
  /** Why a provider is not connected, of those this process opened itself. */
  readonly channels: readonly {
    readonly provider: string;
    readonly connected: boolean;
    readonly fault: string | null;
  }[];
  readonly dispatch: DispatchView;
}

const LOOK_MS = 500;
/** Phones that are on answer within seconds; after so long without news the others are not waited for. */
const STILL_MS = 30_000;
const TELL_MS = 5_000;

const endOf = ({ state, counts, waitsForMorning }: DispatchView, stillFor: number): Ended | undefined => {
  if (state === 'done' && counts.accepted === 0) return 'settled';
  if (counts.sending > 0) return undefined;
  if (state === 'done') return stillFor >= STILL_MS ? 'quiet-phones' : undefined;
  if (state === 'stopped') return 'stopped';
  return waitsForMorning ? 'morning' : undefined;
};

const tellProgress = ({ terminal }: Session, { counts, recipients }: DispatchView): void =>
  terminal.line('cli.dispatch.progress', {
    handed: recipients - counts.created - counts.sending - counts.withheld,
    count: recipients,
    delivered: counts.delivered,
  });

const stateOf = (own: OpenedSending | undefined): Waited['channels'] =>
  (own?.channels ?? []).map(({ provider, state }) => {
    const { connected, fault } = state();
    return { provider, connected, fault: connected ? null : (fault?.code ?? 'unreachable') };
  });

const follow = async (
  session: Session,
  dispatchId: string,
  { minutes, own }: { minutes: number; own: OpenedSending | undefined },
): Promise<Waited> => {
  const until = performance.now() + minutes * 60_000;
  let [seen, changed, told] = ['', performance.now(), performance.now()];
  for (;;) {
    await own?.sender.drain();
    const dispatch = await session.ask(getDispatch, { dispatchId });
    const now = performance.now();
    const counts = JSON.stringify(dispatch.counts);
    if (counts !== seen) [seen, changed] = [counts, now];
    const ended = endOf(dispatch, now - changed) ?? (now >= until ? 'time' : undefined);
    if (ended) return { ended, channels: stateOf(own), dispatch };
    if (now - told >= TELL_MS) {
      tellProgress(session, dispatch);
      told = now;
    }
    await pause(LOOK_MS);
  }
};

/**
 * Waits for the end of a sending that somebody may look at. Where no worker lives it does the work itself: its own
 * connection to the networks, its own batches, until it ends.
 */
export const waitForEnd = async (session: Session, dispatchId: string, minutes: number): Promise<Waited> => {
  const { workers } = await session.askAsProduct(countWorkers, {});
  const own = workers > 0 ? undefined : await (await session.app()).openSending();
  try {
    return await follow(session, dispatchId, { minutes, own });
  } finally {
    await own?.close();
  }
};

/** Tells how it ended. @returns the exit code: something was not even handed over = 6 */
export const tellWaited = (session: Session, { ended, channels, dispatch }: Waited): number | undefined => {
  const { terminal } = session;
  tellDispatch(terminal, dispatch);
  terminal.gap();
  terminal.line(`cli.dispatch.ended.${ended}`);
  for (const { provider, fault } of channels)
    if (fault) terminal.line('cli.dispatch.not-connected', { provider, why: `@send-fault.${fault}` });
  return ended === 'time' && dispatch.counts.created + dispatch.counts.sending > 0 ? 6 : undefined;
};
