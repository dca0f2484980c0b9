import type { Token, Tokens } from 'marked';
import { type ComponentChild, Fragment } from 'preact';
import type { Say } from '../shared/words/index.ts';

/*
 * A document of ours, drawn from its tokens: every text is escaped like anywhere else, and of the HTML that may stand in a
 * document only anchors (`<a id="…"></a>`, understood where the document is read in the repository too) come through.
 */

const ANCHOR = /^<a id="([a-z][a-z0-9-]*)">$/u;

/** The anchor at the beginning of a heading or a paragraph, if there is one. */
const anchorOf = (tokens: readonly Token[] | undefined): string | undefined => ANCHOR.exec(tokens?.[0]?.raw ?? '')?.[1];

/** Links within the document or the product; others stand as their words, since nobody here knows where they lead. */
const drawLink = ({ href, tokens }: Tokens.Link): ComponentChild =>
  /^[#/](?!\/)/u.test(href) ? <a href={href}>{drawAll(tokens)}</a> : drawAll(tokens);

const drawHtml = ({ raw }: Token): ComponentChild => {
  const id = ANCHOR.exec(raw)?.[1];
  if (id) return <span id={id} />;
  return raw === '</a>' ? null : raw;
};

const drawInline = (token: Token): ComponentChild => {
  switch (token.type) {
    case 'strong':
      return <strong>{drawAll(token.tokens)}</strong>;
    case 'em':
      return <em>{drawAll(token.tokens)}</em>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'link':
      return drawLink(token as Tokens.Link);
    case 'br':
      return <br />;
    case 'html':
      return drawHtml(token);
    case 'text':
    case 'escape':
      return token.type === 'text' && token.tokens ? drawAll(token.tokens) : token.text;
    default:
      return token.raw;
  }
};

const drawAll = (tokens: readonly Token[] | undefined): ComponentChild => tokens?.map(drawInline);

const List = ({ ordered, items }: Tokens.List) => {
  const drawn = items.map(({ tokens }) => <li>{tokens.map(drawBlock)}</li>);
  return ordered ? <ol>{drawn}</ol> : <ul>{drawn}</ul>;
};

/** Wider than a phone, a table is pushed along in its own box; the keyboard comes to the box and pushes it too. */
const TableBox = ({ name, table }: { name: string; table: Tokens.Table }) => (
  // biome-ignore lint/a11y/useSemanticElements: no group of fields
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
  <div class="prose-table" role="group" aria-label={name} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {table.header.map((cell) => (
            <th scope="col">{drawAll(cell.tokens)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr>
            {row.map((cell) => (
              <td>{drawAll(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Heading = ({ depth, tokens }: Tokens.Heading) =>
  depth <= 2 ? <h2>{drawAll(tokens)}</h2> : <h3>{drawAll(tokens)}</h3>;

const drawBlock = (token: Token): ComponentChild => {
  switch (token.type) {
    case 'heading':
      return <Heading {...(token as Tokens.Heading)} />;
    case 'paragraph':
      return <p>{drawAll(token.tokens)}</p>;
    case 'list':
      return <List {...(token as Tokens.List)} />;
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'space':
      return null;
    default:
      return drawInline(token);
  }
};

const plainOf = (token: Token): string => {
  if (token.type === 'html') return '';
  if ('tokens' in token && token.tokens) return plain(token.tokens);
  return 'text' in token ? token.text : '';
};

/** The words alone. */
export const plain = (tokens: readonly Token[] | undefined): string => (tokens ?? []).map(plainOf).join('');

/** The headings with an anchor, as links to where they stand. */
const Contents = ({ say, headings }: { say: Say; headings: readonly Tokens.Heading[] }) => (
  <nav class="prose-contents" aria-label={say('help.contents')}>
    <ul>
      {headings.map(({ tokens }) => (
        <li>
          <a href={`#${anchorOf(tokens)}`}>{plain(tokens)}</a>
        </li>
      ))}
    </ul>
  </nav>
);

const isSection = (token: Token): token is Tokens.Heading =>
  token.type === 'heading' && token.depth === 2 && anchorOf(token.tokens) !== undefined;

/** A document to be read from top to bottom, its contents above its first section. Its name stands in the head of the page. */
export const Prose = ({ say, tokens }: { say: Say; tokens: readonly Token[] }) => {
  const headings = tokens.filter(isSection);
  const tables = tokens.filter(({ type }) => type === 'table');
  const top = tokens.findIndex(isSection);
  const drawn = tokens.map((token) =>
    token.type === 'table' ? (
      <TableBox name={say('help.table', { number: tables.indexOf(token) + 1 })} table={token as Tokens.Table} />
    ) : (
      <Fragment>{drawBlock(token)}</Fragment>
    ),
  );
  const split = top < 0 ? tokens.length : top;
  return (
    <article class="prose">
      {drawn.slice(0, split)}
      {headings.length > 1 && <Contents say={say} headings={headings} />}
      {drawn.slice(split)}
    </article>
  );
};
