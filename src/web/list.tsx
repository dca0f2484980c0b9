import { PassThrough } from 'node:stream';
import type { ComponentChild } from 'preact';
import { MOST_IN_FILE } from '../platform/list.ts';
import { csvOf, type FileCell, type TableFile, writeXlsx } from '../platform/table-file.ts';
import { showDay } from '../shared/dates.ts';
import { EmptyState, LinkButton, ListRegion, ListTools, Pager, Table } from '../ui/index.ts';
import { type Form, type Page, type PageRequest, page } from './page.ts';
import { showNumber } from './show.ts';
import { textOf, textsOf } from './typed.ts';

/*
 * One way for every list: what is looked for, in which order and which page stand in the address, so that a list can be sent
 * on and found again; how many there are is said; columns are chosen and remembered; what is shown can be taken along as a file.
 */

/** A list of the product, by its address. */
export interface ListKind<S extends string> {
  /** Its name in what is remembered, e.g. `households`. */
  readonly name: string;
  /** In the way of fastify; its files stand at `.csv` and `.xlsx` behind it. */
  readonly path: string;
  /** Parameters of the address that narrow it down; they stay when the order or the page changes. Others are let go. */
  readonly filters: readonly string[];
  /** The orders its read knows. */
  readonly sorts: readonly S[];
  /** Rows a page; 50 when not said. */
  readonly size?: number;
}

export interface ListColumn<R, S extends string = never> {
  /** In the address and in what is remembered. */
  readonly name: string;
  readonly label: string;
  readonly cell: (row: R) => ComponentChild;
  /** What stands in a file; undefined where it means nothing there. */
  readonly text?: (row: R) => FileCell;
  readonly number?: boolean;
  /** The read's order for this column. */
  readonly sort?: S;
  /** The first press asks for the largest or latest. */
  readonly largestFirst?: boolean;
  /** What a row is; cannot be left out. */
  readonly always?: boolean;
  /** Shown to who chooses it only. */
  readonly extra?: boolean;
}

/** What a read is asked for a page of the list. */
export interface ListAsked<S extends string> {
  readonly sort: S | null;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
}

interface Found<R> {
  readonly rows: readonly R[];
  readonly total: number;
}

const SIZE = 50;
const MOST_PAGES = 100_000;

/** The page asked for, from 0; what is no page is the first. */
const pageIn = (query: Form): number => {
  const asked = Number(textOf(query, 'page') || '1');
  return Number.isInteger(asked) && asked > 0 && asked < MOST_PAGES ? asked - 1 : 0;
};

/** What the address asks for, as the read takes it: `sort=village`, `sort=-village` the other way round, `page=2`. */
export const listAsked = <S extends string>({ sorts, size = SIZE }: ListKind<S>, query: Form): ListAsked<S> => {
  const asked = textOf(query, 'sort');
  const descending = asked.startsWith('-');
  const sort = sorts.find((known) => known === (descending ? asked.slice(1) : asked)) ?? null;
  return { sort, descending: sort !== null && descending, limit: size, offset: pageIn(query) * size };
};

/** The address of the list with other parameters; `page` and whatever is no filter is let go unless given. */
const addressIn = (
  { filters }: ListKind<string>,
  path: string,
  query: Form,
  more: Readonly<Record<string, string>>,
): string => {
  const params = new URLSearchParams();
  for (const name of filters) for (const value of textsOf(query, name)) if (value !== '') params.append(name, value);
  for (const [name, value] of Object.entries(more)) if (value !== '') params.set(name, value);
  const text = String(params);
  return text === '' ? path : `${path}?${text}`;
};

const shownOf = <R, S extends string>(
  { choices }: Pick<PageRequest, 'choices'>,
  kind: ListKind<S>,
  columns: readonly ListColumn<R, S>[],
): ListColumn<R, S>[] => {
  const chosen = choices.columns[kind.name];
  return columns.filter(({ name, always, extra }) => always || (chosen ? chosen.includes(name) : !extra));
};

interface ListProps<R, S extends string> {
  readonly request: PageRequest;
  readonly kind: ListKind<S>;
  readonly columns: readonly ListColumn<R, S>[];
  readonly found: Found<R>;
  readonly caption: string;
  /** How many there are, in a sentence, e.g. "1.473 hộ". */
  readonly count: string;
  /** What stands there instead when nothing is found: what is missing, and what to do. */
  readonly empty: ComponentChild;
  /** The list can be taken along as a file by who looks at it. */
  readonly files?: boolean;
  readonly compact?: boolean;
  readonly quiet?: (row: R) => boolean;
  /** What the rows stand in: a form over those that are marked. Tools and pager stay outside, for they are forms themselves. */
  readonly around?: (rows: ComponentChild) => ComponentChild;
  /** Stands below the rows and changes with them: what can be done with those that are ticked, or with all of the list. */
  readonly children?: ComponentChild;
  /** Where the list stands and what was asked, when the request is another (a form that was refused). */
  readonly at?: { readonly path: string; readonly query: Form };
}

