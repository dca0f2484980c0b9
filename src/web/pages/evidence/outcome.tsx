import type { getOutcome } from '../../../modules/reach/index.ts';
import { stages } from '../../../shared/channels.ts';
import { Alert, Card, Counted, Figure, Figures, Lead, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { showNumber } from '../../show.ts';

type Outcome = Awaited<ReturnType<typeof getOutcome.run>>;
type Asking = Pick<PageRequest, 'say' | 'language'>;

/** How many households count at which stage, and how many only as "could hear or see", with the reason. */
export const Counts = (props: {
  request: Asking;
  counts: Outcome['counts'];
  /** It stands above a form in which something was typed. */
  apart?: boolean;
}) => {
  const { counts, apart } = props;
  const { say, language } = props.request;
  const short = Object.entries(counts.short);
  const number = (count: number) => showNumber(count, language);
  return (
    <>
      <Figures say={say} how="outcome" apart={apart}>
        {stages
          .filter((stage) => counts.stages[stage])
          .map((stage) => (
            <Figure
              value={number(counts.stages[stage]!)}
              caption={say('page.evidence.counted', { stage: `@stage.${stage}` })}
            />
          ))}
        {short.length > 0 && (
          <Figure
            value={number(short.reduce((sum, [, count]) => sum + count, 0))}
            caption={say('page.evidence.counted', { stage: '@stage.1' })}
            note={short.map(([why, count]) => `${say(`shortfall.${why}`)}: ${number(count)}`).join(' · ')}
          />
        )}
        {counts.voided > 0 && <Figure value={number(counts.voided)} caption={say('page.evidence.voided')} />}
      </Figures>
      {short.length > 0 && (
        <Alert tone="info">
          <p>{say('page.evidence.why-short')}</p>
        </Alert>
      )}
    </>
  );
};

/** Who was on the list, and how each counts. */
export const Households = ({ request: { say }, rows }: { request: Asking; rows: Outcome['households'] }) =>
  rows.length === 0 ? null : (
    <Card title={say('page.evidence.households')}>
      <Table
        caption={say('page.evidence.households')}
        captionHidden
        rows={rows}
        columns={[
          {
            label: say('evidence.column.head'),
            cell: (row) => <a href={`/households/${row.subjectId}`}>{row.headName ?? row.code}</a>,
          },
          { label: say('evidence.column.code'), cell: ({ code }) => code },
          { label: say('page.evidence.village'), cell: ({ village }) => village },
          { label: say('page.evidence.recorded-as'), cell: ({ stage }) => say(`stage.${stage}`) },
          {
            label: say('page.evidence.counts-as'),
            cell: ({ effective, why, voidedAt }) => {
              if (voidedAt) return say('page.evidence.voided');
              return why ? `${say(`stage.${effective}`)} (${say(`shortfall.${why}`)})` : say(`stage.${effective}`);
            },
          },
        ]}
      />
    </Card>
  );

/** Where it was played or shown, and how many there understand the language: could hear, which is not reached. */
export const Villages = ({ request: { say, language }, rows }: { request: Asking; rows: Outcome['villages'] }) =>
  rows.length === 0 ? null : (
    <Card title={say('page.evidence.villages-heard')}>
      <Lead>{say('page.evidence.only-heard')}</Lead>
      <Counted say={say} how="heard" of={say('page.evidence.villages-heard')}>
        <Table
          caption={say('page.evidence.villages-heard')}
          captionHidden
          rows={rows}
          columns={[
            {
              label: say('page.evidence.village'),
              cell: ({ village, voidedAt }) => (voidedAt ? `${village} (${say('page.evidence.voided')})` : village),
            },
            { label: say('page.evidence.listed'), number: true, cell: (row) => showNumber(row.households, language) },
            {
              label: say('page.evidence.understanding'),
              number: true,
              cell: (row) => showNumber(row.understanding, language),
            },
            { label: say('page.evidence.not-known'), number: true, cell: (row) => showNumber(row.unknown, language) },
          ]}
        />
      </Counted>
    </Card>
  );
