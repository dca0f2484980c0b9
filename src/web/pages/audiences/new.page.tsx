import {
  countAudience,
  describeRule,
  getAudience,
  saveAudience,
  textOfRule,
} from '../../../modules/audiences/index.ts';
import { listMessages } from '../../../modules/content/index.ts';
import { listedClasses } from '../../../modules/registry/index.ts';
import { placeStatuses } from '../../../modules/territory/index.ts';
import { stages } from '../../../shared/channels.ts';
import { fold } from '../../../shared/text.ts';
import { Actions, Alert, Button, Checkboxes, Field, Form, FormTrouble, How, LinkButton, PageHead, Part, Select, TextArea } from '../../../ui/index.ts'; // biome-ignore format: a list of names
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, textsOf, troubleOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { spokenOptions } from '../spoken-options.ts';
import { mayTry, requireSaver } from './may-save.ts';
import { PHONES, REACHES, READS, ruleOfForm } from './rule-form.ts';

const INDICATORS = Array.from({ length: 12 }, (_, at) => at + 1);

interface Shown {
  /** What stands in the fields: what was typed, or the audience that is changed. */
  readonly values: PageRequest['form'];
  readonly tried?: { readonly says: string; readonly counts: string };
}

/** What is wrong in a rule has a way of its own ("where.all.0.class"); it is told at the one field there is for it. */
const ruleFaults = ({ typed, say }: PageRequest): string | undefined => {
  const faults = (typed.error?.fields ?? []).filter(({ path }) => path === 'rule' || path.startsWith('rule.'));
  const lines = faults.map(({ path, code, params }) => {
    const what = say(`error.${code}`, params);
    return path === 'rule' ? what : say('page.audience-new.fault-at', { at: path.slice('rule.'.length), what });
  });
  return lines.length > 0 ? lines.join(' ') : undefined;
};

