import type { ComponentChild } from 'preact';

interface Column<R> {
  readonly label: string;
  readonly cell: (row: R) => ComponentChild;
  /** Numbers stand to the right, so that they can be compared. */
  readonly number?: boolean;
}

interface TableProps<R> {
  readonly caption: string;
  /** The caption is read out only, since a heading above says the same. */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  /** Few and narrow columns in long lists: a line a row on narrow screens too, with the columns' names above all. */
  readonly compact?: boolean;
}

/** Rows and columns; on a narrow screen each row becomes a card in which every value carries its column's name. */
export const Table = <R,>({ caption, captionHidden, columns, rows, compact }: TableProps<R>) => (
  // Roles are written out: `display: block` on narrow screens would take them away.
  // biome-ignore lint/a11y/noRedundantRoles: see above
  <table class={compact ? 'table compact' : 'table'} role="table">
    <caption class={captionHidden ? 'hidden' : ''}>{caption}</caption>
    {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
    <thead role="rowgroup">
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <tr role="row">
        {columns.map(({ label, number }) => (
          // biome-ignore lint/a11y/noRedundantRoles: see above
          <th scope="col" role="columnheader" class={number ? 'number' : ''}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
    {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
    <tbody role="rowgroup">
      {rows.map((row) => (
        // biome-ignore lint/a11y/noRedundantRoles: see above
        <tr role="row">
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
);
