import { getLineForm, listVillageHouseholds } from '../../../modules/delivery/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { isId } from '../../../shared/ids.ts';
import {
  Actions,
  Alert,
  Button,
  Checkboxes,
  EmptyState,
  ErrorText,
  Field,
  Form,
  FormTrouble,
  Hint,
  Lead,
  Lines,
  LinkButton,
  PageHead,
  Part,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { faultAt, textOf, textsOf, troubleOf } from '../../typed.ts';
import { mayImport } from '../imports/may-import.ts';
import { spokenOptions } from '../spoken-options.ts';
import { typedDay } from '../typed-day.ts';
import { isAreaKind, kindOf, lineOf, type RecordedKind, recordedKinds, requireRecorder } from './may-record.ts';
import { recordArea, recordList, requirePeople } from './record.ts';
import { RecordFields } from './record-fields.tsx';
import { Ticks } from './ticks.tsx';

export type LineForm = Awaited<ReturnType<typeof getLineForm.run>>;

/** The address of a step of the form: line, kind, village and day stand in it, so that nothing is lost on the way. */
export const formAddress = (path: 'new' | 'file' | 'blank.csv', query: Readonly<Record<string, string | undefined>>) =>
  `/evidence/${path}?${new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`;

/** What is recorded, above every step. */
export const LineHead = ({ request, form, kind }: { request: PageRequest; form: LineForm; kind?: RecordedKind }) => (
  <>
    <PageHead
      back={{ href: '/evidence', label: request.say('page.evidence.back') }}
      title={
        kind
          ? capital(request.say('page.evidence.new-of', { kind: `@channel.${kind}` }))
          : request.say('page.evidence.new')
      }
      lead={request.say('page.evidence.for-line', {
        ...{ what: form.line.what, plan: form.line.planTitle, position: String(form.line.position) },
        message: form.message.title,
      })}
    />
  </>
);

const chooseKind = (request: PageRequest, form: LineForm) => {
  const planned = recordedKinds.filter((kind) => form.line.channels.includes(kind));
  const others = recordedKinds.filter((kind) => !planned.includes(kind));
  const links = (kinds: readonly RecordedKind[]) => (
    <Lines>
      {kinds.map((kind) => (
        <li>
          <a href={formAddress('new', { line: form.line.lineId, kind })}>{capital(request.say(`channel.${kind}`))}</a>
        </li>
      ))}
    </Lines>
  );
  return (
    <>
      <h2>{request.say('page.evidence.which-kind')}</h2>
      {planned.length > 0 && links(planned)}
      {others.length > 0 && (
        <Part title={request.say('page.evidence.other-kinds')} open={planned.length === 0}>
          {links(others)}
        </Part>
      )}
      <Hint>{request.say('page.evidence.visits-elsewhere')}</Hint>
    </>
  );
};

const chooseVillage = ({ say, query }: PageRequest, form: LineForm, kind: RecordedKind, on: string) => (
  <SearchForm action="/evidence/new" label={say('page.evidence.which-village')}>
    <input type="hidden" name="line" value={form.line.lineId} />
    <input type="hidden" name="kind" value={kind} />
    <Select
      name="village"
      label={say('page.evidence.which-village')}
      options={form.villages.map(({ placeId, name }) => ({ value: placeId, label: name }))}
      value={textOf(query, 'village')}
    />
    <Field name="on" label={say('page.evidence.day')} placeholder="15/06/2026" value={showDay(on)} />
    <Button>{say('page.evidence.next')}</Button>
  </SearchForm>
);

/** The number of people who came was asked back: it stands in no relation to the households ticked. */
const asksPeople = ({ typed }: PageRequest): boolean =>
  typed.error?.fields.some(({ code }) => code === 'meeting.people') ?? false;

const listForm = async (request: PageRequest, form: LineForm, kind: RecordedKind, villageId: string, on: string) => {
  const { say, csrf, execute } = request;
  const listed = await execute(listVillageHouseholds, { lineId: form.line.lineId, villageId, on });
  const at = { line: form.line.lineId, kind, village: villageId, on: showDay(on) };
  const own = formAddress('new', at);
  return (
    <Form action={own} csrf={csrf} keep={await keptForm(request, own)}>
      <Lead>{say('page.evidence.list-lead', { village: listed.village, day: showDay(on) })}</Lead>
      <Actions>
        <LinkButton href={formAddress('file', at)}>{say('page.evidence.by-file')}</LinkButton>
        <LinkButton href={formAddress('blank.csv', at)}>{say('page.evidence.blank')}</LinkButton>
        {form.villages.length > 1 && (
          <LinkButton href={formAddress('new', { line: at.line, kind })}>
            {say('page.evidence.other-village')}
          </LinkButton>
        )}
      </Actions>
      <RecordFields request={request} kind={kind} on={on} spoken={await spokenOptions(request)} />
      {kind === 'meeting' && form.questions[0] && (
        <Alert tone="info">
          <p>{say('page.evidence.question', { question: form.questions[0].text })}</p>
        </Alert>
      )}
      {faultAt(request, 'households') && <ErrorText id="field-households">{faultAt(request, 'households')}</ErrorText>}
      {listed.households.length === 0 ? (
        <EmptyState title={say('page.evidence.no-households')}>
          <p>{say('page.evidence.no-households-next')}</p>
          {mayImport(request) && <LinkButton href="/imports/new">{say('page.imports.new')}</LinkButton>}
        </EmptyState>
      ) : (
        <Ticks request={request} kind={kind} listed={listed} />
      )}
      <Actions>
        <Button>{say('page.evidence.record')}</Button>
        {asksPeople(request) && (
          <Button look="secondary" name="sure" value="1">
            {say('page.evidence.record-anyway')}
          </Button>
        )}
        <LinkButton href="/evidence">{say('ui.cancel')}</LinkButton>
      </Actions>
    </Form>
  );
};

const areaForm = async (request: PageRequest, form: LineForm, kind: RecordedKind, on: string) => {
  const { say, csrf, typed } = request;
  const only = form.villages.length === 1 ? [form.villages[0]!.placeId] : [];
  const own = formAddress('new', { line: form.line.lineId, kind });
  return (
    <Form action={own} csrf={csrf} keep={await keptForm(request, own)}>
      <Lead>{say('page.evidence.area-lead')}</Lead>
      <RecordFields request={request} kind={kind} on={on} spoken={await spokenOptions(request)} />
      <Checkboxes
        name="villageIds"
        label={say('page.evidence.villages')}
        options={form.villages.map(({ placeId, name }) => ({ value: placeId, label: name }))}
        values={Object.keys(typed.values).length > 0 ? textsOf(typed.values, 'villageIds') : only}
        error={faultAt(request, 'villageIds') ?? faultAt(request, 'placeIds')}
      />
      <Actions>
        <Button>{say('page.evidence.record')}</Button>
        <LinkButton href="/evidence">{say('ui.cancel')}</LinkButton>
      </Actions>
    </Form>
  );
};

/** The village of the address; the only one there is; undefined = to be chosen. */
export const villageOf = ({ query }: PageRequest, { villages }: LineForm): string | undefined => {
  const asked = textOf(query, 'village');
  return (
    villages.find(({ placeId }) => placeId === asked)?.placeId ??
    (villages.length === 1 ? villages[0]!.placeId : undefined)
  );
};

/** The line's form for the day of the address (today when there is none, or none that is one). */
export const loadForm = async (request: PageRequest): Promise<{ form: LineForm; on: string }> => {
  requireRecorder(request);
  const lineId = lineOf(request.query);
  const asked = typedDay(textOf(request.query, 'on'));
  const on = /^\d{4}-\d{2}-\d{2}$/u.test(asked) ? asked : undefined;
  const form = await request.execute(getLineForm, { lineId, on });
  return { form, on: form.on };
};

const view = async (request: PageRequest): Promise<View> => {
  const { form, on } = await loadForm(request);
  const kind = kindOf(request.query);
  const villageId = villageOf(request, form);
  const body = async () => {
    if (!kind) return chooseKind(request, form);
    if (isAreaKind(kind)) return areaForm(request, form, kind, on);
    return villageId ? listForm(request, form, kind, villageId, on) : chooseVillage(request, form, kind, on);
  };
  const title = kind
    ? request.say('page.evidence.new-of', { kind: `@channel.${kind}` })
    : request.say('page.evidence.new');
  return {
    title: capital(title),
    body: (
      <>
        <LineHead request={request} form={form} {...(kind ? { kind } : {})} />
        <FormTrouble trouble={troubleOf(request)} />
        {await body()}
      </>
    ),
  };
};

export const newEvidencePages = [
  page({
    method: 'GET',
    path: '/evidence/new',
    signedIn: true,
    // From a plan's page one comes with a line; without one it has to be chosen first.
    handle: async (request) => (isId(textOf(request.query, 'line')) ? view(request) : { redirect: '/evidence' }),
  }),
  page({
    method: 'POST',
    path: '/evidence/new',
    signedIn: true,
    again: view,
    handle: async (request) => {
      const { form } = await loadForm(request);
      const kind = kindOf(request.query);
      const villageId = villageOf(request, form);
      const lineId = form.line.lineId;
      if (!kind || (!isAreaKind(kind) && !villageId)) return view(request);
      if (kind === 'meeting' && textOf(request.form, 'sure') === '') requirePeople(request);
      const { activityId } = isAreaKind(kind)
        ? await recordArea(request, lineId, kind)
        : await recordList(request, kind, { lineId, villageId: villageId!, commit: true });
      return { redirect: `/evidence/activities/${activityId}?done=1` };
    },
  }),
];
