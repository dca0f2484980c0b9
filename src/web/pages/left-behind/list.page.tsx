import { exportLeftBehind, listLeftBehind, reasons } from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { sayOf } from '../../../shared/words/units.ts';
import {
  Button,
  EmptyState,
  Field,
  FormTrouble,
  Hint,
  LinkButton,
  type Option,
  PageHead,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { List, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page, type View } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { troubleOf } from '../../typed.ts';
import { agentOptions } from '../agent-options.ts';
import { ownPlaces } from '../own-places.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { type AskedPage, askedOf, filtersOf, LIST, shownFields, whatOptions } from './asked.ts';
import { assignPages } from './assign.page.ts';
import { AssignForm, mayAssign } from './assign-form.tsx';
import { columnsOf } from './columns.tsx';
import { Reasons, Villages } from './parts.tsx';
import { Done } from './summary.tsx';

type Found = Awaited<ReturnType<(typeof listLeftBehind)['run']>>;

/** The place asked for stands among the choices, also when it is a village that was clicked on. */
const withPlace = (places: readonly Option[], asked: AskedPage, found: Found | undefined): Option[] => {
  const village = found?.places.find(({ placeId }) => placeId === asked.placeId);
  const known = places.some(({ value }) => value === asked.placeId);
  return asked.placeId && !known
    ? [{ value: asked.placeId, label: village?.place ?? found?.rows[0]?.place ?? asked.placeId }, ...places]
    : [...places];
};

/** In the words of whom the list is about; before anything is chosen, of either. */
const sayFound = ({ say }: PageRequest, found: Found | undefined) => sayOf(say, found?.unit ?? 'both');

const filters = async (request: PageRequest, asked: AskedPage, found: Found | undefined) => {
  const say = sayFound(request, found);
  return (
    <SearchForm action="/left-behind" label={say('page.left-behind.show')}>
      <Select
        name="what"
        label={say('page.left-behind.what')}
        options={await whatOptions(request)}
        empty={say('ui.choose')}
        value={asked.what}
      />
      <Select
        name="place"
        label={say('page.left-behind.place')}
        options={withPlace(await ownPlaces(request), asked, found)}
        empty={say('page.left-behind.all-places')}
        value={asked.placeId ?? ''}
      />
      <Select
        name="reason"
        label={say('page.left-behind.why')}
        options={reasons.map((value) => ({ value, label: say(`reason.${value}`) }))}
        empty={say('page.left-behind.all-reasons')}
        value={asked.reason ?? ''}
      />
      <Select
        name="owner"
        label={say('page.left-behind.follow-up')}
        options={[{ value: 'none', label: say('page.left-behind.nobody-yet') }]}
        empty={say('page.left-behind.all-owners')}
        value={asked.owner ?? ''}
      />
      <Field name="text" type="search" label={say('page.left-behind.text')} value={asked.text} />
      <Button>{say('page.left-behind.show')}</Button>
    </SearchForm>
  );
};

const listed = async (request: PageRequest, asked: AskedPage, found: Found) => {
  const { language } = request;
  const say = sayFound(request, found);
  const tick = mayAssign(request);
  const total = showNumber(found.total, language);
  return (
    <List
      request={request}
      kind={LIST}
      columns={columnsOf(request, { ...found, several: found.lines.length > 1, tick })}
      found={found}
      caption={say('page.left-behind.households')}
      count={say('page.left-behind.found', { total, day: showDay(found.on) })}
      empty={
        <EmptyState title={say('page.left-behind.nobody-such')}>
          <p>{say('page.left-behind.nobody-such-next')}</p>
        </EmptyState>
      }
      files={tick}
      at={{ path: LIST.path, query: asked.values }}
    >
      {tick && (
        <AssignForm
          request={request}
          asked={asked}
          unit={found.unit}
          owners={await agentOptions(request, asked.placeId)}
          today={found.on}
          total={found.total}
        />
      )}
    </List>
  );
};

const results = async (request: PageRequest, asked: AskedPage, found: Found) => {
  const say = sayFound(request, found);
  const { unit, total, places, reasons: counts } = found;
  const summary = { request, asked, unit, total, places, reasons: counts, several: found.lines.length > 1 };
  if (places.length === 0)
    return (
      <EmptyState title={say('page.left-behind.nobody')}>
        <p>{say('page.left-behind.nobody-next')}</p>
        <LinkButton href="/coverage">{say('nav.coverage')}</LinkButton>
      </EmptyState>
    );
  return (
    <>
      <Reasons {...summary} />
      <Villages {...summary} />
      <h2 id="field-subjectIds" tabIndex={-1}>
        {say('page.left-behind.households')}
      </h2>
      {await listed(request, asked, found)}
      <Hint>{say('page.left-behind.how')}</Hint>
    </>
  );
};

const Choose = ({ say }: { say: PageRequest['say'] }) => (
  <EmptyState title={say('page.left-behind.choose')}>
    <p>{say('page.left-behind.choose-next')}</p>
  </EmptyState>
);

const view = async (request: PageRequest): Promise<View> => {
  const { execute } = request;
  const asked = askedOf(request);
  const chosen = asked.lineId !== null || asked.planCode !== null;
  const found = chosen
    ? await execute(listLeftBehind, { ...filtersOf(asked), ...listAsked(LIST, asked.values) })
    : undefined;
  const say = sayFound(request, found);
  return {
    title: say('nav.left-behind'),
    body: (
      <>
        <PageHead title={say('nav.left-behind')} lead={say('page.left-behind.lead')} />
        <FormTrouble trouble={troubleOf(request)} />
        <Done request={request} unit={found?.unit ?? 'both'} back={shownFields(asked)} />
        <UnknownChoice request={request} name="reason" known={reasons} />
        {await filters(request, asked, found)}
        {found ? await results(request, asked, found) : <Choose say={say} />}
      </>
    ),
  };
};

export const leftBehindListPages = [
  page({ method: 'GET', path: LIST.path, signedIn: true, handle: view }),
  ...assignPages(view),
  ...listFilePages(LIST, {
    fileName: 'chua-tiep-can-duoc',
    title: ({ say }) => say('nav.left-behind'),
    find: async (request, { sort, descending }) => {
      const found = await request.execute(exportLeftBehind, { ...filtersOf(askedOf(request)), sort, descending });
      return { ...found, columns: columnsOf(request, { ...found, several: found.lines.length > 1, tick: false }) };
    },
  }),
];
