import { exportRefusals, listRefusals, refuseContact, waysToRefuse } from '../../../modules/registry/index.ts';
import { isId } from '../../../shared/ids.ts';
import {
  Button,
  Card,
  Checkboxes,
  EmptyState,
  Field,
  Form,
  FormTrouble,
  Hint,
  LinkButton,
  PageHead,
  SearchForm,
  Select,
  Stack,
} from '../../../ui/index.ts';
import { List, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page, type View } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { placeFilter, TextFilter } from '../list-filters.tsx';
import { UnknownChoice } from '../unknown-choice.tsx';
import { refusalColumns, refusalOrders } from './columns.tsx';
import { noticeOf, RefusalNotice } from './notice.tsx';
import { mayAllow, mayRefuse, RefusalFields, saidOf } from './refusal-fields.tsx';

const PATH = '/refusals';

const LIST = {
  name: 'refusals',
  path: PATH,
  filters: ['text', 'place', 'way', 'lifted'],
  sorts: refusalOrders,
} as const;

/** What the address asks for, as the read takes it. */
const filtersOf = ({ query }: PageRequest) => {
  const [place, way] = [textOf(query, 'place'), textOf(query, 'way')];
  return {
    text: textOf(query, 'text'),
    placeId: isId(place) ? place : null,
    how: waysToRefuse.find((each) => each === way) ?? null,
    lifted: textOf(query, 'lifted') === 'yes',
  };
};

const search = async (request: PageRequest) => {
  const { say, query } = request;
  return (
    <SearchForm action={PATH} label={say('page.refusals.search')}>
      <TextFilter request={request} label={say('page.refusals.text')} hint={say('page.refusals.text-hint')} />
      {await placeFilter(request, say('page.imports.place'), say('page.households.all-places'))}
      <Select
        name="way"
        label={say('page.refusals.how-column')}
        options={waysToRefuse.map((value) => ({ value, label: say(`refusal-how.${value}`) }))}
        empty={say('page.refusals.all-ways')}
        value={textOf(query, 'way')}
      />
      <Checkboxes
        name="lifted"
        label={say('page.refusals.state')}
        options={[{ value: 'yes', label: say('page.refusals.show-lifted') }]}
        values={[textOf(query, 'lifted')]}
      />
      <Button>{say('page.refusals.search')}</Button>
    </SearchForm>
  );
};

const AddForm = ({ request }: { request: PageRequest }) => {
  const { say, csrf, typed } = request;
  return (
    <Stack id="add">
      <Card title={say('page.refusals.add')}>
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={PATH} csrf={csrf}>
          <Field
            name="phone"
            type="tel"
            inputMode="tel"
            autocomplete="off"
            label={say('page.refusals.phone')}
            hint={say('page.refusals.phone-hint')}
            value={textOf(typed.values, 'phone')}
            error={faultAt(request, 'phone')}
          />
          <RefusalFields request={request} />
          <Button>{say('page.refusals.save')}</Button>
        </Form>
      </Card>
    </Stack>
  );
};

const Nothing = ({ request }: { request: PageRequest }) => {
  const { say } = request;
  const { text, placeId, how } = filtersOf(request);
  return text || placeId || how ? (
    <EmptyState title={say('page.refusals.none-match')}>
      <p>{say('page.refusals.none-match-next')}</p>
      <LinkButton href={PATH}>{say('page.refusals.all')}</LinkButton>
    </EmptyState>
  ) : (
    <EmptyState title={say('page.refusals.none')}>
      <p>{say('page.refusals.none-next')}</p>
    </EmptyState>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, language, query, execute } = request;
  const found = await execute(listRefusals, { ...filtersOf(request), ...listAsked(LIST, query) });
  return {
    title: say('page.refusals.title'),
    body: (
      <>
        <PageHead
          title={say('page.refusals.title')}
          lead={say('page.refusals.lead')}
          back={{ href: '/households', label: say('page.households.back') }}
          actions={
            mayRefuse(request) && (
              <LinkButton look="primary" href="#add">
                {say('page.refusals.add')}
              </LinkButton>
            )
          }
        />
        <RefusalNotice say={say} query={query} />
        <UnknownChoice request={request} name="way" known={waysToRefuse} />
        {await search(request)}
        <List
          request={request}
          kind={LIST}
          columns={refusalColumns(request)}
          found={found}
          caption={say('page.refusals.title')}
          count={say('page.refusals.found', { total: showNumber(found.total, language) })}
          empty={<Nothing request={request} />}
          // Who lets numbers be contacted again takes them along, too: officers and leaders.
          files={mayAllow(request)}
        />
        {found.rows.length > 0 && <Hint>{say('page.refusals.looked')}</Hint>}
        {mayRefuse(request) && <AddForm request={request} />}
      </>
    ),
  };
};

export const refusalListPages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: PATH,
    signedIn: true,
    again: view,
    handle: async ({ form, execute }) => {
      const done = await execute(refuseContact, { phone: textOf(form, 'phone'), ...saidOf(form) });
      return { redirect: `${PATH}?${noticeOf(done)}` };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'so-da-tu-choi',
    title: ({ say }) => say('page.refusals.title'),
    find: async (request, { sort, descending }) => ({
      ...(await request.execute(exportRefusals, { ...filtersOf(request), sort, descending })),
      columns: refusalColumns(request),
    }),
  }),
];
