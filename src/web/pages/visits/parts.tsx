import type { ListedVisit } from '../../../modules/visits/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Card, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';

export const languagesOf = (say: Say, { languages }: Pick<ListedVisit, 'languages'>): string =>
  languages?.length ? languages.map((each) => say(`language.${each}`)).join(', ') : say('page.visits.language-unknown');

/** Officers and agents write down what happened. */
export const mayRecordVisit = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'agent');

/** Officers and leaders see everybody's, with filters. */
export const seesAll = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

const overdueMark = (say: Say, { overdue }: ListedVisit) => overdue && <strong> {say('page.visits.overdue')}</strong>;

const stateText = (say: Say, { state, happenedOn }: ListedVisit): string =>
  [say(`visit-state.${state}`), happenedOn ? showDay(happenedOn) : ''].filter(Boolean).join(', ');

/** One household a card, large enough for a thumb: where, who, in which language, what to tell. */
export const VisitCards = ({ say, visits }: { say: Say; visits: readonly ListedVisit[] }) => (
  <div class="cards">
    {visits.map((visit) => (
      <Card>
        <h3>
          <a class="cover" href={`/visits/${visit.visitId}`}>
            {visit.head ?? visit.code}
          </a>
        </h3>
        <p>
          {capital(visit.village)} · {visit.code}
        </p>
        <p>{say('page.visits.speak', { languages: languagesOf(say, visit) })}</p>
        <p>{say('page.visits.tell', { titles: visit.lines.map(({ title }) => title).join('; ') })}</p>
        <p class="hint">
          {visit.state === 'open'
            ? say('page.visits.due-on', { day: showDay(visit.dueOn) })
            : capital(stateText(say, visit))}
          {overdueMark(say, visit)}
        </p>
        {visit.note && <p class="hint">{visit.note}</p>}
      </Card>
    ))}
  </div>
);

export const VisitTable = ({ say, visits }: { say: Say; visits: readonly ListedVisit[] }) => (
  <Table
    caption={say('nav.visits')}
    captionHidden
    rows={visits}
    columns={[
      {
        label: say('page.households.head'),
        cell: (visit) => <a href={`/visits/${visit.visitId}`}>{visit.head ?? visit.code}</a>,
      },
      { label: say('page.households.code'), cell: (visit) => visit.code },
      { label: say('page.visits.village'), cell: (visit) => capital(visit.village) },
      { label: say('page.visits.languages'), cell: (visit) => languagesOf(say, visit) },
      { label: say('page.visits.what'), cell: (visit) => visit.lines.map(({ title }) => title).join('; ') },
      { label: say('page.visits.agent'), cell: (visit) => visit.agentName },
      {
        label: say('page.visits.due'),
        cell: (visit) => (
          <>
            {showDay(visit.dueOn)}
            {overdueMark(say, visit)}
          </>
        ),
      },
      {
        label: say('page.visits.state'),
        cell: (visit) => stateText(say, visit),
      },
    ]}
  />
);
