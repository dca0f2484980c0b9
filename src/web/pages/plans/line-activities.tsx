import { listActivities } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { Card, EmptyState, LinkButton, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { placesText } from '../../short-places.ts';
import { StateBadge } from '../../state-badge.tsx';
import { type FoundLine, mayRecordFor } from './line-top.tsx';

const NoActivities = ({ found, request }: { found: FoundLine; request: PageRequest }) => {
  const { plan, line } = found;
  const { say } = request;
  if (plan.state === 'draft')
    return (
      <EmptyState title={say('page.plans.no-activities')}>
        <p>{say('page.plans.no-activities-draft')}</p>
      </EmptyState>
    );
  return (
    <EmptyState title={say('page.plans.no-activities')}>
      <p>
        {line.standing === 'ahead'
          ? say('page.plans.no-activities-ahead', { day: showDay(line.startsOn) })
          : say('page.plans.no-activities-next')}
      </p>
      {mayRecordFor(found, request) && (
        <LinkButton href={`/evidence/new?line=${line.lineId}`}>{say('page.plans.to.record')}</LinkButton>
      )}
    </EmptyState>
  );
};

/** What was done for a line so far. */
export const lineActivities = async (found: FoundLine, request: PageRequest) => {
  const { plan, line } = found;
  const { say, execute } = request;
  const rows = await execute(listActivities, { code: plan.code, position: line.position });
  return (
    <Card title={say('page.plans.activities')}>
      {rows.length === 0 ? (
        <NoActivities found={found} request={request} />
      ) : (
        <Table
          caption={say('page.plans.activities')}
          captionHidden
          rows={rows}
          columns={[
            {
              label: say('page.plans.day'),
              cell: (each) => <a href={`/plans/activities/${each.activityId}`}>{showDay(each.happenedOn)}</a>,
            },
            { label: say('page.plans.kind'), cell: (each) => say(`channel.${each.kind}`) },
            { label: say('page.plans.places'), cell: (each) => placesText(each.places) },
            { label: say('page.plans.language'), cell: (each) => say(`language.${each.language}`) },
            { label: say('page.plans.proof'), cell: (each) => say(`proof.${each.proof}`) },
            { label: say('page.plans.by'), cell: (each) => each.recordedByName },
            {
              label: say('page.plans.counts'),
              cell: (each) =>
                each.voidedAt ? (
                  <>
                    <StateBadge say={say} kind="activity" state="no" /> {each.voidReason}
                  </>
                ) : (
                  <StateBadge say={say} kind="activity" state="yes" />
                ),
            },
          ]}
        />
      )}
    </Card>
  );
};
