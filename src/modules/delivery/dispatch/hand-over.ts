import type { Channel, MailChannel, SendOutcome } from '../../../channels/contract.ts';
import { smsParts } from '../../../shared/sms.ts';
import { isSyntheticEmail, isSyntheticPhone } from '../../../shared/synthetic.ts';
import { say } from '../../../shared/words/index.ts';
import type { SentBy } from './dispatch.ts';
import type { Outcome } from './next-batch.ts';
import type { ToSend } from './store-claim.ts';

/** A provider as it is handed rows, whatever it makes of them. */
interface Carrier {
  readonly provider: string;
  readonly simulator: boolean;
  readonly invented: (address: string) => boolean;
  /** Nothing will ever be heard of what it accepted. */
  readonly silent: boolean;
  send(rows: readonly ToSend[]): Promise<readonly SendOutcome[]>;
}

const bySms = (channel: Channel): Carrier => ({
  provider: channel.provider,
  simulator: channel.simulator,
  invented: isSyntheticPhone,
  silent: false,
  send: (rows) =>
    channel.send(
      rows.map(({ deliveryId, to, body }) => {
        const { parts, encoding } = smsParts(body);
        return { deliveryId, to, parts, encoding };
      }),
    ),
});

/** The last lines of a mail: how to get no more, in the language of the office. */
const sayStop = (stop: string | undefined): string =>
  stop ? say('vi', 'mail.stop-at', { stop }) : say('vi', 'mail.stop-by-answer');

/** The first line of an e-mail's wording is its subject. */
const byMail = (channel: MailChannel, unsubscribe?: (deliveryId: string) => string): Carrier => ({
  provider: channel.provider,
  simulator: channel.simulator,
  invented: isSyntheticEmail,
  silent: !channel.returns,
  send: (rows) =>
    channel.send(
      rows.map(({ deliveryId, to, body }) => {
        const [subject = '', ...lines] = body.split('\n');
        const stop = unsubscribe?.(deliveryId);
        const text = `${lines.join('\n').trim()}\n\n--\n${sayStop(stop)}\n`;
        return { deliveryId, to, subject, text, ...(stop && { unsubscribe: stop }) };
      }),
    ),
});

/** The providers of a channel, in the order in which they are tried. */
export const carriers = (
  channels: readonly (Channel | MailChannel)[],
  by: SentBy,
  unsubscribe?: (deliveryId: string) => string,
): Carrier[] =>
  channels.flatMap((channel) => {
    if (channel.kind !== by) return [];
    return [channel.kind === 'sms' ? bySms(channel) : byMail(channel, unsubscribe)];
  });

/** Invented people are reached by a simulator and nothing else, and a simulator reaches nobody else (design, section 6). */
const mayCarry = ({ simulator, invented }: Carrier, { to, synthetic }: ToSend): boolean =>
  simulator ? invented(to) : !synthetic && !invented(to);

const outcomeOf = (row: ToSend, { provider, silent }: Carrier, sent: SendOutcome): Outcome => {
  const own = { subjectId: row.subjectId, deliveryId: row.deliveryId, provider };
  if (sent.kind === 'accepted') return { ...own, kind: 'accepted', refs: [...sent.refs], silent };
  const detail = sent.detail ?? '';
  if (sent.kind === 'uncertain') return { ...own, kind: 'uncertain', detail };
  return { ...own, kind: 'refused', code: sent.code, retry: sent.retry, detail };
};

/** A channel that breaks its promise and throws must not leave a batch in hand for ever: nobody knows what it sent. */
const handTo = async (carrier: Carrier, rows: readonly ToSend[]): Promise<readonly SendOutcome[]> => {
  try {
    return await carrier.send(rows);
  } catch (error) {
    return rows.map(({ deliveryId }) => ({ deliveryId, kind: 'uncertain', detail: String(error) }));
  }
};

/**
 * Hands rows to the first provider that may carry them; what it surely did not take, and another might, goes on to the
 * next. Whatever is uncertain stays with who was handed it.
 * @returns an outcome for every row
 */
export const handOver = async (providers: readonly Carrier[], rows: readonly ToSend[]): Promise<Outcome[]> => {
  const done = new Map<string, Outcome>();
  for (const carrier of providers) {
    const mine = rows.filter((row) => {
      const before = done.get(row.deliveryId);
      return mayCarry(carrier, row) && (before === undefined || (before.kind === 'refused' && before.retry));
    });
    if (mine.length === 0) continue;
    const sent = new Map((await handTo(carrier, mine)).map((each) => [each.deliveryId, each]));
    for (const row of mine) {
      const outcome = sent.get(row.deliveryId) ?? { deliveryId: row.deliveryId, kind: 'uncertain' as const };
      done.set(row.deliveryId, outcomeOf(row, carrier, outcome));
    }
  }
  return rows.map(
    (row) =>
      done.get(row.deliveryId) ?? {
        ...{ subjectId: row.subjectId, deliveryId: row.deliveryId, provider: '' },
        ...{ kind: 'refused', code: 'synthetic', retry: false },
      },
  );
};
