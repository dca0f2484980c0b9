import {
  type DispatchPreview,
  type LeftOut,
  momentOf,
  otherWayOf,
  previewDispatch,
  type SmsOffer,
  whyNobody,
} from '../modules/delivery/index.ts';
import type { Choices } from './dispatch-options.ts';
import { columns } from './evidence-report.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

type Parts = DispatchPreview['asChosen'];

interface Way {
  readonly kind: Choices['formKind'];
  readonly parts: Parts;
  /** VND; null = the price is not known. */
  readonly cost: number | null;
}

/** A sending before the button, as the terminal shows it. */
export interface Looked {
  readonly choices: Choices;
  readonly seen: DispatchPreview;
  /** With and without diacritics, as far as there is a wording that could be sent so. */
  readonly ways: readonly Way[];
  /** The provider it would go to first; null = none is named, or it goes by mail. */
  readonly offer: SmsOffer | null;
}

/** Looks at what a sending would be. Nothing is written. */
export const look = async (session: Session, choices: Choices): Promise<Looked> => {
  const seen = await session.ask(previewDispatch, choices);
  const plain = choices.formKind === 'sms-plain';
  // From plain letters nobody can tell what the marked ones come to: they are asked for.
  const marked = plain && seen.kinds.sms ? await session.ask(previewDispatch, { ...choices, formKind: 'sms' }) : seen;
  const offer = await (await session.app()).sms();
  const price = offer?.pricePerPart ?? null;
  if (choices.formKind === 'email')
    return { choices, seen, offer: null, ways: [{ kind: 'email', parts: seen.asChosen, cost: 0 }] };
  const way = (kind: 'sms' | 'sms-plain', parts: Parts): Way[] =>
    seen.kinds[kind] ? [{ kind, parts, cost: price === null ? null : Math.round(price * parts.all) }] : [];
  return {
    ...{ choices, seen, offer },
    ways: [...way('sms', marked.asChosen), ...way('sms-plain', plain ? seen.asChosen : seen.plain)],
  };
};

export const previewJson = ({ choices, seen, ways, offer }: Looked) => {
  const { line, choices: _, asChosen: __, plain: ___, kinds: ____, ...rest } = seen;
  return {
    ...rest,
    line: { lineId: line.lineId, planCode: line.planCode, position: line.position, what: line.what },
    chosen: choices.formKind,
    ways: ways.map(({ kind, parts, cost }) => ({ kind, ...parts, cost })),
    channel: offer && {
      ...{ provider: offer.provider, simulator: offer.simulator, answerable: offer.answerable },
      pricePerPart: offer.pricePerPart,
    },
  };
};

export const showCost = ({ say, language }: Terminal, cost: number | null): string =>
  cost === null
    ? say('cli.dispatch.no-price')
    : `${cost.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB')} ${say('cli.dispatch.vnd')}`;

const tellTexts = (terminal: Terminal, { choices, seen, ways }: Looked): void => {
  const { say } = terminal;
  for (const { language, recipients, reads, sample } of seen.languages) {
    terminal.gap();
    terminal.line('cli.dispatch.language', { language: `@language.${language}`, count: recipients, reads });
    terminal.line('cli.dispatch.sample', { text: sample });
  }
  if (seen.recipients === 0) return;
  terminal.gap();
  terminal.table(
    columns(terminal, 'spelling', 'parts-each', 'parts-all', 'cost', 'remark'),
    ways.map(({ kind, parts, cost }) => [
      say(`content.kind.${kind}`),
      parts.least === parts.most ? String(parts.most) : `${parts.least}–${parts.most}`,
      parts.all,
      showCost(terminal, cost),
      kind === choices.formKind ? say('cli.dispatch.chosen') : '',
    ]),
  );
};

const tellLeftOut = (terminal: Terminal, { choices, seen }: Looked): void => {
  const { say } = terminal;
  const { why, otherwise } = seen.leftOut;
  const rows = Object.entries(why) as [LeftOut, number][];
  terminal.gap();
  if (rows.length === 0) {
    terminal.line(
      seen.recipients === 0 ? `delivery.nobody.${whyNobody(seen, choices)}` : 'cli.dispatch.nobody-left-out',
    );
    return;
  }
  terminal.line('cli.dispatch.left-out', { ...otherwise, count: rows.reduce((sum, [, count]) => sum + count, 0) });
  terminal.table(
    columns(terminal, 'why', 'households', 'other-way'),
    rows
      .toSorted(([, a], [, b]) => b - a)
      .map(([code, count]) => [say(`left-out.${code}`), count, say(`cli.dispatch.way.${otherWayOf(code)}`)]),
  );
};

const tellNotes = (terminal: Terminal, { choices, seen, offer }: Looked): void => {
  terminal.gap();
  if (offer === null && choices.formKind !== 'email') terminal.line('error.dispatch.no-channel');
  else if (offer)
    terminal.line(offer.simulator ? 'cli.dispatch.by-simulator' : 'cli.dispatch.by', { provider: offer.provider });
  if (seen.quiet) terminal.line('cli.dispatch.quiet');
  if (seen.urgent) terminal.line('cli.dispatch.urgent-now');
  for (const name of seen.asks) terminal.line(`cli.dispatch.asks.${name}`);
  const { last } = seen;
  if (last) terminal.line('cli.dispatch.last', { name: last.by, at: momentOf(last.at), count: last.recipients });
};

/** Who is sent to, in how many parts and for how much; who is left out and why, who can be called, who has to be visited. */
export const tellPreview = (terminal: Terminal, looked: Looked): void => {
  const { seen } = looked;
  const { planCode, position, what } = seen.line;
  terminal.line('cli.dispatch.what', { line: `${planCode}:${position}`, what, title: seen.message.title });
  terminal.line('cli.dispatch.whom', { count: seen.recipients, reads: seen.reads });
  tellTexts(terminal, looked);
  tellLeftOut(terminal, looked);
  const places = seen.places.filter(({ recipients, leftOut }) => recipients + leftOut > 0);
  if (places.length > 1) {
    terminal.gap();
    terminal.table(
      columns(terminal, 'village', 'recipients', 'left-out'),
      places.map(({ name, recipients, leftOut }) => [name, recipients, leftOut]),
    );
  }
  tellNotes(terminal, looked);
};
