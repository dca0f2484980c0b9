import { setTimeout as pause } from 'node:timers/promises';
import { countWorkers } from '../modules/delivery/index.ts';
import { showCost } from './dispatch-preview.ts';
import { columns } from './evidence-report.ts';
import { Interrupted, type OpenedSending, type Session, type ShownProvider } from './session.ts';
import type { Verb } from './verb.ts';

const LOOK_MS = 100;
/** Longer than any sign-on that goes well. */
const PATIENCE_MS = 20_000;

interface Tried {
  readonly provider: string;
  readonly connected: boolean;
  readonly fault: { readonly code: string; readonly detail: string } | null;
}

const watch = async ({ interruption }: Session, { channels }: OpenedSending): Promise<Tried[]> => {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    if (interruption.requested) throw new Interrupted();
    const tried = channels.map(({ provider, state }) => ({ provider, ...state() }));
    const known = tried.every(({ connected, fault }) => connected || fault !== null);
    if (known || performance.now() >= until)
      return tried.map((each) => ({
        ...each,
        fault: each.connected ? null : (each.fault ?? { code: 'unreachable', detail: '' }),
      }));
    await pause(LOOK_MS);
  }
};

/** Signs on at each provider and takes leave again; nothing is sent for it, but what a provider has for us is taken in. */
const tryAll = async (session: Session): Promise<Tried[]> => {
  const sending = await (await session.app()).openSending();
  try {
    return await watch(session, sending);
  } finally {
    await sending.close();
  }
};

const stateOf = ({ terminal: { say } }: Session, tried: Tried | undefined): string => {
  if (!tried) return '';
  if (tried.connected) return say('cli.channels.works');
  const { code, detail } = tried.fault!;
  return say(`send-fault.${code}`) + (detail ? ` (${detail})` : '');
};

const showProviders = (session: Session, providers: readonly ShownProvider[], tried: readonly Tried[] | null): void => {
  const { terminal } = session;
  const { say } = terminal;
  terminal.table(
    columns(terminal, 'provider', 'address', 'sender', 'price', 'answerable', 'remark', ...(tried ? ['state'] : [])),
    providers.map(({ provider, named, pricePerPart, answerable, simulator }) => [
      ...[provider, named?.address ?? say('cli.channels.built-in'), named?.sender ?? ''],
      ...[showCost(terminal, pricePerPart), say(answerable ? 'ui.yes' : 'ui.no')],
      simulator ? say('cli.channels.simulator') : '',
      ...(tried
        ? [
            stateOf(
              session,
              tried.find((each) => each.provider === provider),
            ),
          ]
        : []),
    ]),
  );
};

/** Which providers messages go through, in their order; with `--try` whether each lets us in. */
export const channelsVerb: Verb = {
  group: null,
  name: 'channels',
  words: [],
  options: [{ flags: '--try', help: 'channels-try' }],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const { path } = session.doors.config.channelsFile;
    const providers = await (await session.app()).providers();
    const { workers } = await session.askAsProduct(countWorkers, {});
    // The simulated network of a running process is its own: a second one beside it would tell nothing of the first.
    const others = workers > 0 && providers.every(({ named }) => named === null);
    const tried = options.try === true && providers.length > 0 && !others ? await tryAll(session) : null;
    const ofProvider = (name: string) => tried?.find(({ provider }) => provider === name) ?? null;
    terminal.result({
      ...{ file: path, workers },
      providers: providers.map((each) => ({ ...each, tried: ofProvider(each.provider) })),
    });
    terminal.line('cli.channels.file', { path });
    if (providers.length === 0) terminal.line('error.dispatch.no-channel');
    else showProviders(session, providers, tried);
    if (workers > 0) terminal.line(tried ? 'cli.channels.beside' : 'cli.channels.at-work');
    return tried?.some(({ connected }) => !connected) ? 6 : undefined;
  },
};
