import { type Channel, channels } from '../../../shared/channels.ts';
import { type Day, showDay } from '../../../shared/dates.ts';
import { entriesOf, fieldsOf, type Item, isMapping, type Source, textIn } from './document.ts';
import { type At, dayIn, headIn, numberIn, thresholdIn } from './values.ts';

/** A rule that stands in the file itself, by the name that is shown. */
export interface InlineAudience {
  /** The saved audience it once was taken from; empty for a rule of this plan alone. */
  readonly code: string;
  readonly name: string;
  readonly rule: unknown;
}

export interface LineFile {
  readonly item: Item;
  readonly position: number;
  readonly positionItem: Item;
  readonly what: string;
  readonly message: At<string>;
  readonly edition: At<number> | null;
  readonly audience: At<string | InlineAudience>;
  readonly channels: readonly Channel[];
  /** Empty: the whole place of the plan. */
  readonly places: readonly At<string>[];
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly body: string;
  readonly headName: string;
  readonly headPost: string;
  readonly partners: readonly string[];
  readonly budget: number | null;
  readonly budgetSource: string | null;
  readonly threshold: number;
  readonly targetPercent: number;
}

const LINE_KEYS = [
  'position', 'what', 'message', 'edition', 'audience', 'channels', 'places', 'quantity', 'unit', 'from', 'to', 'body', 'head',
  'partners', 'budget', 'source', 'threshold', 'target',
]; // biome-ignore format: a line of words

const TEXT = 500;
const MOST_PLACES = 500;

const whole = (least: number, most: number) => (value: number) =>
  Number.isInteger(value) && value >= least && value <= most;

const audienceIn = (source: Source, item: Item): At<string | InlineAudience> | undefined => {
  if (!isMapping(item)) {
    const code = textIn(source, item, 100);
    return code === undefined ? undefined : { value: code, item };
  }
  const fields = fieldsOf(source, item, ['code', 'name', 'subject', 'where']);
  if (!fields) return undefined;
  const name = fields.get('name');
  if (!name) source.refuse(item, 'plan-file.missing', { key: 'name' });
  const shown = name && textIn(source, name, 200);
  const code = fields.get('code');
  const label = code ? textIn(source, code, 100) : '';
  if (shown === undefined || label === undefined) return undefined;
  const { subject, where } = (source.typed(item) ?? {}) as { subject?: unknown; where?: unknown };
  return { value: { code: label, name: shown, rule: { subject, where } }, item };
};

const channelsIn = (source: Source, item: Item): Channel[] => {
  const found = new Set<Channel>();
  for (const entry of entriesOf(source, item, channels.length)) {
    const text = textIn(source, entry, 60);
    const channel = channels.find((known) => known === text);
    if (channel) found.add(channel);
    else if (text !== undefined) source.refuse(entry, 'plan-file.channel', { value: text, known: channels.join(', ') });
  }
  if (found.size === 0) source.refuse(item, 'plan-file.no-channel', { known: channels.join(', ') });
  return [...found];
};

interface Frame {
  readonly next: number;
  readonly from: Day;
  readonly to: Day;
}

/** First and last day of a line, which lie within the plan's period; the whole period when they are left out. */
const daysIn = (
  source: Source,
  item: Item,
  fields: ReadonlyMap<string, Item>,
  frame: Frame,
): [Day, Day] | undefined => {
  const day = (name: 'from' | 'to'): Day | undefined => {
    const at = fields.get(name);
    if (!at) return frame[name];
    const read = dayIn(source, at);
    if (read === undefined || (read >= frame.from && read <= frame.to)) return read;
    source.refuse(at, 'plan-file.outside-period', { from: showDay(frame.from), to: showDay(frame.to) });
    return undefined;
  };
  const [from, to] = [day('from'), day('to')];
  if (from === undefined || to === undefined) return undefined;
  if (from <= to) return [from, to];
  source.refuse(fields.get('to') ?? item, 'plan-file.days', { from: showDay(from), to: showDay(to) });
  return undefined;
};

/** One line of the file; undefined when something that has to be there is missing or wrong. */
export const readLine = (source: Source, item: Item, frame: Frame): LineFile | undefined => {
  const fields = fieldsOf(source, item, LINE_KEYS);
  if (!fields) return undefined;
  const need = <T>(name: string, read: (source: Source, item: Item) => T | undefined): T | undefined => {
    const at = fields.get(name);
    if (at) return read(source, at);
    source.refuse(item, 'plan-file.missing', { key: name });
    return undefined;
  };
  const may = <T>(name: string, read: (source: Source, item: Item) => T | undefined): T | null => {
    const at = fields.get(name);
    return (at && read(source, at)) ?? null;
  };
  const text = (from: Source, at: Item) => textIn(from, at, TEXT);
  const number = (code: string, ok: (value: number) => boolean) => (from: Source, at: Item) =>
    numberIn(from, at, { code, ok });
  const list = (name: string) => entriesOf(source, fields.get(name), MOST_PLACES);
  const named = (from: Source, at: Item): At<string> | undefined => {
    const value = textIn(from, at, 100);
    return value === undefined ? undefined : { value, item: at };
  };
  const positionItem = fields.get('position');
  const position = positionItem ? number('plan-file.position', whole(1, 9_999))(source, positionItem) : frame.next;
  const what = need('what', text);
  const message = need('message', named);
  const editionItem = fields.get('edition');
  const edition = editionItem && number('plan-file.edition', whole(1, 9_999))(source, editionItem);
  const audience = need('audience', audienceIn);
  const by = need('channels', channelsIn);
  const places = list('places').flatMap((each) => {
    const value = textIn(source, each, 300);
    return value === undefined ? [] : [{ value, item: each }];
  });
  const days = daysIn(source, item, fields, frame);
  const body = need('body', text);
  const head = need('head', headIn);
  const threshold = need('threshold', thresholdIn);
  const targetPercent = need('target', (from, at) => targetIn(from, at));
  const more = {
    quantity: may(
      'quantity',
      number('plan-file.quantity', (value) => value > 0),
    ),
    unit: may('unit', text),
    partners: list('partners').flatMap((each) => textIn(source, each, TEXT) ?? []),
    budget: may('budget', number('plan-file.budget', whole(0, 1e15))),
    budgetSource: may('source', text),
  };
  if (!position || !what || !message || !audience || !by?.length || !days || !body || !head) return undefined;
  if (threshold === undefined || targetPercent === undefined) return undefined;
  return {
    item,
    position,
    positionItem: positionItem ?? item,
    what,
    message,
    edition: edition && editionItem ? { value: edition, item: editionItem } : null,
    audience,
    channels: by,
    places,
    startsOn: days[0],
    endsOn: days[1],
    body,
    headName: head.name,
    headPost: head.post,
    threshold,
    targetPercent,
    ...more,
  };
};

/** "95" or "95%", of the line's audience. */
const targetIn = (source: Source, item: Item): number | undefined => {
  const text = textIn(source, item, 20);
  if (text === undefined) return undefined;
  const value = /^\d{1,3}(?:,\d{1,2})?\s*%?$/u.test(text) ? Number(text.replace(/\s*%$/u, '').replace(',', '.')) : 0;
  if (value > 0 && value <= 100) return value;
  source.refuse(item, 'plan-file.target', { value: text });
  return undefined;
};
