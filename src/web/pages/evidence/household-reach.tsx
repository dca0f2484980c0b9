import type { listContacts } from '../../../modules/reach/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Card, Table } from '../../../ui/index.ts';

export type Ledger = Awaited<ReturnType<typeof listContacts.run>>;

interface Props {
  readonly say: Say;
  readonly subjectId: string;
  readonly ledger: Ledger;
  /** Officers void what was recorded wrongly. */
  readonly mayVoid: boolean;
}

type Row = Ledger['contacts'][number];

const counts = (say: Say, { effective, why, voidReason, voidedByName }: Row): string => {
  if (voidReason !== null) return say('page.evidence.voided-by', { name: voidedByName ?? '', reason: voidReason });
  return why ? `${say(`stage.${effective}`)} (${say(`shortfall.${why}`)})` : say(`stage.${effective}`);
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
        <p class="hint">{say('page.evidence.never-reached')}</p>
      ) : (
        <Table
          caption={say('page.evidence.reached')}
          captionHidden
          rows={contacts}
          columns={[
            { label: say('page.evidence.day'), cell: (row) => showDay(row.happenedOn) },
            { label: say('page.evidence.message'), cell: ({ message }) => message.title },
            { label: say('page.evidence.how'), cell: (row) => <How say={say} row={row} /> },
            { label: say('page.evidence.recorded-as'), cell: ({ stage }) => say(`stage.${stage}`) },
            { label: say('page.evidence.counts-as'), cell: (row) => counts(say, row) },
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
      )}
    </Card>
    {heard.length > 0 && (
      <Card title={say('page.evidence.heard')}>
        <p class="hint">{say('page.evidence.heard-hint')}</p>
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
