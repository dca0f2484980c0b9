import type { ComponentChild } from 'preact';
import type { getHousehold } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { showPhone } from '../../../shared/phone.ts';
import type { PageRequest } from '../../page.ts';
import { StateBadge } from '../../state-badge.tsx';
import { liftPath } from './lift.page.tsx';
import { mayAllow, mayRefuse } from './refusal-fields.tsx';
import { refusePath } from './refuse.page.tsx';

type Household = Awaited<ReturnType<(typeof getHousehold)['run']>>;

interface Props {
  readonly request: Pick<PageRequest, 'say' | 'actor'>;
  readonly household: Pick<Household, 'subjectId' | 'today'>;
  readonly contact: Household['contacts'][number];
}

/** A number of a household: whether it may be written to and called, and what can be done about it. */
export const contactCell = ({ request, household: { subjectId, today }, contact }: Props): ComponentChild => {
  const { say } = request;
  const { value, refusal, contactPointId, validTo } = contact;
  const isPhone = value.startsWith('+84');
  const shown = isPhone ? showPhone(value) : value;
  if (refusal)
    return (
      <>
        {shown} <StateBadge say={say} kind="refusal" state="refused" />{' '}
        {say('page.refusals.since-how', { day: showDay(refusal.since), how: say(`refusal-how.${refusal.how}`) })}
        {mayAllow(request) && (
          <>
            {' · '}
            <a href={liftPath(refusal.refusalId, subjectId)}>{say('page.refusals.allow')}</a>
          </>
        )}
      </>
    );
  // Of a number that is not theirs any more nobody asks the household.
  const theirs = validTo === null || validTo > today;
  return isPhone && theirs && mayRefuse(request) ? (
    <>
      {shown} · <a href={refusePath(subjectId, contactPointId)}>{say('page.refusals.refuse')}</a>
    </>
  ) : (
    shown
  );
};
