import type { PlanView } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { LinkButton } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { StateLead } from '../../state-badge.tsx';
import { coverageAddress } from '../coverage/index.ts';
import { mayCount, mayRecord } from './may-plan.ts';
import { waySent } from './way-sent.ts';

export type LineView = PlanView['lines'][number];

/** A line with its plan. */
export interface FoundLine {
  readonly plan: PlanView;
  readonly line: LineView;
}

/** May the reader write down something for it now? */
export const mayRecordFor = ({ plan, line }: FoundLine, request: PageRequest): boolean =>
  plan.state === 'issued' && mayRecord(request) && line.mayBeRecorded;

/** Where the line stands, and who does what next. */
export const lineStanding = (found: FoundLine, request: PageRequest) => {
  const { line } = found;
  const sent = waySent(line) !== undefined && mayCount(request);
  return (
    <StateLead
      say={request.say}
      kind="line"
      state={line.standing ?? 'none'}
      how={line.standing === 'open' && !line.mayBeRecorded ? 'send' : undefined}
      may={mayRecordFor(found, request) || sent}
      params={{ day: showDay(line.endsOn), body: line.body, name: line.headName, post: line.headPost }}
    />
  );
};

/** What one does with a line, the main thing first. */
export const lineActions = (found: FoundLine, request: PageRequest) => {
  const { plan, line } = found;
  const { say } = request;
  const sent = waySent(line);
  return (
    <>
      {mayRecordFor(found, request) && (
        <LinkButton look="primary" href={`/evidence/new?line=${line.lineId}`}>
          {say('page.plans.to.record')}
        </LinkButton>
      )}
      {plan.state === 'issued' && sent && mayCount(request) && (
        <LinkButton look={line.mayBeRecorded ? 'secondary' : 'primary'} href={sent.href}>
          {say(`page.plans.to.${sent.key}`)}
        </LinkButton>
      )}
      {plan.state !== 'draft' && mayCount(request) && (
        <>
          <LinkButton href={coverageAddress(plan.code, line.position)}>{say('page.plans.to.coverage')}</LinkButton>
          <LinkButton href={`/left-behind?line=${line.lineId}`}>{say('page.plans.to.left-behind')}</LinkButton>
        </>
      )}
    </>
  );
};
