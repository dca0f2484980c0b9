import { listLines, listRecent } from '../../../modules/delivery/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { Actions, Card, EmptyState, LinkButton, Table } from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';

const SHOWN = 3;

/** A few names and how many more. */
const villagesText = ({ say, language }: PageRequest, villages: readonly string[]): string => {
  const first = villages.slice(0, SHOWN).join('; ');
  const more = villages.length - SHOWN;
  return more > 0 ? say('page.evidence.and-more', { villages: first, more: showNumber(more, language) }) : first;
};

type Line = Awaited<ReturnType<(typeof listLines)['run']>>[number];

const lineTable = ({ say, language }: PageRequest, rows: readonly Line[]) => (
  <Table
    caption={say('page.evidence.lines')}
    captionHidden
    rows={rows}
    columns={[
      {
        label: say('page.evidence.line'),
        cell: (line) => <a href={`/evidence/new?line=${line.lineId}`}>{line.what}</a>,
      },
      { label: say('page.evidence.message'), cell: ({ message }) => message.title },
      {
        label: say('page.evidence.plan'),
        cell: (line) => say('page.evidence.plan-line', { plan: line.planTitle, position: String(line.position) }),
      },
      {
        label: say('page.evidence.villages-count'),
        number: true,
        cell: (line) => showNumber(line.villages, language),
      },
    ]}
  />
);

/** Lines for which something can be written down; folded away, those of plans whose period is over. */
const lines = async (request: PageRequest) => {
  const { say, execute } = request;
  const found = (await execute(listLines, {})).filter(({ mayBeRecorded }) => mayBeRecorded);
  if (found.length === 0)
    return (
      <EmptyState title={say('page.evidence.no-lines')}>
        <p>{say('page.evidence.no-lines-hint')}</p>
      </EmptyState>
    );
  const past = found.filter(({ over }) => over);
  const now = found.filter(({ over }) => !over);
  return (
    <>
      {now.length > 0 && lineTable(request, now)}
      {past.length > 0 && (
        <details class="part" open={now.length === 0}>
          <summary>{say('page.plans.over-group')}</summary>
          {lineTable(request, past)}
        </details>
      )}
    </>
  );
};

const recent = async (request: PageRequest) => {
  const { say, execute } = request;
  const found = await execute(listRecent, { limit: 20 });
  if (found.length === 0) return <p class="hint">{say('page.evidence.nothing-yet')}</p>;
  return (
    <Table
      caption={say('page.evidence.recent')}
      captionHidden
      rows={found}
      columns={[
        {
          label: say('page.evidence.what-was-done'),
          cell: (row) => (
            <a href={`/evidence/activities/${row.activityId}`}>
              {capital(say(`channel.${row.kind}`))}, {showDay(row.happenedOn)}
            </a>
          ),
        },
        { label: say('page.evidence.message'), cell: ({ message }) => message },
        { label: say('page.evidence.villages'), cell: ({ villages }) => villagesText(request, villages) },
        { label: say('page.evidence.language'), cell: (row) => say(`language.${row.language}`) },
        { label: say('page.evidence.proof'), cell: (row) => say(`proof.${row.proof}`) },
        {
          label: say('page.evidence.recorded-by'),
          cell: (row) =>
            row.voidedAt
              ? say('page.evidence.voided-because', { reason: row.voidReason ?? '' })
              : say('page.evidence.by-at', { name: row.recordedByName, at: showMoment(row.recordedAt) }),
        },
      ]}
    />
  );
};

export const evidenceListPage = page({
  method: 'GET',
  path: '/evidence',
  signedIn: true,
  handle: async (request) => {
    const { say } = request;
    return {
      title: say('nav.evidence'),
      body: (
        <>
          <h1>{say('nav.evidence')}</h1>
          <p class="lead">{say('page.evidence.lead')}</p>
          <Card title={say('page.evidence.lines')}>{await lines(request)}</Card>
          <Actions>
            <LinkButton href="/evidence/log">{say('page.evidence.log')}</LinkButton>
            <LinkButton href="/visits">{say('page.evidence.visits')}</LinkButton>
          </Actions>
          <Card title={say('page.evidence.recent')}>{await recent(request)}</Card>
        </>
      ),
    };
  },
});
