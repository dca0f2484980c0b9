import { invalid } from '../../shared/errors.ts';

/**
 * A reader of the plain XML inside an XLSX, fed piece by piece: elements, attributes, text, CDATA. Names come without
 * their prefix. A document type is refused (it could define entities that explode), other constructs are skipped.
 */
export interface XmlListener {
  open?(name: string, attributes: string): void;
  close?(name: string): void;
  text?(text: string): void;
}

// A single tag or text longer than this is no sheet (a cell holds at most 32,767 characters).
const LONGEST = 4 * 1_048_576;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/giu,
        (whole, hex?: string, decimal?: string, name?: string) => {
          if (name) return NAMED[name] ?? whole;
          const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
          return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
        },
      )
    : text;

const damaged = () => invalid('file.damaged');

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The value of an attribute by its local name, from the text between a tag's name and its end. */
export const attribute = (attributes: string, name: string): string | undefined => {
  for (let from = 0; ; ) {
    const at = attributes.indexOf(`${name}=`, from);
    if (at < 0) return undefined;
    const before = attributes[at - 1];
    const quote = attributes[at + name.length + 1];
    if ((before === undefined || before === ':' || /\s/u.test(before)) && (quote === '"' || quote === "'")) {
      const start = at + name.length + 2;
      return unescapeXml(attributes.slice(start, attributes.indexOf(quote, start)));
    }
    from = at + 1;
  }
};

/** Where the tag that begins at `from` ends, or -1 when its end has not come yet. Quoted `>` does not count. */
const tagEnd = (xml: string, from: number): number => {
  let quote = '';
  for (let at = from; at < xml.length; at += 1) {
    const char = xml[at]!;
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '>') return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return -1;
};

const SPECIAL: readonly [start: string, end: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

const readTag = (tag: string, listener: XmlListener): void => {
  if (tag.startsWith('/')) {
    listener.close?.(local(tag.slice(1).trimEnd()));
    return;
  }
  const empty = tag.endsWith('/');
  const inner = empty ? tag.slice(0, -1) : tag;
  const space = inner.search(/\s/u);
  const name = local(space < 0 ? inner : inner.slice(0, space));
  listener.open?.(name, space < 0 ? '' : inner.slice(space));
  if (empty) listener.close?.(name);
};

/** `write` the text as it comes, `end` when it is over; both throw `file.damaged` for what is not XML. */
export const createXmlReader = (listener: XmlListener): { write(chunk: string): void; end(): void } => {
  let pending = '';
  let at = 0;
  /** Takes the text and the one tag that come next; false when the tag has not come to its end yet. */
  const step = (): boolean => {
    const less = pending.indexOf('<', at);
    if (less < 0) return false;
    if (less > at) listener.text?.(unescapeXml(pending.slice(at, less)));
    at = less;
    if (pending.length - at < 9 && SPECIAL.some(([start]) => start.startsWith(pending.slice(at)))) return false;
    const special = SPECIAL.find(([start]) => pending.startsWith(start, at));
    if (special) {
      const [start, finish] = special;
      const end = pending.indexOf(finish, at + start.length);
      if (end < 0) return false;
      if (start === '<![CDATA[') listener.text?.(pending.slice(at + start.length, end));
      at = end + finish.length;
      return true;
    }
    if (pending[at + 1] === '!') throw damaged();
    const end = tagEnd(pending, at + 1);
    if (end < 0) return false;
    readTag(pending.slice(at + 1, end), listener);
    at = end + 1;
    return true;
  };
  return {
    write: (chunk) => {
      pending = pending.slice(at) + chunk;
      at = 0;
      while (step());
      if (pending.length - at > LONGEST) throw damaged();
    },
    end: () => {
      if (pending.slice(at).trim() !== '') throw damaged();
    },
  };
};
