import type { Channel, Receiver } from '../../src/channels/contract.ts';
import { openSmpp } from '../../src/channels/smpp.ts';
import { type SmppSettings, smppDefaults } from '../../src/channels/smpp-settings.ts';
import { silentLog } from '../../src/platform/log.ts';
import { type AnsweringSink, type Bench, message } from './channel-kit.ts';
import { type SmscLine, startSmsc } from './smsc.ts';

/** Settings of a channel to a simulator on this machine. */
const smppTo = (port: number, changes: Partial<SmppSettings> = {}): SmppSettings => ({
  ...smppDefaults,
  provider: 'thu',
  host: '127.0.0.1',
  port,
  systemId: 'lantoa',
  password: '',
  sender: 'XA-THU',
  simulator: true,
  ...changes,
});

export const openTo = (port: number, receiver: Receiver, changes: Partial<SmppSettings> = {}): Channel =>
  openSmpp(smppTo(port, changes), receiver, silentLog());

/** An invented number that the simulator delivers to: its last two digits mean nothing. */
export const goodNumber = (n: number): string => `+84540${String(n).padStart(4, '0')}50`;

/** An invented number with these last two digits. */
export const numberEnding = (ending: string): string => `+845400000${ending}`;

/** Puts parts together: those of one group to one number, in their order. */
export const wholes = (lines: readonly SmscLine[]) => {
  const groups = Map.groupBy(lines, ({ to, group, ref }) => (group === null ? ref : `${to} ${group}`));
  return [...groups.values()].map((parts) => {
    const sorted = parts.toSorted((a, b) => a.part - b.part);
    return {
      to: sorted[0]!.to,
      text: sorted.map(({ text }) => text).join(''),
      refs: sorted.map(({ ref }) => ref),
    };
  });
};

/** SMPP against the simulator process. */
export const smppBench = async (changes: Partial<SmppSettings> = {}): Promise<Bench> => {
  const smsc = await startSmsc();
  const sink: AnsweringSink = {
    taken: async () => wholes(await smsc.lines('submit')),
    acked: async () => (await smsc.lines('receipt-acked')).map(({ ref }) => ref),
    brought: async (ref) => (await smsc.lines('receipt')).filter((line) => line.ref === ref).length,
    write: ({ from, text }) => smsc.order({ inbound: { from, to: '8000', text } }),
    drop: () => smsc.order({ drop: true }),
    stop: smsc.kill,
    start: smsc.start,
    close: smsc.remove,
  };
  return {
    sink,
    open: (receiver, timeoutSeconds) => openTo(smsc.port, receiver, { timeoutSeconds, ...changes }),
    message,
    refusal: 'bad-number',
    refsOf: ({ parts }) => parts.length,
    numbers: { good: goodNumber, refused: numberEnding('03'), silent: numberEnding('05') },
  };
};
