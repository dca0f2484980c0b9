import type { ComponentChild } from 'preact';
import { listContacts } from '../../../modules/reach/index.ts';
import { getHousehold, noteLanguages } from '../../../modules/registry/index.ts';
import { addDays, showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Alert, Card, Hint, PageHead, SummaryList, Table } from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { HouseholdReach } from '../evidence/household-reach.tsx';
import { mayVoid } from '../evidence/may-record.ts';
import { contactCell } from '../refusals/contact-cell.tsx';
import { RefusalNotice } from '../refusals/notice.tsx';
import { spokenOptions } from '../spoken-options.ts';
import { householdListPages } from './households.page.tsx';
import { LanguageForm, mayNote, noteOf } from './language-form.tsx';
import { villageLanguagesPages } from './village-languages.page.tsx';

type Household = Awaited<ReturnType<(typeof getHousehold)['run']>>;
interface Dated {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly fileName: string | null;
  readonly asOf: string | null;
}

const period = (say: Say, { validFrom, validTo }: Pick<Dated, 'validFrom' | 'validTo'>): string =>
  validTo
    ? say('page.household.from-to', { from: showDay(validFrom), to: showDay(addDays(validTo, -1)) })
    : say('page.household.since', { from: showDay(validFrom) });

const source = (say: Say, { fileName, asOf }: Dated): string =>
  fileName && asOf
    ? say('page.household.source-list', { file: fileName, day: showDay(asOf) })
    : say('page.household.source-own');

const tri = (say: Say, value: boolean | null): string =>
  say(value === null ? 'ui.unknown' : value ? 'ui.yes' : 'ui.no');

/** What was true when: one row per period, newest first, each with the list it came from. */
const Facts = <T extends Dated>({
  say,
  title,
  rows,
  what,
}: {
  say: Say;
  title: string;
  rows: readonly T[];
  what: (row: T) => ComponentChild;
}) => (
  <Card title={title}>
    {rows.length === 0 ? (
      <Hint>{say('page.household.nothing')}</Hint>
    ) : (
      <Table
        caption={title}
        captionHidden
        rows={rows}
        columns={[
          { label: say('page.household.when'), cell: (row) => period(say, row) },
          { label: title, cell: what },
          { label: say('page.household.source'), cell: (row) => source(say, row) },
        ]}
      />
    )}
  </Card>
);

const classText = (say: Say, row: Household['classification'][number]): string =>
  [
    say(`class.${row.class}`) + (row.origin ? ` (${say(`origin.${row.origin}`)})` : ''),
    row.b1 === null ? '' : `B1 ${row.b1}`,
    row.b2 === null ? '' : `B2 ${row.b2}`,
    row.decisionNumber ? say('page.household.decision', { number: row.decisionNumber }) : '',
    say(`standard.${row.standard}`),
  ]
    .filter(Boolean)
    .join(' · ');

