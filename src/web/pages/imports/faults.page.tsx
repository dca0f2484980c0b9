import { getImport, listFaults, severities } from '../../../modules/registry/index.ts';
import { Button, EmptyState, LinkButton, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { List, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import type { Import } from './about-import.tsx';
import { faultColumns, faultOrders } from './fault-columns.tsx';

const LIST = {
  name: 'import-faults',
  path: '/imports/:importId/faults',
  filters: ['code', 'severity'],
  sorts: faultOrders,
  size: 100,
} as const;

/** What the address asks for, as the read takes it. A kind that the list has none of is no fault of the list's. */
const filtersOf = ({ query, params }: PageRequest) => ({
  importId: params.importId!,
  code: textOf(query, 'code') || null,
  severity: severities.find((each) => each === textOf(query, 'severity')) ?? null,
});

const Search = ({ request, list }: { request: PageRequest; list: Import }) => {
  const { say, query, language } = request;
  const kinds = list.faults.map(({ code, count }) => ({
    value: code,
    label: say('page.imports.kind-count', {
      kind: say(`fault-group.${code}`),
      count: showNumber(count, language),
    }),
  }));
  return (
    <SearchForm action={`/imports/${list.importId}/faults`} label={say('page.imports.faults-search')}>
      <Select
        name="code"
        label={say('page.imports.kind')}
        options={kinds}
        empty={say('page.imports.every-kind')}
        value={textOf(query, 'code')}
      />
      <Select
        name="severity"
        label={say('page.imports.severity')}
        options={severities.map((value) => ({ value, label: say(`page.imports.severity-name.${value}`) }))}
        empty={say('page.imports.every-severity')}
        value={textOf(query, 'severity')}
      />
      <Button>{say('page.imports.faults-search')}</Button>
    </SearchForm>
  );
};

const Nothing = ({ request, list }: { request: PageRequest; list: Import }) => {
  const { say } = request;
  return list.faults.length === 0 ? (
    <EmptyState title={say('page.imports.no-faults')}>
      <p>{say('page.imports.no-faults-next')}</p>
      <LinkButton href={`/imports/${list.importId}`}>{say('page.imports.back')}</LinkButton>
    </EmptyState>
  ) : (
    <EmptyState title={say('page.imports.no-fault-fits')}>
      <LinkButton href={`/imports/${list.importId}/faults`}>{say('page.imports.all-faults')}</LinkButton>
    </EmptyState>
  );
};

export const faultPages = [
  page({
    method: 'GET',
    path: LIST.path,
    signedIn: true,
    handle: async (request) => {
      const { say, query, language, execute } = request;
      const { importId, code, severity } = filtersOf(request);
      const list = await execute(getImport, { importId });
      const found = await execute(listFaults, { importId, code, severity, ...listAsked(LIST, query) });
      const known = list.faults.find((each) => each.code === code);
      return {
        title: say('page.imports.faults'),
        body: (
          <>
            <PageHead
              title={known ? say(`fault-group.${known.code}`) : say('page.imports.faults')}
              lead={say('page.imports.faults-of', { file: list.fileName })}
              back={{ href: `/imports/${importId}`, label: say('page.imports.back') }}
            />
            <UnknownChoice request={request} name="severity" known={severities} />
            <Search request={request} list={list} />
            <List
              request={request}
              kind={LIST}
              columns={faultColumns(say)}
              found={found}
              caption={say('page.imports.faults')}
              count={say('page.imports.faults-found', { total: showNumber(found.total, language) })}
              empty={<Nothing request={request} list={list} />}
              files
            />
          </>
        ),
      };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'loi-va-luu-y',
    title: ({ say }) => say('page.imports.faults'),
    find: async (request, asked) => ({
      ...(await request.execute(listFaults, { ...filtersOf(request), ...asked })),
      // Without the cell nobody finds what to correct: it is in the file whatever is shown on the page.
      columns: faultColumns(request.say).map((column) =>
        column.name === 'cell' ? { ...column, extra: false, always: true } : column,
      ),
    }),
  }),
];
