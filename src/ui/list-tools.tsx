import type { ComponentChildren } from 'preact';
import type { Say } from '../shared/words/index.ts';
import { Button } from './button.tsx';
import { Form } from './forms/form.tsx';

interface ColumnChoice {
  readonly name: string;
  readonly label: string;
  readonly shown: boolean;
  /** Cannot be left out: without it no row says what it is. */
  readonly always: boolean;
}

interface SortChoice {
  readonly label: string;
  readonly href: string;
  readonly state: 'ascending' | 'descending' | 'none';
}

interface ListToolsProps {
  readonly say: Say;
  /** How many there are in all, in a sentence. */
  readonly count: string;
  readonly csrf: string;
  /** Name of the list, under which its columns are remembered. */
  readonly list: string;
  /** Path and query of this page: choosing columns comes back to it. */
  readonly here: string;
  readonly columns: readonly ColumnChoice[];
  readonly sorts: readonly SortChoice[];
  readonly files: readonly { readonly label: string; readonly href: string }[];
}

const arrowOf = { ascending: ' ↑', descending: ' ↓', none: '' } as const;

const Columns = ({ say, csrf, list, here, columns }: ListToolsProps) => (
  <details class="tool">
    <summary>{say('ui.list.columns')}</summary>
    <div class="tool-box">
      <Form action="/columns" csrf={csrf}>
        <input type="hidden" name="list" value={list} />
        <input type="hidden" name="next" value={here} />
        {columns
          .filter(({ always }) => always)
          .map(({ name }) => (
            <input type="hidden" name="column" value={name} />
          ))}
        <fieldset class="field">
          <legend>{say('ui.list.columns-legend')}</legend>
          {columns
            .filter(({ always }) => !always)
            .map(({ name, label, shown }) => (
              <div class="choice">
                <input id={`column-${list}-${name}`} type="checkbox" name="column" value={name} checked={shown} />
                <label for={`column-${list}-${name}`}>{label}</label>
              </div>
            ))}
        </fieldset>
        <Button look="secondary">{say('ui.list.columns-save')}</Button>
      </Form>
    </div>
  </details>
);

const Sorts = ({ say, sorts }: ListToolsProps) => (
  <details class="tool narrow-only">
    <summary>{say('ui.list.sort')}</summary>
    <div class="tool-box">
      <ul class="plain">
        {sorts.map(({ label, href, state }) => (
          <li>
            <a href={href} {...(state === 'none' ? {} : { 'aria-current': 'true' as const })}>
              {label}
              {arrowOf[state]}
            </a>
          </li>
        ))}
      </ul>
    </div>
  </details>
);

/** Above a list: how many there are, which columns, in which order, and the list as a file. */
export const ListTools = (props: ListToolsProps) => {
  const { columns, sorts, files } = props;
  return (
    <div class="list-tools">
      <p class="list-count">{props.count}</p>
      <div class="list-actions">
        {sorts.length > 0 && <Sorts {...props} />}
        {columns.some(({ always }) => !always) && <Columns {...props} />}
        {files.map(({ label, href }) => (
          <a class="tool-link" href={href} download>
            {label}
          </a>
        ))}
      </div>
    </div>
  );
};

/** The part of a page that changes when another part of the list is asked for. */
export const ListRegion = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="list" data-list={name}>
    {children}
  </div>
);
