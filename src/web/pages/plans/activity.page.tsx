import { getActivity, voidActivity } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import {
  Actions,
  Button,
  Card,
  Field,
  Form,
  FormTrouble,
  Lead,
  LinkButton,
  PageHead,
  SummaryList,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment } from '../../show.ts';
import { StateLead } from '../../state-badge.tsx';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { mayImportPlan, mayRecord } from './may-plan.ts';

type ActivityView = Awaited<ReturnType<(typeof getActivity)['run']>>;

const lineOf = ({ planCode, position }: ActivityView): string => `/plans/${planCode}/lines/${position}`;

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed, params, execute } = request;
  const activity = await execute(getActivity, { activityId: params.activityId! });
  const title = say('page.plans.activity', { kind: `@channel.${activity.kind}`, day: showDay(activity.happenedOn) });
  return {
    title,
    body: (
      <>
        <PageHead
          title={capital(title)}
          back={{ href: lineOf(activity), label: say('page.plans.back-to-line', { position: activity.position }) }}
          lead={
            <StateLead
              say={say}
              kind="activity"
              state={activity.voidedAt ? 'no' : 'yes'}
              may={mayRecord(request)}
              params={{ reason: activity.voidReason ?? '' }}
            />
          }
          actions={
            <>
              {activity.voidedAt && mayRecord(request) && (
                <LinkButton look="primary" href={`/evidence/new?line=${activity.lineId}&kind=${activity.kind}`}>
                  {say('page.plans.to.record')}
                </LinkButton>
              )}
              <LinkButton href={`/evidence/activities/${activity.activityId}`}>{say('page.plans.proved')}</LinkButton>
            </>
          }
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Card>
          <SummaryList
            items={[
              { label: say('page.plans.places'), value: activity.places.map(capital).join('; ') },
              { label: say('page.plans.language'), value: say(`language.${activity.language}`) },
              { label: say('page.plans.proof'), value: say(`proof.${activity.proof}`) },
              { label: say('page.plans.edition-told'), value: String(activity.edition) },
              { label: say('page.plans.note'), value: activity.note || say('ui.none') },
              {
                label: say('page.plans.by'),
                value: `${activity.recordedByName}, ${showMoment(activity.recordedAt)}`,
              },
            ]}
          />
        </Card>
        {!activity.voidedAt && mayImportPlan(request) && (
          <Card title={say('page.plans.void')}>
            <Lead>{say('page.plans.void-lead')}</Lead>
            <Form action={`/plans/activities/${activity.activityId}/void`} csrf={csrf}>
              <Field
                name="reason"
                label={say('page.plans.void-reason')}
                value={textOf(typed.values, 'reason')}
                error={faultAt(request, 'reason')}
              />
              <Actions>
                <Button look="danger">{say('page.plans.void')}</Button>
              </Actions>
            </Form>
          </Card>
        )}
      </>
    ),
  };
};

export const planActivityPages = [
  page({ method: 'GET', path: '/plans/activities/:activityId', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/plans/activities/:activityId/void',
    signedIn: true,
    formAt: ({ activityId }) => `/plans/activities/${activityId}`,
    again: view,
    handle: async ({ params, form, execute }) => {
      const activityId = params.activityId!;
      await execute(voidActivity, { activityId, reason: textOf(form, 'reason') });
      return { redirect: `/plans/activities/${activityId}` };
    },
  }),
];