const lacking = (say: Say, indicators: readonly (boolean | null)[]): string => {
  const names = indicators.flatMap((is, at) => (is ? [say(`indicator.d${at + 1}`)] : []));
  const unknown = indicators.filter((is) => is === null).length;
  return [
    names.join(', ') || say('page.household.none-lacking'),
    unknown > 0 ? say('page.household.unknown-indicators', { count: unknown }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
};

const profileText = (say: Say, row: Household['profile'][number]): string => {
  const listed = (key: string, values: readonly string[] | null, word: string) =>
    values === null
      ? ''
      : `${say(`page.household.${key}`)}: ${values.map((value) => say(`${word}.${value}`)).join(', ') || say('ui.none')}`;
  return [
    row.size === null ? '' : say('page.household.people-count', { count: row.size }),
    row.ethnicity ? `${say('list.field.ethnicity')}: ${row.ethnicity}` : '',
    listed('languages', row.languages, 'language'),
    listed('languages-read', row.languagesRead, 'language'),
    listed('devices', row.devices, 'device'),
    row.livelihood ? `${say('list.field.livelihood')}: ${row.livelihood}` : '',
    row.causes.length > 0 ? `${say('list.field.causes')}: ${row.causes.join(', ')}` : '',
    row.needs ? `${say('list.field.needs')}: ${row.needs}` : '',
    row.groups.length > 0 ? `${say('list.field.groups')}: ${row.groups.join(', ')}` : '',
    row.notes ? `${say('list.field.notes')}: ${row.notes}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
};

/** What the registry says of it today. */
const profileOn = ({ profile, today }: Household) =>
  profile.find(({ validFrom, validTo }) => validFrom <= today && (validTo === null || validTo > today));

const People = ({ say, people }: { say: Say; people: Household['people'] }) => (
  <Card title={say('page.household.people')}>
    <Table
      caption={say('page.household.people')}
      captionHidden
      rows={people}
      columns={[
        { label: say('list.field.name'), cell: ({ name, isHead }) => (isHead ? <strong>{name}</strong> : name) },
        { label: say('list.field.relation'), cell: ({ relation }) => relation },
        {
          label: say('list.field.birth'),
          cell: ({ born, bornPrecision }) => (born ? showDay(born, bornPrecision ?? 'day') : say('ui.unknown')),
        },
        { label: say('list.field.sex'), cell: ({ sex }) => (sex ? say(`sex.${sex}`) : say('ui.unknown')) },
        { label: say('list.field.idNumber'), cell: ({ idLast4 }) => (idLast4 ? `•••• ${idLast4}` : '—') },
        { label: say('list.field.insured'), cell: ({ insured }) => tri(say, insured) },
        { label: say('list.field.disabled'), cell: ({ disabled }) => tri(say, disabled) },
        { label: say('page.household.when'), cell: (row) => period(say, row) },
      ]}
    />
  </Card>
);

const view = async (request: PageRequest): Promise<View> => {
  const { say, params, execute, query } = request;
  const found = await execute(getHousehold, { subjectId: params.subjectId! });
  const ledger = await execute(listContacts, { subjectId: found.subjectId });
  const head = found.people.find(({ isHead }) => isHead)?.name ?? found.code;
  const village = (row: { villageId: string; validFrom: string }) =>
    found.villages.find(({ villageId, validFrom }) => villageId === row.villageId && validFrom === row.validFrom)
      ?.name ?? '';
  const [now] = found.classification;
  return {
    title: head,
    body: (
      <>
        <PageHead
          title={say('page.household.title', { head })}
          back={{ href: '/households', label: say('page.households.back') }}
        />
        {found.existsTo && (
          <Alert tone="warning">
            <p>{say('page.household.ended', { day: showDay(found.existsTo) })}</p>
          </Alert>
        )}
        <SummaryList
          items={[
            { label: say('page.households.code'), value: found.code },
            {
              label: say('page.households.village'),
              value: found.residency[0] ? capital(village(found.residency[0])) : '—',
            },
            { label: say('page.household.listed-as'), value: now ? say(`class.${now.class}`) : '—' },
            { label: say('page.household.known-since'), value: showDay(found.existsFrom) },
          ]}
        />
        <Hint>{say('page.household.looked')}</Hint>
        {textOf(query, 'languages') === 'noted' && (
          <Alert tone="success">
            <p>{say('page.languages.noted')}</p>
          </Alert>
        )}
        <RefusalNotice say={say} query={query} />
        <HouseholdReach say={say} subjectId={found.subjectId} ledger={ledger} mayVoid={mayVoid(request)} />
        <Facts
          say={say}
          title={say('page.household.class')}
          rows={found.classification}
          what={(row) => classText(say, row)}
        />
        <Facts say={say} title={say('page.household.residency')} rows={found.residency} what={village} />
        <Facts
          say={say}
          title={say('page.household.deprivation')}
          rows={found.deprivation}
          what={(row) => lacking(say, row.indicators)}
        />
        <Facts
          say={say}
          title={say('page.household.profile')}
          rows={found.profile}
          what={(row) => profileText(say, row)}
        />
        {mayNote(request) && found.residency[0]?.validTo === null && (
          <LanguageForm
            request={request}
            subjectId={found.subjectId}
            known={profileOn(found)}
            today={found.today}
            spoken={await spokenOptions(request)}
            keep={await keptForm(request, here(request.params))}
          />
        )}
        <People say={say} people={found.people} />
        <Facts
          say={say}
          title={say('page.household.contacts')}
          rows={found.contacts}
          what={(contact) => contactCell({ request, household: found, contact })}
        />
      </>
    ),
  };
};

const here = ({ subjectId = '' }: Readonly<Record<string, string>>): string => `/households/${subjectId}`;

export const householdPages = [
  ...householdListPages,
  ...villageLanguagesPages,
  page({ method: 'GET', path: '/households/:subjectId', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/households/:subjectId/languages',
    signedIn: true,
    formAt: here,
    again: view,
    handle: async ({ form, params, execute }) => {
      await execute(noteLanguages, { subjectIds: [params.subjectId!], ...noteOf(form) });
      return { redirect: `${here(params)}?languages=noted` };
    },
  }),
];
