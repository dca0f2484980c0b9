import { LinkButton } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { mayCount } from './may-plan.ts';

/** The results of an issued plan as of today, as files; those of a month end are a page away. */
export const ReportLinks = ({ plan, request }: { plan: { code: string; state: string }; request: PageRequest }) => {
  const { say } = request;
  if (plan.state === 'draft' || !mayCount(request)) return null;
  return (
    <>
      <LinkButton href={`/plans/${plan.code}/report.docx`}>{say('page.reports.docx')}</LinkButton>
      <LinkButton href={`/plans/${plan.code}/report.xlsx`}>{say('page.reports.xlsx')}</LinkButton>
      <LinkButton href={`/plans/${plan.code}/report`}>{say('page.reports.other-day')}</LinkButton>
    </>
  );
};
