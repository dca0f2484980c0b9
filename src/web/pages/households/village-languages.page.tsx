import { listEthnicGroups, noteLanguagesOfVillage } from '../../../modules/registry/index.ts';
import { fullName, listChildren, listOwnCommunes } from '../../../modules/territory/index.ts';
import { forbidden, invalid } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import {
  Actions,
  Alert,
  Button,
  Checkboxes,
  EmptyState,
  Form,
  FormTrouble,
  How,
  Lead,
  LinkButton,
  type Option,
  PageHead,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type Form as FormValues, type PageRequest, page, type Reply, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { faultAt, textOf, textsOf, troubleOf } from '../../typed.ts';
import { LanguageFields } from '../language-fields.tsx';
import { placeOptions } from '../place-options.ts';
import { spokenOptions } from '../spoken-options.ts';
import { FromField, isOfficer, noteOf } from './language-form.tsx';

const PATH = '/households/languages';
const ALL = 'all';

const requireOfficer = (request: PageRequest): void => {
  if (!isOfficer(request)) throw forbidden('not-allowed', { what: PATH, roles: 'officer' });
};

/** Which commune, and which of its villages. With one commune there is nothing to choose. */
const choices = async ({ execute, say }: PageRequest, commune: string) => {
  const living = (await execute(listOwnCommunes, {})).filter(({ validTo }) => validTo === null);
  const chosen = living.length === 1 ? living[0]!.placeId : commune;
  const children = living.some(({ placeId }) => placeId === chosen)
    ? await execute(listChildren, { placeId: chosen })
    : [];
  const villages = children
    .filter(({ kind }) => kind === 'village')
    .map(({ placeId, unitType, name }): Option => ({ value: placeId, label: capital(fullName(unitType, name)) }));
  return { communes: placeOptions(living, say), commune: chosen, villages };
};

type Choices = Awaited<ReturnType<typeof choices>>;

/** What was chosen: of the address, or of a form that was refused. */
const chosenIn = ({ query, typed, form }: PageRequest, name: string): string =>
  textOf(typed.values, name) || textOf(form, name) || textOf(query, name);

const PlaceForm = ({ request, asked, village }: { request: PageRequest; asked: Choices; village: string }) => {
  const { say } = request;
  return (
    <SearchForm action={PATH} label={say('page.languages.village')}>
      {asked.communes.length > 1 && (
        <Select
          name="commune"
          label={say('page.languages.commune')}
          options={asked.communes}
          empty={say('ui.choose')}
          value={asked.commune}
        />
      )}
      {asked.villages.length > 0 && (
        <Select
          name="village"
          label={say('page.languages.village')}
          options={asked.villages}
          empty={say('ui.choose')}
          value={village}
        />
      )}
      <Button>{say('page.languages.show')}</Button>
    </SearchForm>
  );
};

const GroupForm = async (request: PageRequest, asked: Choices, village: string) => {
  const { say, csrf, execute, typed } = request;
  const { groups, today } = await execute(listEthnicGroups, { villageId: village });
  if (groups.length === 0)
    return (
      <EmptyState title={say('page.languages.no-groups')}>
        <p>{say('page.languages.no-groups-next')}</p>
        <LinkButton href="/imports/new">{say('page.imports.new')}</LinkButton>
      </EmptyState>
    );
  const own = `${PATH}?${new URLSearchParams({ commune: asked.commune, village })}`;
  return (
    <Form action={PATH} csrf={csrf} keep={await keptForm(request, own)}>
      <input type="hidden" name="village" value={village} />
      <input type="hidden" name="commune" value={asked.commune} />
      <Select
        name="ethnicity"
        label={say('page.languages.group')}
        options={groups.map(({ ethnicity, households, unknown }) => ({
          value: ethnicity,
          label: say('page.languages.group-count', { ethnicity, households, unknown }),
        }))}
        empty={say('ui.choose')}
        value={textOf(typed.values, 'ethnicity')}
        error={faultAt(request, 'ethnicity')}
      />
      <How say={say} id="languages" apart />
      <LanguageFields request={request} known={undefined} spoken={await spokenOptions(request)} />
      <FromField request={request} today={today} />
      <Checkboxes
        name="whom"
        label={say('page.languages.whom')}
        options={[{ value: ALL, label: say('page.languages.whom-all'), hint: say('page.languages.whom-hint') }]}
        values={textsOf(typed.values, 'whom')}
      />
      <Button>{say('page.languages.count')}</Button>
    </Form>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, query } = request;
  requireOfficer(request);
  const [asked, wanted] = [await choices(request, chosenIn(request, 'commune')), chosenIn(request, 'village')];
  const village = asked.villages.find(({ value }) => value === wanted);
  const done = Number(textOf(query, 'done'));
  return {
    title: say('page.languages.of-village'),
    body: (
      <>
        <PageHead
          title={say('page.languages.of-village')}
          lead={say('page.languages.of-village-lead')}
          back={{ href: '/households', label: say('page.households.back') }}
        />
        {Number.isInteger(done) && textOf(query, 'done') !== '' && (
          <Alert tone="success">
            <p>{say('page.languages.done', { count: done })}</p>
          </Alert>
        )}
        <FormTrouble trouble={troubleOf(request)} />
        <PlaceForm request={request} asked={asked} village={village?.value ?? ''} />
        {village && (
          <>
            <h2>{village.label}</h2>
            {await GroupForm(request, asked, village.value)}
          </>
        )}
        <Actions>
          <LinkButton href="/households">{say('page.households.back')}</LinkButton>
        </Actions>
      </>
    ),
  };
};

const inputOf = (form: FormValues) => {
  const villageId = textOf(form, 'village');
  if (!isId(villageId)) throw invalid('place', {}, [{ path: 'village', code: 'place' }]);
  const onlyUnknown = !textsOf(form, 'whom').includes(ALL);
  return { villageId, ethnicity: textOf(form, 'ethnicity'), ...noteOf(form), onlyUnknown };
};

/** Everything as it was chosen, so that what is confirmed is what was shown. */
const Chosen = ({ form }: { form: FormValues }) => (
  <>
    {['village', 'commune', 'ethnicity', 'languages', 'languagesRead', 'from', 'whom'].flatMap((name) =>
      textsOf(form, name).map((value) => <input type="hidden" name={name} value={value} />),
    )}
  </>
);

const confirm = ({ say, csrf, form }: PageRequest, households: number): View => {
  const named = (values: readonly string[]) => values.map((each) => say(`language.${each}`)).join(', ');
  const { ethnicity, languages, languagesRead } = inputOf(form);
  return {
    title: say('page.languages.confirm'),
    body: (
      <>
        <PageHead title={say('page.languages.confirm')} />
        {households === 0 ? (
          <EmptyState title={say('page.languages.nobody')}>
            <p>{say('page.languages.nobody-next')}</p>
          </EmptyState>
        ) : (
          <>
            <Lead>
              {say('page.languages.confirm-lead', { count: households, ethnicity, from: textOf(form, 'from') })}
            </Lead>
            <ul>
              <li>
                {say('page.languages.understands')}: {named(languages)}
              </li>
              <li>
                {say('page.languages.reads')}:{' '}
                {languagesRead === null
                  ? say('page.languages.reads-kept')
                  : named(languagesRead) || say('page.languages.reads-none')}
              </li>
            </ul>
            <Form action={PATH} csrf={csrf} draftId={textOf(form, 'draft')}>
              <Chosen form={form} />
              <input type="hidden" name="confirm" value="yes" />
              <Button>{say('page.languages.save-count', { count: households })}</Button>
            </Form>
          </>
        )}
        <Actions>
          <LinkButton href={addressOf(form)}>{say('page.languages.back')}</LinkButton>
        </Actions>
      </>
    ),
  };
};

const addressOf = (form: FormValues): string =>
  `${PATH}?${new URLSearchParams({ commune: textOf(form, 'commune'), village: textOf(form, 'village') })}`;

const note = async (request: PageRequest): Promise<Reply> => {
  const { form, execute } = request;
  const commit = textOf(form, 'confirm') === 'yes';
  const { households } = await execute(noteLanguagesOfVillage, { ...inputOf(form), commit });
  return commit ? { redirect: `${addressOf(form)}&done=${households}` } : confirm(request, households);
};

/** What the households of an ethnic group in a village understand, said once for all of them. */
export const villageLanguagesPages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({ method: 'POST', path: PATH, signedIn: true, again: view, handle: note }),
];
