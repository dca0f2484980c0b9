import { cancelVisit, getVisit, recordVisit, type VisitOutcome, visitProofs } from '../../../modules/visits/index.ts';
import { showDay } from '../../../shared/dates.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  Field,
  Form,
  FormTrouble,
  LinkButton,
  PageHead,
  Part,
  SummaryList,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment } from '../../show.ts';
import { StateLead } from '../../state-badge.tsx';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { learnedOf } from '../language-fields.tsx';
import { mayCount } from '../plans/may-plan.ts';
import { spokenOptions } from '../spoken-options.ts';
import { typedDay } from '../typed-day.ts';
import { NextVisit, Saved } from './after.tsx';
import { languagesOf, mayRecordVisit, seesAll } from './parts.tsx';
import { RecordForm, resultsOf, Scripts } from './record-form.tsx';

type Visit = Awaited<ReturnType<(typeof getVisit)['run']>>;

const ended = ({ say }: PageRequest, visit: Visit) => (
  <Alert tone={visit.state === 'done' ? 'success' : 'info'}>
    <p>
      {say('page.visits.ended', {
        state: `@visit-state.${visit.state}`,
        day: visit.happenedOn ? showDay(visit.happenedOn) : '—',
        by: visit.closedByName ?? '',
        at: visit.closedAt ? showMoment(visit.closedAt) : '',
      })}
    </p>
    {visit.outcomeNote && <p>{visit.outcomeNote}</p>}
    {visit.state === 'done' && <p>{say('page.visits.wrong')}</p>}
  </Alert>
);

/** Whether somebody still has to go, and who; or what follows from what came of it. */
const standing = (request: PageRequest, visit: Visit) => {
  const { state, gone, overdue, own, dueOn, agentName } = visit;
  const how = gone ? 'gone' : overdue ? 'late' : undefined;
  return (
    <StateLead
      say={request.say}
      kind="visit"
      state={state}
      how={state === 'open' ? how : undefined}
      may={own && mayRecordVisit(request)}
      params={{ day: showDay(dueOn), agent: agentName }}
    />
  );
};

const cancel = (request: PageRequest, visitId: string) => {
  const { say, csrf, typed } = request;
  return (
    <Part
      title={say('page.visits.cancel')}
      open={textOf(typed.values, 'reason') !== '' || faultAt(request, 'reason') !== undefined}
    >
      {/* Whoever may not record has no form above that would say it. */}
      {!mayRecordVisit(request) && <FormTrouble trouble={troubleOf(request)} />}
      <Form action={`/visits/${visitId}/cancel`} csrf={csrf}>
        <Field
          name="reason"
          label={say('page.visits.cancel-reason')}
          value={textOf(typed.values, 'reason')}
          error={faultAt(request, 'reason')}
        />
        <Button look="danger">{say('page.visits.cancel')}</Button>
      </Form>
    </Part>
  );
};

const about = ({ say }: PageRequest, visit: Visit) => (
  <SummaryList
    items={[
      { label: say('page.households.code'), value: visit.code },
      { label: say('page.visits.village'), value: capital(visit.village) || '—' },
      { label: say('page.visits.languages'), value: languagesOf(say, visit) },
      { label: say('page.visits.agent'), value: visit.agentName },
      {
        label: say('page.visits.due'),
        value: visit.overdue ? (
          <p>
            {showDay(visit.dueOn)} <Badge tone="danger">{say('page.visits.overdue')}</Badge>
          </p>
        ) : (
          showDay(visit.dueOn)
        ),
      },
      ...(visit.note ? [{ label: say('page.visits.note'), value: visit.note }] : []),
      { label: say('page.visits.assigned-by'), value: visit.assignedByName },
    ]}
  />
);

const view = async (request: PageRequest): Promise<View> => {
  const { say, params, execute } = request;
  const visit = await execute(getVisit, { visitId: params.visitId! });
  const open = visit.state === 'open';
  return {
    title: visit.head ?? visit.code,
    body: (
      <>
        <PageHead
          title={say('page.visits.title', { head: visit.head ?? visit.code })}
          back={{ href: '/visits', label: say('page.visits.back') }}
          lead={standing(request, visit)}
          actions={
            mayCount(request) && (
              <LinkButton href={`/households/${visit.subjectId}`}>{say('page.visits.to.household')}</LinkButton>
            )
          }
        />
        {!open && ended(request, visit)}
        {!open && (await Saved({ request, visit }))}
        {!open && mayRecordVisit(request) && (await NextVisit({ request }))}
        {about(request, visit)}
        {open && mayRecordVisit(request) ? (
          <RecordForm
            request={request}
            visitId={visit.visitId}
            lines={visit.toTell}
            known={visit}
            today={visit.today}
            spoken={await spokenOptions(request)}
            keep={await keptForm(request, here(params))}
          />
        ) : (
          visit.toTell.map((line) => (
            <Card title={line.title}>
              <p>{line.core}</p>
              {open && <Scripts line={line} say={say} />}
            </Card>
          ))
        )}
        {open && seesAll(request) && cancel(request, visit.visitId)}
      </>
    ),
  };
};

const here = ({ visitId = '' }: Readonly<Record<string, string>>): string => `/visits/${visitId}`;

export const visitPages = [
  page({ method: 'GET', path: '/visits/:visitId', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/visits/:visitId',
    signedIn: true,
    again: view,
    handle: async ({ form, params, execute }) => {
      const visitId = params.visitId!;
      const { lineIds } = await execute(getVisit, { visitId });
      const outcome = textOf(form, 'outcome') as VisitOutcome;
      await execute(recordVisit, {
        visitId,
        outcome,
        happenedOn: typedDay(textOf(form, 'happenedOn')),
        note: textOf(form, 'note'),
        proof: visitProofs.find((proof) => proof === textOf(form, 'proof')),
        results: outcome === 'met' ? resultsOf(form, lineIds) : [],
        ...(outcome === 'not-met' ? {} : learnedOf(form)),
      });
      return { redirect: here(params) };
    },
  }),
  page({
    method: 'POST',
    path: '/visits/:visitId/cancel',
    signedIn: true,
    formAt: here,
    again: view,
    handle: async ({ form, params, execute }) => {
      await execute(cancelVisit, { visitId: params.visitId!, reason: textOf(form, 'reason') });
      return { redirect: here(params) };
    },
  }),
];