const trouble = (request: PageRequest) => {
  const found = troubleOf(request);
  return (
    found && {
      ...found,
      at: found.at.map((each) => ({ ...each, href: each.href.replace(/^(#field-rule)\..*$/u, '$1') })),
    }
  );
};

const Who = async ({ request, values }: { request: PageRequest; values: Shown['values'] }) => {
  const { say } = request;
  const places = await ownPlaces(request);
  return (
    <>
      <Field
        name="name"
        label={say('page.audience-new.name')}
        value={textOf(values, 'name')}
        error={faultAt(request, 'name')}
      />
      <Field
        name="code"
        label={say('page.audience-new.code')}
        hint={say('page.audience-new.code-hint')}
        value={textOf(values, 'code')}
        error={faultAt(request, 'code')}
      />
      <Select
        name="placeId"
        label={say('page.audience-new.place')}
        hint={say('page.audience-new.place-hint')}
        options={places}
        value={textOf(values, 'placeId') || (places[0]?.value ?? '')}
        error={faultAt(request, 'placeId')}
      />
    </>
  );
};

const Household = async ({ request, values }: { request: PageRequest; values: Shown['values'] }) => {
  const { say } = request;
  const { near, others } = await spokenOptions(request);
  const any = say('page.audience-new.any');
  return (
    <>
      <Checkboxes
        name="class"
        label={say('page.audience-new.class')}
        options={listedClasses.map((value) => ({ value, label: say(`class.${value}`) }))}
        compact
        values={textsOf(values, 'class')}
        error={faultAt(request, 'class')}
      />
      <Checkboxes
        name="lacks"
        label={say('page.audience-new.lacks')}
        options={INDICATORS.map((number) => ({
          value: String(number),
          label: say('page.audience-new.indicator', { number, name: say(`indicator.d${number}`) }),
        }))}
        values={textsOf(values, 'lacks')}
        compact
      />
      <Checkboxes
        name="languages"
        label={say('page.audience-new.languages')}
        options={near}
        folded={{ summary: say('page.languages.others', { count: others.length }), options: others }}
        values={textsOf(values, 'languages')}
        compact
      />
      <Select
        name="reads"
        label={say('page.audience-new.reads')}
        options={READS.map((value) => ({ value, label: say(`page.audience-new.reads.${value}`) }))}
        empty={any}
        value={textOf(values, 'reads')}
      />
      <Field
        name="ethnicity"
        label={say('page.audience-new.ethnicity')}
        hint={say('page.audience-new.several-hint')}
        value={textOf(values, 'ethnicity')}
      />
      <Checkboxes
        name="status"
        label={say('page.audience-new.status')}
        options={placeStatuses.map((value) => ({ value, label: say(`place-status.${value}`) }))}
        values={textsOf(values, 'status')}
        compact
      />
    </>
  );
};

const Ways = async ({ request, values }: { request: PageRequest; values: Shown['values'] }) => {
  const { say, execute, actor } = request;
  const any = say('page.audience-new.any');
  const reads = actor.grants.some(({ role }) => role === 'officer');
  const messages = reads ? await execute(listMessages, { limit: 500 }) : [];
  return (
    <>
      <Select
        name="phone"
        label={say('page.audience-new.phone')}
        options={PHONES.map((value) => ({ value, label: say(`page.audience-new.phone.${value}`) }))}
        empty={any}
        value={textOf(values, 'phone')}
      />
      <Field
        name="livelihood"
        label={say('page.audience-new.livelihood')}
        hint={say('page.audience-new.several-hint')}
        value={textOf(values, 'livelihood')}
      />
      <Field
        name="ageFrom"
        label={say('page.audience-new.age-from')}
        hint={say('page.audience-new.age-hint')}
        inputMode="numeric"
        value={textOf(values, 'ageFrom')}
        error={faultAt(request, 'ageFrom')}
      />
      <Field
        name="ageTo"
        label={say('page.audience-new.age-to')}
        inputMode="numeric"
        value={textOf(values, 'ageTo')}
        error={faultAt(request, 'ageTo')}
      />
      <Select
        name="reach"
        label={say('page.audience-new.reach')}
        options={REACHES.map((value) => ({ value, label: say(`page.audience-new.reach.${value}`) }))}
        empty={any}
        value={textOf(values, 'reach')}
      />
      <Select
        name="stage"
        label={say('page.audience-new.stage')}
        options={stages.map((value) => ({ value: String(value), label: say(`stage.${value}`) }))}
        value={textOf(values, 'stage')}
      />
      <Select
        name="message"
        label={say('page.audience-new.message')}
        options={[...new Map(messages.map(({ code, title }) => [code, { value: code, label: title }])).values()]}
        empty={any}
        value={textOf(values, 'message')}
        error={faultAt(request, 'message')}
      />
    </>
  );
};

const draw = async (request: PageRequest, { values, tried }: Shown): Promise<View> => {
  const { say, csrf, query } = request;
  const changed = textOf(query, 'code');
  const at = changed ? `/audiences/new?${new URLSearchParams({ code: changed })}` : '/audiences/new';
  const title = say(changed ? 'page.audience-new.change' : 'page.audiences.new');
  return {
    title,
    body: (
      <>
        <PageHead
          title={title}
          lead={say('page.audience-new.lead')}
          back={{ href: '/audiences', label: say('page.audience.back') }}
        />
        <FormTrouble trouble={trouble(request)} />
        <Form action="/audiences" csrf={csrf} keep={await keptForm(request, at)}>
          {tried && (
            <Alert tone="success">
              <p>{tried.says}.</p>
              <p>{tried.counts}</p>
              <How say={say} id="audience" apart />
              <p>{say('page.audience-new.tried-next')}</p>
            </Alert>
          )}
          {await Who({ request, values })}
          <h2>{say('page.audience-new.conditions')}</h2>
          {await Household({ request, values })}
          {await Ways({ request, values })}
          <Part
            title={say('page.audience-new.own')}
            open={textOf(values, 'rule') !== '' || ruleFaults(request) !== undefined}
          >
            <TextArea
              name="rule"
              label={say('page.audience-new.rule')}
              hint={say('page.audience-new.rule-hint')}
              rows={8}
              value={textOf(values, 'rule')}
              error={ruleFaults(request)}
            />
          </Part>
          {/* Counted first, then kept: Enter in a field counts, too. */}
          <Actions>
            {mayTry(request) && (
              <Button look={tried ? 'secondary' : 'primary'} name="do" value="try">
                {say('page.audience-new.try')}
              </Button>
            )}
            <Button look={tried || !mayTry(request) ? 'primary' : 'secondary'} name="do" value="save">
              {say('page.audience-new.save')}
            </Button>
            <LinkButton href="/audiences">{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

const again = (request: PageRequest): Promise<View> => draw(request, { values: request.typed.values });

const newPage = page({
  method: 'GET',
  path: '/audiences/new',
  signedIn: true,
  handle: async (request) => {
    requireSaver(request);
    const code = textOf(request.query, 'code');
    if (!code || Object.keys(request.typed.values).length > 0) return again(request);
    const { name, placeId, rule } = await request.execute(getAudience, { code });
    return draw(request, { values: { code, name, rule: textOfRule(rule), ...(placeId && { placeId }) } });
  },
});

const savePage = page({
  method: 'POST',
  path: '/audiences',
  signedIn: true,
  formAt: () => '/audiences/new',
  again,
  handle: async (request) => {
    const { form, execute, say } = request;
    requireSaver(request);
    const rule = ruleOfForm(form);
    if (textOf(form, 'do') === 'try') {
      const counted = await execute(countAudience, { rule });
      const { fits, unknown, total } = counted;
      const counts = say('page.audience-new.tried', { fits, unknown, total });
      return draw(request, { values: form, tried: { says: describeRule(counted.rule, say, counted), counts } });
    }
    const name = textOf(form, 'name');
    const saved = await execute(saveAudience, {
      name,
      code: textOf(form, 'code').trim() || fold(name).replaceAll(' ', '-').slice(0, 60).replace(/-+$/u, ''),
      placeId: textOf(form, 'placeId'),
      rule,
    });
    return { redirect: `/audiences/${saved.code}` };
  },
});

export const newAudiencePages = [newPage, savePage];
