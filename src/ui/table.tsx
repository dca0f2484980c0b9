import type { ComponentChild } from 'preact';

interface Column<R> {
  readonly label: string;
  readonly cell: (row: R) => ComponentChild;
  /** Numbers stand to the right, so that they can be compared. */
  readonly number?: boolean | undefined;
  /** Rows may come in the order of this column: where to ask for it, and whether they do now. */
  readonly sort?: { readonly href: string; readonly state: 'ascending' | 'descending' | 'none' } | undefined;
}

interface TableProps<R> {
  readonly caption: string;
  /** The caption is read out only, since a heading above says the same. */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  /** Few and narrow columns in long lists: a line a row on narrow screens too, with the columns' names above all. */
  readonly compact?: boolean | undefined;
  /** A row that is set back, since it does not count with the others. */
  readonly quiet?: ((row: R) => boolean) | undefined;
}

// On a narrow screen the names stand in the cells and a list of orders above; what is not seen must not hold the keyboard.
const Head = <R,>({ label, sort }: Column<R>) =>
  sort ? (
    <>
      <a class={`sort ${sort.state} wide-only`} href={sort.href}>
        {label}
      </a>
      <span class="narrow-only">{label}</span>
    </>
  ) : (
    <span>{label}</span>
  );

const ariaSort = (state: 'ascending' | 'descending' | 'none' | undefined) =>
  state === undefined || state === 'none' ? {} : { 'aria-sort': state };

/** Rows and columns; on a narrow screen each row becomes a card in which every value carries its column's name. */
export const Table = <R,>({ caption, captionHidden, columns, rows, compact, quiet }: TableProps<R>) => (
  // Columns that have no room are reached sideways; the page itself never grows wider than the screen.
  <div class="table-box">
    {/* Roles are written out: `display: block` on narrow screens would take them away. */}
    {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
    <table class={compact ? 'table compact' : 'table'} role="table">
      <caption class={captionHidden ? 'hidden' : ''}>{caption}</caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tr role="row">
          {columns.map((column) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <th scope="col" role="columnheader" class={column.number ? 'number' : ''} {...ariaSort(column.sort?.state)}>
              <Head {...column} />
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <tbody role="rowgroup">
        {rows.map((row) => (
          // biome-ignore lint/a11y/noRedundantRoles: see above
          <tr role="row" class={quiet?.(row) ? 'quiet-row' : ''}>
            {columns.map(({ label, number, cell }) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <td role="cell" data-label={label} class={number ? 'number' : ''}>
                <div class="cell">{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
