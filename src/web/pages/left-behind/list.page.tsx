import { assignFollowUp, listLeftBehind, reasons, type Step, steps } from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { AppError } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { sayOf } from '../../../shared/words/units.ts';
import {
  Actions,
  Alert,
  Button,
  EmptyState,
  Form,
  FormTrouble,
  LinkButton,
  type Option,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { pagerOf } from '../../paging.tsx';
import { showNumber } from '../../show.ts';
import { textOf, textsOf, troubleOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { typedDay } from '../typed-day.ts';
import { type AskedPage, addressOf, askedOf, whatOptions } from './asked.ts';
import { AssignFields, mayAssign, ownerOptions } from './assign-form.tsx';
import { Reasons, Rows, Villages } from './parts.tsx';

const SIZE = 50;

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
      <Button>{say('page.left-behind.show')}</Button>
    </SearchForm>
  );
};

const listed = async (request: PageRequest, asked: AskedPage, found: Found) => {
  const { csrf, language } = request;
  const say = sayFound(request, found);
  const several = found.lines.length > 1;
  const tick = mayAssign(request);
  const owners = tick ? await ownerOptions(request, asked) : [];
  const [only, ...others] = found.places;
  const village =
    only && others.length === 0 && only.placeId === asked.placeId
      ? { place: only.place, count: found.total }
      : undefined;
  // What the list shows goes with the form, its page too: else the boxes that were ticked are not there the next time.
  const hidden = {
    ...{ what: asked.what, place: asked.placeId ?? '', reason: asked.reason ?? '', owner: asked.owner ?? '' },
    page: String(asked.at + 1),
  };
  return (
    <>
      <p class="lead">
        {say('page.left-behind.found', { total: showNumber(found.total, language), day: showDay(found.on) })}
      </p>
      {/* A form of its own width: the table in it needs the whole page. */}
      <div>
        <Form action="/left-behind/assign" csrf={csrf}>
          {Object.entries(hidden).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <div id="field-subjectIds">
            <Rows request={request} rows={found.rows} unit={found.unit} several={several} tick={tick} />
          </div>
          {pagerOf({
            request: { url: addressOf(asked), say },
            at: asked.at,
            more: found.total > (asked.at + 1) * SIZE,
          })}
          {tick && (
            <AssignFields request={request} unit={found.unit} owners={owners} today={found.on} village={village} />
          )}
        </Form>
      </div>
    </>
  );
};

const results = async (request: PageRequest, asked: AskedPage, found: Found) => {
  const say = sayFound(request, found);
  const { unit, total, places, reasons: counts } = found;
  const summary = { request, asked, unit, total, places, reasons: counts, several: found.lines.length > 1 };
  if (places.length === 0) return <EmptyState title={say('page.left-behind.nobody')} />;
  return (
    <>
      <Reasons {...summary} />
      <Villages {...summary} />
      {mayAssign(request) && (
        <Actions>
          <LinkButton href={addressOf(asked, {}, '/left-behind.csv')}>{say('page.left-behind.csv')}</LinkButton>
        </Actions>
      )}
      <h2>{say('page.left-behind.households')}</h2>
      {found.rows.length === 0 ? (
        <EmptyState title={say('page.left-behind.nobody-such')} />
      ) : (
        await listed(request, asked, found)
      )}
      <p class="hint">{say('page.left-behind.how')}</p>
    </>
  );
};

const done = (request: PageRequest, found: Found | undefined) => {
  const { query } = request;
  const say = sayFound(request, found);
  const [households, visits] = [Number(textOf(query, 'assigned')), Number(textOf(query, 'visits'))];
  return Number.isInteger(households) && households > 0 && Number.isInteger(visits) ? (
    <Alert tone="success">
      {/* What is done for a whole village is noted, and sends nobody to a household. */}
      <p>
        {visits === 0 && found?.unit === 'household'
          ? say('page.left-behind.noted', { households })
          : say('page.left-behind.assigned', { households, visits })}
      </p>
    </Alert>
  ) : null;
};

const view = async (request: PageRequest): Promise<View> => {
  const { execute } = request;
  const asked = askedOf(request);
  const { lineId, planCode, placeId, reason, owner, at } = asked;
  const chosen = lineId !== null || planCode !== null;
  const found = chosen
    ? await execute(listLeftBehind, { lineId, planCode, placeId, reason, owner, limit: SIZE, offset: at * SIZE })
    : undefined;
  const say = sayFound(request, found);
  return {
    title: say('nav.left-behind'),
    body: (
      <>
        <h1>{say('nav.left-behind')}</h1>
        <p class="lead">{say('page.left-behind.lead')}</p>
        <FormTrouble trouble={troubleOf(request)} />
        {done(request, found)}
        {await filters(request, asked, found)}
        {found && (await results(request, asked, found))}
      </>
    ),
  };
};

/** The lines meant: the one asked for, or all of the plan; of each household those that it misses. */
const linesMeant = async ({ execute }: PageRequest, { lineId, planCode }: AskedPage): Promise<string[]> => {
  if (lineId) return [lineId];
  const { lines } = await execute(listLeftBehind, { planCode, limit: 1 });
  return lines.map((line) => line.lineId);
};

const assign = async (request: PageRequest) => {
  const { form, execute } = request;
  const asked = askedOf({ typed: { values: form, error: undefined, kept: false }, query: {} });
  const all = textsOf(form, 'all').includes('village') && asked.placeId !== null;
  const ownerId = textOf(form, 'ownerId');
  const step = textOf(form, 'step');
  const { households, visits } = await execute(assignFollowUp, {
    lineIds: await linesMeant(request, asked),
    subjectIds: all ? null : [...textsOf(form, 'subject')],
    villageId: all ? asked.placeId : null,
    reason: all ? asked.reason : null,
    ownerId: isId(ownerId) ? ownerId : null,
    ownerName: textOf(form, 'ownerName'),
    dueOn: typedDay(textOf(form, 'dueOn')),
    step: step === '' ? null : (steps.find((each) => each === step) ?? (step as Step)),
    note: textOf(form, 'note'),
  });
  return { redirect: addressOf(asked, { assigned: String(households), visits: String(visits) }) };
};

export const leftBehindListPages = [
  page({ method: 'GET', path: '/left-behind', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/left-behind/assign',
    signedIn: true,
    formAt: () => '/left-behind',
    again: view,
    handle: async (request) => {
      // A page whose choice was lost is drawn again, not failed.
      if (askedOf({ typed: { values: request.form, error: undefined, kept: false }, query: {} }).what === '')
        throw new AppError('invalid', 'left-behind.line-or-plan');
      return assign(request);
    },
  }),
];
