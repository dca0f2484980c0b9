import { listedStates, listMessages, topics } from '../../../modules/content/index.ts';
import { Actions, Button, EmptyState, Field, LinkButton, SearchForm, Select, Table } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showMoment } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { mayWrite } from './may-write.ts';

const SIZE = 50;

/** Messages that one may look at, those changed last first. */
export const messageListPage = page({
  method: 'GET',
  path: '/messages',
  signedIn: true,
  handle: async (request) => {
    const { say, query, execute } = request;
    const at = pageOf(query);
    const topic = topics.find((known) => known === textOf(query, 'topic'));
    const state = listedStates.find((known) => known === textOf(query, 'state'));
    const text = textOf(query, 'text').slice(0, 200);
    const found = await execute(listMessages, { text, topic, state, limit: SIZE + 1, offset: at * SIZE });
    const rows = found.slice(0, SIZE);
    return {
      title: say('nav.messages'),
      body: (
        <>
          <h1>{say('nav.messages')}</h1>
          <p class="lead">{say('page.messages.lead')}</p>
          {mayWrite(request) && (
            <Actions>
              <LinkButton look="primary" href="/messages/new">
                {say('page.messages.new')}
              </LinkButton>
            </Actions>
          )}
          <UnknownChoice request={request} name="topic" known={topics} />
          <UnknownChoice request={request} name="state" known={listedStates} />
          <SearchForm action="/messages" label={say('page.messages.search')}>
            <Field
              name="text"
              type="search"
              label={say('page.messages.text')}
              hint={say('page.messages.text-hint')}
              value={text}
            />
            <Select
              name="topic"
              label={say('page.messages.topic')}
              options={topics.map((value) => ({ value, label: say(`topic.${value}`) }))}
              empty={say('page.messages.any-topic')}
              value={topic ?? ''}
            />
            <Select
              name="state"
              label={say('page.messages.state')}
              options={listedStates.map((value) => ({ value, label: say(`content.state.${value}`) }))}
              empty={say('page.messages.any-state')}
              value={state ?? ''}
            />
            <Button>{say('page.messages.find')}</Button>
          </SearchForm>
          {rows.length === 0 ? (
            <EmptyState title={say('page.messages.none')} />
          ) : (
            <Table
              caption={say('nav.messages')}
              captionHidden
              rows={rows}
              columns={[
                {
                  label: say('page.messages.title'),
                  cell: (row) => <a href={`/messages/${row.messageId}`}>{row.title}</a>,
                },
                { label: say('page.messages.topic'), cell: (row) => say(`topic.${row.topic}`) },
                { label: say('page.messages.place'), cell: (row) => capital(row.place) },
                {
                  label: say('page.messages.state'),
                  cell: (row) => (
                    <>
                      {say('page.messages.edition-in', {
                        edition: row.latestEdition,
                        state: say(`content.state.${row.latestState}`),
                      })}
                      {row.approvedEdition !== null && row.approvedEdition !== row.latestEdition && (
                        <span class="hint"> · {say('page.messages.in-use', { edition: row.approvedEdition })}</span>
                      )}
                      {row.openForms > 0 && (
                        <span class="hint"> · {say('page.messages.open-forms', { count: row.openForms })}</span>
                      )}
                    </>
                  ),
                },
                { label: say('page.messages.changed'), cell: (row) => showMoment(row.changedAt) },
              ]}
            />
          )}
          {pagerOf({ request, at, more: found.length > SIZE })}
        </>
      ),
    };
  },
});
