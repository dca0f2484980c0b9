import { countsText, type Entry, entryMoment, entryWhat, entryWho, thingText } from '../../../modules/audit/index.ts';
import type { ListColumn } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { showMoment } from '../../show.ts';
import { ThingList } from './thing-list.tsx';

export const entryColumns = (request: PageRequest): ListColumn<Entry>[] => {
  const { say } = request;
  const via = (entry: Entry) => say(`audit.via.${entry.via}`);
  return [
    {
      name: 'at',
      label: say('page.audit.at'),
      always: true,
      cell: ({ at }) => showMoment(at),
      text: ({ at }) => entryMoment(at),
    },
    {
      name: 'who',
      label: say('page.audit.who'),
      cell: (entry) => entryWho(say, entry),
      text: (entry) => entryWho(say, entry),
    },
    {
      name: 'what',
      label: say('page.audit.what'),
      always: true,
      cell: (entry) => entryWhat(say, entry),
      text: (entry) => entryWhat(say, entry),
    },
    {
      name: 'things',
      label: say('page.audit.things'),
      cell: (entry) => <ThingList request={request} entry={entry} />,
      text: ({ things }) => things.map((thing) => thingText(say, thing)).join('; '),
    },
    { name: 'via', label: say('page.audit.via'), cell: via, text: via },
  ];
};

/** In a file full ids and counts stand by themselves, so that a row can be found again and added up. */
export const entryFileColumns = (request: PageRequest): ListColumn<Entry>[] => {
  const { say } = request;
  const more: ListColumn<Entry>[] = [
    { name: 'id', text: ({ things }: Entry) => things.map(({ id }) => id).join(' ') },
    { name: 'count', text: (entry: Entry) => countsText(say, entry) },
  ].map((column) => ({ ...column, label: say(`page.audit.${column.name}`), always: true, cell: column.text }));
  const shown = entryColumns(request);
  return [...shown.slice(0, -1), ...more, ...shown.slice(-1)];
};
