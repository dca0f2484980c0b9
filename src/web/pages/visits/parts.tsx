import type { ListedVisit } from '../../../modules/visits/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Badge, Cards, Hint, LinkCard } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';

export const languagesOf = (say: Say, { languages }: Pick<ListedVisit, 'languages'>): string =>
  languages?.length ? languages.map((each) => say(`language.${each}`)).join(', ') : say('page.visits.language-unknown');

/** Officers and agents write down what happened. */
export const mayRecordVisit = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'agent');

/** Officers and leaders see everybody's, with filters; they give visits to others and call them off. */
export const seesAll = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

export const overdueMark = (say: Say, { overdue }: ListedVisit) =>
  overdue && (
    <>
      {' '}
      <Badge tone="danger">{say('page.visits.overdue')}</Badge>
    </>
  );

export const stateText = (say: Say, { state, happenedOn }: ListedVisit): string =>
  [say(`visit-state.${state}`), happenedOn ? showDay(happenedOn) : ''].filter(Boolean).join(', ');

/** One household a card, large enough for a thumb: where, who, in which language, what to tell. */
export const VisitCards = ({ say, visits }: { say: Say; visits: readonly ListedVisit[] }) => (
  <Cards>
    {visits.map((visit) => (
      <LinkCard href={`/visits/${visit.visitId}`} title={visit.head ?? visit.code}>
        <p>
          {capital(visit.village)} · {visit.code}
        </p>
        <p>{say('page.visits.speak', { languages: languagesOf(say, visit) })}</p>
        <p>{say('page.visits.tell', { titles: visit.lines.map(({ title }) => title).join('; ') })}</p>
        <Hint>
          {visit.state === 'open'
            ? say('page.visits.due-on', { day: showDay(visit.dueOn) })
            : capital(stateText(say, visit))}
          {overdueMark(say, visit)}
        </Hint>
        {visit.note && <Hint>{visit.note}</Hint>}
      </LinkCard>
    ))}
  </Cards>
);
