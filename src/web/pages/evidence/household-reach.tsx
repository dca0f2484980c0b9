import type { listContacts } from '../../../modules/reach/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Card, Counted, EmptyState, Hint, StageSign, signOf, Table } from '../../../ui/index.ts';

export type Ledger = Awaited<ReturnType<typeof listContacts.run>>;

interface Props {
  readonly say: Say;
  readonly subjectId: string;
  readonly ledger: Ledger;
  /** Officers void what was recorded wrongly. */
  readonly mayVoid: boolean;
}

type Row = Ledger['contacts'][number];

const Effective = ({ say, row }: { say: Say; row: Row }) => {
  const { effective, why, voidReason, voidedByName } = row;
  if (voidReason !== null)
    return <>{say('page.evidence.voided-by', { name: voidedByName ?? '', reason: voidReason })}</>;
  const text = why ? `${say(`stage.${effective}`)} (${say(`shortfall.${why}`)})` : say(`stage.${effective}`);
  return <StageSign say={say} stage={signOf(effective)} text={text} />;
};

const How = ({ say, row }: { say: Say; row: { channel: string; language: string; activityId: string | null } }) => {
  const text = `${say(`channel.${row.channel}`)}, ${say(`language.${row.language}`)}`;
  return row.activityId ? <a href={`/evidence/activities/${row.activityId}`}>{text}</a> : text;
};

/** What a household was told and how it counts; what was played or shown where it lived. The ledger of one household. */
export const HouseholdReach = ({ say, subjectId, ledger: { contacts, heard }, mayVoid }: Props) => (
  <>
    <Card title={say('page.evidence.reached')}>
      {contacts.length === 0 ? (
        <EmptyState title={say('page.evidence.never-reached')}>
          <p>{say('page.evidence.never-reached-next')}</p>
        </EmptyState>
      ) : (
        <Counted say={say} how="household" of={say('page.evidence.reached')}>
          <Table
            caption={say('page.evidence.reached')}
            captionHidden
            rows={contacts}
            columns={[
              { label: say('page.evidence.day'), cell: (row) => showDay(row.happenedOn) },
              { label: say('page.evidence.message'), cell: ({ message }) => message.title },
              { label: say('page.evidence.how'), cell: (row) => <How say={say} row={row} /> },
              {
                label: say('page.evidence.recorded-as'),
                cell: ({ stage }) => <StageSign say={say} stage={signOf(stage)} />,
              },
              { label: say('page.evidence.counts-as'), cell: (row) => <Effective say={say} row={row} /> },
              {
                label: say('page.evidence.proof'),
                cell: (row) => `${say(`proof.${row.proof}`)} · ${row.recordedByName}`,
              },
              ...(mayVoid
                ? [
                    {
                      label: say('page.evidence.void'),
                      cell: (row: Row) =>
                        row.voidReason === null ? (
                          <a href={`/evidence/contacts/${row.contactId}/void?household=${subjectId}`}>
                            {say('page.evidence.void')}
                          </a>
                        ) : (
                          '—'
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </Counted>
      )}
    </Card>
    {heard.length > 0 && (
      <Card title={say('page.evidence.heard')}>
        <Hint>{say('page.evidence.heard-hint')}</Hint>
        <Table
          caption={say('page.evidence.heard')}
          captionHidden
          rows={heard.slice(0, 30)}
          columns={[
            { label: say('page.evidence.day'), cell: (row) => showDay(row.happenedOn) },
            { label: say('page.evidence.message'), cell: ({ message }) => message.title },
            { label: say('page.evidence.how'), cell: (row) => <How say={say} row={row} /> },
            { label: say('page.evidence.village'), cell: ({ village }) => village },
            {
              label: say('page.evidence.understood'),
              cell: ({ understood }) => say(understood === null ? 'ui.unknown' : understood ? 'ui.yes' : 'ui.no'),
            },
          ]}
        />
      </Card>
    )}
  </>
);
