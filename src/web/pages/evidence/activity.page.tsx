import { getActivity } from '../../../modules/plans/index.ts';
import { drawSample, getOutcome } from '../../../modules/reach/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { showPhone } from '../../../shared/phone.ts';
import {
  Alert,
  Button,
  Counted,
  Field,
  Hint,
  LinkButton,
  PageHead,
  SearchForm,
  SummaryList,
  Table,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { StateLead } from '../../state-badge.tsx';
import { textOf } from '../../typed.ts';
import { mayRecord } from '../plans/may-plan.ts';
import { maySample } from './may-record.ts';
import { Counts, Households, Villages } from './outcome.tsx';

const load = async ({ params, execute }: PageRequest) => {
  const activityId = params.activityId!;
  return { activityId, activity: await execute(getActivity, { activityId }) };
};

const titleOf = ({ say }: PageRequest, activity: Awaited<ReturnType<typeof load>>['activity']): string =>
  capital(say('page.evidence.activity', { kind: `@channel.${activity.kind}`, day: showDay(activity.happenedOn) }));

const about = (request: PageRequest, activity: Awaited<ReturnType<typeof load>>['activity']) => {
  const { say, language } = request;
  const numbers = Object.entries(activity.details).flatMap(([name, value]) =>
    typeof value === 'number' ? [{ label: say(`page.evidence.${name}`), value: showNumber(value, language) }] : [],
  );
  return (
    <SummaryList
      items={[
        { label: say('page.evidence.villages'), value: activity.places.join('; ') },
        { label: say('page.evidence.language'), value: say(`language.${activity.language}`) },
        { label: say('page.evidence.proof'), value: say(`proof.${activity.proof}`) },
        ...numbers,
        { label: say('page.evidence.note'), value: activity.note || say('ui.none') },
        {
          label: say('page.evidence.recorded-by'),
          value: say('page.evidence.by-at', { name: activity.recordedByName, at: showMoment(activity.recordedAt) }),
        },
      ]}
    />
  );
};

const whatToDo = (request: PageRequest, activity: Awaited<ReturnType<typeof load>>['activity'], listed: boolean) => {
  const { say } = request;
  return (
    <>
      {mayRecord(request) && (
        <LinkButton href={`/evidence/new?line=${activity.lineId}&kind=${activity.kind}`}>
          {say(activity.voidedAt ? 'page.plans.to.record' : 'page.evidence.another')}
        </LinkButton>
      )}
      {maySample(request) && listed && (
        <LinkButton href={`/evidence/activities/${activity.activityId}/sample`}>
          {say('page.evidence.sample')}
        </LinkButton>
      )}
      <LinkButton href={`/plans/activities/${activity.activityId}`}>{say('page.evidence.to-plan')}</LinkButton>
    </>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, execute, query } = request;
  const { activityId, activity } = await load(request);
  const outcome = await execute(getOutcome, { activityId });
  const title = titleOf(request, activity);
  return {
    title,
    body: (
      <>
        <PageHead
          title={title}
          back={{ href: '/evidence', label: say('page.evidence.back') }}
          lead={
            <StateLead
              say={say}
              kind="activity"
              state={activity.voidedAt ? 'no' : 'yes'}
              may={mayRecord(request)}
              params={{ reason: activity.voidReason ?? '' }}
            />
          }
          actions={whatToDo(request, activity, outcome.households.length > 0)}
        />
        {!activity.voidedAt && textOf(query, 'done') && (
          <Alert tone="success">
            <p>{say('page.evidence.done')}</p>
          </Alert>
        )}
        <Counts request={request} counts={outcome.counts} />
        {about(request, activity)}
        <Villages request={request} rows={outcome.villages} />
        <Households request={request} rows={outcome.households} />
      </>
    ),
  };
};

const sample = async (request: PageRequest): Promise<View> => {
  const { say, execute, query, language } = request;
  const { activityId, activity } = await load(request);
  const asked = Number(textOf(query, 'count'));
  const count = Number.isInteger(asked) && asked >= 1 && asked <= 200 ? asked : 10;
  const drawn = await execute(drawSample, { activityId, count, seed: textOf(query, 'seed').slice(0, 100) || null });
  return {
    title: say('page.evidence.sample'),
    body: (
      <>
        <PageHead
          title={say('page.evidence.sample')}
          lead={say('page.evidence.sample-lead')}
          back={{ href: `/evidence/activities/${activityId}`, label: titleOf(request, activity) }}
        />
        <SearchForm action={`/evidence/activities/${activityId}/sample`} label={say('page.evidence.draw')}>
          <Field name="count" label={say('page.evidence.sample-count')} inputMode="numeric" value={String(count)} />
          <Field
            name="seed"
            label={say('page.evidence.seed')}
            hint={say('page.evidence.seed-hint')}
            value={textOf(query, 'seed')}
          />
          <Button>{say('page.evidence.draw')}</Button>
        </SearchForm>
        {drawn.chosen && <Hint>{say('page.evidence.seed-chosen')}</Hint>}
        <Counted say={say} how="sample">
          <Table
            caption={say('page.evidence.sample-of', {
              ...{ count: showNumber(drawn.rows.length, language), total: showNumber(drawn.total, language) },
              seed: drawn.seed,
            })}
            rows={drawn.rows}
            columns={[
              {
                label: say('evidence.column.head'),
                cell: (row) => <a href={`/households/${row.subjectId}`}>{row.headName ?? row.code}</a>,
              },
              { label: say('evidence.column.code'), cell: ({ code }) => code },
              { label: say('page.evidence.village'), cell: ({ village }) => village },
              {
                label: say('page.evidence.recorded-as'),
                cell: (row) => (row.voided ? say('page.evidence.voided') : say(`stage.${row.stage}`)),
              },
              {
                label: say('page.evidence.phones'),
                cell: ({ phones }) =>
                  phones
                    .map(
                      ({ value, doNotContact }) =>
                        showPhone(value) + (doNotContact ? ` (${say('page.household.do-not-contact')})` : ''),
                    )
                    .join(', ') || say('page.evidence.no-phone'),
              },
            ]}
          />
        </Counted>
        <Hint>{say('page.evidence.looked')}</Hint>
      </>
    ),
  };
};

export const evidenceActivityPages = [
  page({ method: 'GET', path: '/evidence/activities/:activityId', signedIn: true, handle: view }),
  page({ method: 'GET', path: '/evidence/activities/:activityId/sample', signedIn: true, handle: sample }),
];
