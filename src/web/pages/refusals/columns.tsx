import type { ComponentChild } from 'preact';
import type { listRefusals } from '../../../modules/registry/index.ts';
import { dayOf, showDay } from '../../../shared/dates.ts';
import { showPhone } from '../../../shared/phone.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Lines, Whole } from '../../../ui/index.ts';
import type { ListColumn } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { StateBadge } from '../../state-badge.tsx';
import { stateText } from '../../states.ts';
import { liftPath } from './lift.page.tsx';
import { mayAllow } from './refusal-fields.tsx';

export const refusalOrders = ['number', 'since', 'how', 'by', 'state'] as const;

type Refusal = Awaited<ReturnType<(typeof listRefusals)['run']>>['rows'][number];

/** Each with a way to its page; officers have none. */
const whose = ({ subjects }: Refusal): ComponentChild =>
  subjects.length === 0 ? (
    '—'
  ) : (
    <Lines>
      {subjects.map(({ subjectId, kind, name }) => (
        <li>{kind === 'household' ? <a href={`/households/${subjectId}`}>{name}</a> : name}</li>
      ))}
    </Lines>
  );

const lifted = (say: Say, until: string, { liftNote, liftedByName }: Refusal): string =>
  say('page.refusals.lifted', { day: showDay(until), note: liftNote ?? '', name: liftedByName ?? '' });

const stateOf = (say: Say, row: Refusal): string =>
  row.until
    ? `${stateText(say, { kind: 'refusal', state: 'lifted' })} ${lifted(say, row.until, row)}`
    : stateText(say, { kind: 'refusal', state: 'refused' });

const State = ({ row, say }: { row: Refusal; say: Say }) =>
  row.until === null ? (
    <StateBadge say={say} kind="refusal" state="refused" />
  ) : (
    <>
      <StateBadge say={say} kind="refusal" state="lifted" /> {lifted(say, row.until, row)}
    </>
  );

/** What can be done about those that stand; nothing that a file would have. */
const actColumn = ({ say }: PageRequest): ListColumn<Refusal, (typeof refusalOrders)[number]> => ({
  name: 'act',
  label: say('page.refusals.act'),
  cell: ({ refusalId, until }) =>
    until === null ? <a href={liftPath(refusalId)}>{say('page.refusals.allow')}</a> : '—',
});

export const refusalColumns = (request: PageRequest): ListColumn<Refusal, (typeof refusalOrders)[number]>[] => {
  const { say } = request;
  const notedBy = ({ recordedByName, recordedAt }: Refusal) =>
    say('page.refusals.by-at', { name: recordedByName, day: showDay(dayOf(recordedAt)) });
  return [
    {
      name: 'number',
      label: say('page.refusals.phone'),
      sort: 'number',
      always: true,
      cell: ({ value }) => <Whole>{showPhone(value)}</Whole>,
      text: ({ value }) => showPhone(value),
    },
    {
      name: 'since',
      label: say('page.refusals.since'),
      sort: 'since',
      largestFirst: true,
      cell: ({ since }) => showDay(since),
      text: ({ since }) => showDay(since),
    },
    {
      name: 'how',
      label: say('page.refusals.how-column'),
      sort: 'how',
      cell: ({ how }) => say(`refusal-how.${how}`),
      text: ({ how }) => say(`refusal-how.${how}`),
    },
    {
      name: 'note',
      label: say('page.refusals.note-column'),
      cell: ({ note }) => note || '—',
      text: ({ note }) => note,
    },
    {
      name: 'whose',
      label: say('page.refusals.whose'),
      cell: whose,
      text: ({ subjects }) => subjects.map(({ name }) => name).join('; '),
    },
    { name: 'by', label: say('page.refusals.by'), sort: 'by', cell: notedBy, text: notedBy },
    {
      name: 'state',
      label: say('page.refusals.state'),
      sort: 'state',
      cell: (row) => <State row={row} say={say} />,
      text: (row) => stateOf(say, row),
    },
    ...(mayAllow(request) ? [actColumn(request)] : []),
  ];
};