/** A list with its tools and pager. */
export const List = <R, S extends string>(props: ListProps<R, S>) => {
  const { request, kind, columns, found, files, at } = props;
  const { say, csrf, language } = request;
  const query = at?.query ?? request.query;
  const path = at?.path ?? request.url.split('?')[0]!;
  const { sort, descending, limit, offset } = listAsked(kind, query);
  const link = (more: Readonly<Record<string, string>>) => addressIn(kind, path, query, more);
  const order = sort ? (descending ? `-${sort}` : sort) : '';
  const sortOf = (column: ListColumn<R, S>) => {
    if (!column.sort) return undefined;
    const state = column.sort !== sort ? 'none' : descending ? 'descending' : 'ascending';
    const next = state === 'none' ? column.largestFirst === true : state === 'ascending';
    return { state, href: link({ sort: `${next ? '-' : ''}${column.sort}` }) } as const;
  };
  const shown = shownOf(request, kind, columns).map((column) => ({ ...column, sort: sortOf(column) }));
  const [number, pages] = [offset / limit, Math.max(1, Math.ceil(found.total / limit))];
  const pageLink = (to: number) => link({ sort: order, page: to === 0 ? '' : String(to + 1) });
  const beyond = found.rows.length === 0 && number > 0;
  const around = props.around ?? ((rows: ComponentChild) => rows);
  return (
    <ListRegion name={kind.name}>
      {(found.total > 0 || beyond) && (
        <ListTools
          say={say}
          csrf={csrf}
          count={props.count}
          list={kind.name}
          here={link({ sort: order, page: number === 0 ? '' : String(number + 1) })}
          columns={columns.map(({ name, label, always }) => ({
            ...{ name, label, always: always === true },
            shown: shown.some((each) => each.name === name),
          }))}
          sorts={shown.flatMap(({ label, sort: by }) => (by ? { label, ...by } : []))}
          files={
            files
              ? ['csv', 'xlsx'].map((ending) => ({
                  label: say(`ui.list.${ending}`),
                  href: addressIn(kind, `${path}.${ending}`, query, { sort: order }),
                }))
              : []
          }
        />
      )}
      {beyond ? (
        <EmptyState title={say('page.beyond')}>
          <LinkButton href={pageLink(0)}>{say('page.first')}</LinkButton>
        </EmptyState>
      ) : found.rows.length === 0 ? (
        props.empty
      ) : (
        around(
          <Table
            caption={props.caption}
            captionHidden
            rows={found.rows}
            columns={shown}
            compact={props.compact}
            quiet={props.quiet}
          />,
        )
      )}
      {pages > 1 && !beyond && (
        <Pager
          label={say('ui.list.page', {
            page: showNumber(number + 1, language),
            pages: showNumber(pages, language),
          })}
          previous={number > 0 ? { href: pageLink(number - 1), label: say('ui.pager.previous') } : undefined}
          next={number + 1 < pages ? { href: pageLink(number + 1), label: say('ui.pager.next') } : undefined}
        />
      )}
      {found.rows.length > 0 && props.children}
    </ListRegion>
  );
};

interface ListFile<R, S extends string> {
  /** Without its ending, e.g. `danh-sach-ho`; the day is put behind it. */
  readonly fileName: string;
  /** Name of the sheet and first line of it. */
  readonly title: (request: PageRequest) => string;
  /** All rows that the address asks for, by a read that may be taken along; at most `MOST_IN_FILE`. */
  readonly find: (
    request: PageRequest,
    asked: ListAsked<S>,
  ) => Promise<
    Found<R> & {
      readonly columns: readonly ListColumn<R, S>[];
      /** There are more than `total`: they were counted no further. */
      readonly more?: boolean;
    }
  >;
}

const fileOf = async <R, S extends string>(request: PageRequest, kind: ListKind<S>, file: ListFile<R, S>) => {
  const { say, query, language, frame, today } = request;
  const { rows, total, columns, more } = await file.find(request, {
    ...listAsked(kind, query),
    ...{ limit: MOST_IN_FILE, offset: 0 },
  });
  const { synthetic } = await frame();
  const shown = shownOf(request, kind, columns).flatMap(({ label, text }) => (text ? { label, text } : []));
  const title = file.title(request);
  const count = showNumber(rows.length, language);
  const whole = more ? say('ui.list.more-than', { total: showNumber(total, language) }) : showNumber(total, language);
  const cut = total > rows.length ? [say('ui.list.file-cut', { total: whole, count })] : [];
  const about = [
    say('ui.list.file-title', { title, day: showDay(today), count }),
    ...cut,
    ...(synthetic ? [say('ui.shell.synthetic')] : []),
  ];
  const note = synthetic ? [say('ui.shell.synthetic-short')] : [];
  const table: TableFile = {
    ...{ name: title, about },
    head: [...shown.map(({ label }) => label), ...(synthetic ? [say('list.field.notes')] : [])],
    rows: rows.map((row) => [...shown.map(({ text }) => text(row)), ...note]),
    widths: shown.map((_, at) => (at === 0 ? 30 : 20)),
  };
  return { table, cut, name: `${file.fileName}-${today}` };
};

/** The list as CSV and as XLSX: exactly the rows, the order and the columns that are shown, all pages of them. */
export const listFilePages = <R, S extends string>(kind: ListKind<S>, file: ListFile<R, S>): Page[] => [
  page({
    method: 'GET',
    path: `${kind.path}.csv`,
    signedIn: true,
    handle: async (request) => {
      const { table, cut, name } = await fileOf(request, kind, file);
      const percent = (share: number) => request.say('coverage.percent', { value: Math.round(share * 1_000) / 10 });
      // Sentences above the columns would be in the way of programs that read it; that something is missing must be said.
      return {
        download: csvOf({ ...table, about: [], rows: [...table.rows, ...cut.map((line) => [line])] }, percent),
        fileName: `${name}.csv`,
        type: 'text/csv; charset=utf-8',
      };
    },
  }),
  page({
    method: 'GET',
    path: `${kind.path}.xlsx`,
    signedIn: true,
    handle: async (request) => {
      const { table, name } = await fileOf(request, kind, file);
      const stream = new PassThrough();
      // Written while it is sent; what goes wrong ends the download.
      writeXlsx(table, stream).catch((error: Error) => stream.destroy(error));
      return {
        download: stream,
        fileName: `${name}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      };
    },
  }),
];
