import { listContacts } from '../../../modules/reach/index.ts';
import { type ListedVisit, listVisits } from '../../../modules/visits/index.ts';
import { Actions, Lead, LinkButton, SummaryList } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';

/** What of a visit counts now, message by message: whoever wrote it down sees that it arrived. */
export const Saved = async ({ request, visit }: { request: PageRequest; visit: ListedVisit }) => {
  const { execute, say } = request;
  if (visit.activityIds.length === 0 || visit.gone) return null;
  const { contacts } = await execute(listContacts, { subjectId: visit.subjectId });
  const own = contacts.filter(({ activityId }) => activityId !== null && visit.activityIds.includes(activityId));
  return (
    <SummaryList
      items={own.map(({ message, effective, why, voidReason }) => ({
        label: message.title,
        value: capital(
          voidReason !== null
            ? say('page.evidence.voided')
            : why
              ? `${say(`stage.${effective}`)} (${say(`shortfall.${why}`)})`
              : say(`stage.${effective}`),
        ),
      }))}
    />
  );
};

/** The open visit that is due first: one's own before those of others in one's places. */
const nextVisit = async ({ execute }: PageRequest): Promise<ListedVisit | undefined> => {
  const [own] = (await execute(listVisits, { states: ['open'], mine: true, limit: 1 })).visits;
  return own ?? (await execute(listVisits, { states: ['open'], limit: 1 })).visits[0];
};

/** Where to go once a visit is over. */
export const NextVisit = async ({ request }: { request: PageRequest }) => {
  const { say } = request;
  const next = await nextVisit(request);
  if (!next) return <Lead>{say('page.visits.no-next')}</Lead>;
  return (
    <Actions>
      <LinkButton look="primary" href={`/visits/${next.visitId}`}>
        {say('page.visits.next', { head: next.head ?? next.code, village: capital(next.village.split(',')[0]!) })}
      </LinkButton>
    </Actions>
  );
};
