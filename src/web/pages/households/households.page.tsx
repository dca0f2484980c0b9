import { findHouseholds, listedClasses } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { isId } from '../../../shared/ids.ts';
import { Button, EmptyState, Field, SearchForm, Select, Table } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { isOfficer } from './language-form.tsx';

const SIZE = 50;

export const householdListPage = page({
  method: 'GET',
  path: '/households',
  signedIn: true,
  handle: async (request) => {
    const { say, language, query, execute } = request;
    const [text, place, wanted] = [textOf(query, 'text'), textOf(query, 'place'), textOf(query, 'class')];
    const at = pageOf(query);
    const { rows, total } = await execute(findHouseholds, {
      text,
      placeId: isId(place) ? place : null,
      classes: listedClasses.filter((each) => each === wanted),
      limit: SIZE,
      offset: at * SIZE,
    });
    const places = await ownPlaces(request);
    return {
      title: say('nav.households'),
      body: (
        <>
          <h1>{say('nav.households')}</h1>
          <SearchForm action="/households" label={say('page.households.search')}>
            <Field
              name="text"
              type="search"
              label={say('page.households.text')}
              hint={say('page.households.text-hint')}
              value={text}
            />
            <Select
              name="place"
              label={say('page.imports.place')}
              options={places}
              empty={say('page.households.all-places')}
              value={place}
            />
            <Select
              name="class"
              label={say('page.households.class')}
              options={listedClasses.map((value) => ({ value, label: say(`class.${value}`) }))}
              empty={say('page.households.all-classes')}
              value={wanted}
            />
            <Button>{say('page.households.search')}</Button>
          </SearchForm>
          {isOfficer(request) && (
            <p>
              <a href="/households/languages">{say('page.languages.of-village')}</a>
            </p>
          )}
          <p>
            <a href="/refusals">{say('page.refusals.link')}</a>
          </p>
          <p class="lead">{say('page.households.found', { total: showNumber(total, language) })}</p>
          {rows.length === 0 ? (
            <EmptyState title={say(total > 0 ? 'page.beyond' : 'page.households.none')} />
          ) : (
            <Table
              caption={say('nav.households')}
              captionHidden
              rows={rows}
              columns={[
                {
                  label: say('page.households.head'),
                  cell: (row) => <a href={`/households/${row.subjectId}`}>{row.headName ?? row.code}</a>,
                },
                { label: say('page.households.code'), cell: (row) => row.code },
                {
                  label: say('page.households.village'),
                  cell: (row) =>
                    row.endedOn
                      ? say('page.households.ended', { day: showDay(row.endedOn) })
                      : capital(row.village) || say('page.households.moved-away'),
                },
                {
                  label: say('page.households.class'),
                  cell: (row) =>
                    row.class && row.classFrom
                      ? say('page.households.class-since', {
                          class: say(`class.${row.class}`),
                          day: showDay(row.classFrom),
                        })
                      : '—',
                },
                {
                  label: say('page.households.members'),
                  number: true,
                  cell: (row) => (row.endedOn ? '—' : (row.size ?? row.members)),
                },
                {
                  label: say('page.households.phones'),
                  number: true,
                  cell: (row) => (row.endedOn ? '—' : row.mobiles),
                },
              ]}
            />
          )}
          {pagerOf({ request, at, more: total > (at + 1) * SIZE })}
        </>
      ),
    };
  },
});
