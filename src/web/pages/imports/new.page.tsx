import { dropFiles, listedClasses, receiveList, standardOn, standards } from '../../../modules/registry/index.ts';
import { fullName, listChildren, listOwnCommunes, type PlaceVersion } from '../../../modules/territory/index.ts';
import { addDays, isDay } from '../../../shared/dates.ts';
import { invalid } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import {
  Actions,
  Alert,
  Button,
  Checkboxes,
  Field,
  Form,
  FormTrouble,
  LinkButton,
  type Option,
  PageHead,
  Part,
  Select,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { faultAt, textOf, textsOf, troubleOf } from '../../typed.ts';
import { placeOptions } from '../place-options.ts';
import { typedDay } from '../typed-day.ts';
import { requireOfficer } from './may-import.ts';
import { sampledCommune } from './sample.page.ts';
import { ImportSteps } from './steps.tsx';

/** Of so many communes the villages are offered too. */
const FEW = 8;

/** After each commune the villages that lay in it last: a list may be that of one village. */
const withVillages = async (
  { execute }: PageRequest,
  communes: readonly PlaceVersion[],
  options: readonly Option[],
): Promise<Option[]> => {
  const found: Option[] = [];
  for (const [at, { placeId, validTo }] of communes.entries()) {
    const option = options[at]!;
    const on = validTo === null ? null : addDays(validTo, -1);
    const children = await execute(listChildren, { placeId, on });
    const villages = children.filter(({ kind }) => kind === 'village');
    found.push(
      option,
      ...villages.map((village) => ({
        value: village.placeId,
        label: `${capital(fullName(village.unitType, village.name))} – ${option.label}`,
      })),
    );
  }
  // A village lies in the commune of before and in that of now: it is offered once.
  return found.filter(({ value }, at) => found.findIndex((other) => other.value === value) === at);
};

/** Before a file is chosen: what is taken here at all, and a list to begin with. */
const Beforehand = async (request: PageRequest, villages: boolean) => {
  const { say, frame } = request;
  if ((await frame()).synthetic) {
    const sampled = await sampledCommune(request);
    const place = sampled && capital(fullName(sampled.commune.unitType, sampled.commune.name));
    return (
      <Alert tone="info">
        <p>{say('page.imports.trial')}</p>
        {place && (
          <p>
            <a href="/imports/sample.csv">{say('page.imports.sample', { place })}</a>
          </p>
        )}
      </Alert>
    );
  }
  if (!villages)
    return (
      <Alert tone="warning">
        <p>{say('page.imports.no-villages')}</p>
        <p>
          <a href="/villages/import">{say('page.imports.villages')}</a>
        </p>
      </Alert>
    );
  return (
    <p>
      <a href="/imports/sample.csv">{say('page.imports.blank')}</a>
    </p>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, execute, typed, query } = request;
  requireOfficer(request);
  const communes = await execute(listOwnCommunes, {});
  const places = placeOptions(communes, say);
  const sent = Object.keys(typed.values).length > 0;
  // Of a list that is sent once more, corrected, the address says what was said of it before.
  const said = sent ? typed.values : query;
  const corrected = !sent && textOf(query, 'placeId') !== '';
  const only = places.length === 1 ? places[0]!.value : '';
  const few = communes.length <= FEW;
  const options = few ? await withVillages(request, communes, places) : places;
  return {
    title: say('page.imports.new'),
    body: (
      <>
        <PageHead
          title={say('page.imports.new')}
          lead={say(corrected ? 'page.imports.corrected-lead' : 'page.imports.new-lead')}
          back={{ href: '/imports', label: say('page.imports.title') }}
        />
        <ImportSteps say={say} at="upload" />
        {await Beforehand(request, !few || options.length > places.length)}
        <FormTrouble trouble={troubleOf(request)} />
        <Form action="/imports" csrf={csrf} files>
          <Field
            name="file"
            type="file"
            accept=".xlsx,.csv"
            label={say('page.imports.file-label')}
            hint={say('page.imports.file-hint')}
            error={faultAt(request, 'file') ?? (sent && typed.error ? say('page.imports.file-again') : undefined)}
          />
          <Field
            name="members"
            type="file"
            accept=".xlsx,.csv"
            label={say('page.imports.members-label')}
            hint={say('page.imports.members-hint')}
            error={faultAt(request, 'members')}
          />
          <Select
            name="placeId"
            label={say('page.imports.place-label')}
            hint={say('page.imports.place-hint')}
            options={options}
            empty={say('ui.choose')}
            value={textOf(said, 'placeId') || only}
            error={faultAt(request, 'placeId')}
          />
          <Field
            name="asOf"
            label={say('page.imports.as-of-label')}
            hint={say('page.imports.as-of-hint')}
            inputMode="numeric"
            placeholder="30/11/2025"
            value={textOf(said, 'asOf')}
            error={faultAt(request, 'asOf')}
          />
          <Checkboxes
            name="completeClasses"
            label={say('page.imports.complete-label')}
            hint={say('page.imports.complete-hint')}
            options={listedClasses.map((value) => ({ value, label: say(`class.${value}`) }))}
            values={textsOf(said, 'completeClasses')}
            error={faultAt(request, 'completeClasses')}
          />
          <Part
            title={say('page.imports.more')}
            open={['sender', 'standard'].some((name) => textOf(said, name) !== '')}
          >
            <Field
              name="sender"
              label={say('page.imports.sender-label')}
              hint={say('page.imports.sender-hint')}
              value={textOf(said, 'sender')}
              error={faultAt(request, 'sender')}
            />
            <Select
              name="standard"
              label={say('page.imports.standard-label')}
              options={standards.map((value) => ({ value, label: say(`standard.${value}`) }))}
              empty={say('page.imports.standard-by-day', { standard: say(`standard.${standardOn('2022-01-01')}`) })}
              value={textOf(said, 'standard')}
            />
          </Part>
          <Actions>
            <Button>{say('page.imports.upload')}</Button>
            <LinkButton href="/imports">{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const newImportPages = [
  page({ method: 'GET', path: '/imports/new', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/imports',
    signedIn: true,
    formAt: () => '/imports/new',
    again: view,
    files: {
      admit: requireOfficer,
      release: async ({ execute }, uploads) => {
        await execute(dropFiles, { hashes: [...new Set(uploads.map(({ sha256 }) => sha256))] });
      },
    },
    handle: async ({ form, uploads, execute }) => {
      const upload = (field: string) => {
        const found = uploads.find((each) => each.field === field && each.size > 0);
        return found && { name: found.fileName, sha256: found.sha256, size: found.size };
      };
      const file = upload('file');
      const [placeId, asOf] = [textOf(form, 'placeId'), typedDay(textOf(form, 'asOf'))];
      // All that is wrong at once: each answer costs the person the choice of the file.
      const faults = [
        ...(file ? [] : [{ path: 'file', code: 'import.no-file' }]),
        ...(isId(placeId) ? [] : [{ path: 'placeId', code: 'import.no-place' }]),
        ...(isDay(asOf) ? [] : [{ path: 'asOf', code: 'not-a-day' }]),
      ];
      if (!file || faults.length > 0) throw invalid('input', {}, faults);
      const classes = textsOf(form, 'completeClasses') as (typeof listedClasses)[number][];
      const { importId } = await execute(receiveList, {
        file,
        members: upload('members'),
        placeId,
        asOf,
        completeClasses: classes.length > 0 ? [...classes] : null,
        sender: textOf(form, 'sender') || null,
        standard: (textOf(form, 'standard') || null) as (typeof standards)[number] | null,
      });
      return { redirect: `/imports/${importId}` };
    },
  }),
];
