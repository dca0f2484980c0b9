import type { getImport } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { Figure, Figures, SummaryList } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';

export type Import = Awaited<ReturnType<(typeof getImport)['run']>>;

/** What the sender said of the list, and when it came and went. */
export const aboutImport = (list: Import, { say }: PageRequest) => (
  <SummaryList
    items={[
      {
        label: say('page.imports.file'),
        value: list.membersFileName ? `${list.fileName}, ${list.membersFileName}` : list.fileName,
      },
      { label: say('page.imports.place'), value: capital(list.placeName) },
      { label: say('page.imports.as-of'), value: showDay(list.asOf) },
      {
        label: say('page.imports.complete'),
        value: list.completeClasses?.map((each) => say(`class.${each}`)).join(', ') ?? say('page.imports.not-complete'),
      },
      { label: say('page.imports.standard-label'), value: say(`standard.${list.standard}`) },
      { label: say('page.imports.sender-label'), value: list.sender },
      {
        label: say('page.imports.received'),
        value: say('page.imports.received-by', { at: showMoment(list.createdAt), name: list.createdByName }),
      },
      ...(list.committedAt ? [{ label: say('page.imports.committed-at'), value: showMoment(list.committedAt) }] : []),
      ...(list.undoneAt ? [{ label: say('page.imports.undone-at'), value: showMoment(list.undoneAt) }] : []),
    ]}
  />
);

/** What the dry run counted; a figure opens its rows. */
export const importFigures = (list: Import, { say, language }: PageRequest) => {
  const { counts } = list;
  if (!counts) return null;
  const at = `/imports/${list.importId}`;
  const open = (count: number, path: string) => (count > 0 ? `${at}/${path}` : undefined);
  const figure = (key: string, value: number, href?: string) => (
    <Figure
      value={showNumber(value, language)}
      caption={say(`page.imports.count.${key}`, { count: value })}
      href={href}
    />
  );
  return (
    <Figures
      say={say}
      how={[
        ['import', say('help.of-list')],
        ['faults', say('help.of-faults')],
      ]}
    >
      {figure('households', counts.households)}
      {figure('members', counts.members)}
      {figure('added', counts.added)}
      {figure('changed', counts.changed)}
      {figure('same', counts.same)}
      {figure('errors', counts.errors, open(counts.errors, 'faults'))}
      {figure('warnings', counts.warnings, open(counts.warnings, 'faults'))}
      {figure('missing', counts.missing, open(counts.missing, 'decisions?kind=missing'))}
      {figure('duplicates', counts.duplicates, open(counts.duplicates, 'decisions?kind=duplicate'))}
      {figure('left-out', counts.leftOut)}
    </Figures>
  );
};
