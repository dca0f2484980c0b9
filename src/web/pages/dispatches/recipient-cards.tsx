import {
  type DispatchPreview,
  type LeftOut,
  leftOutCodes,
  type OtherWay,
  otherWayOf,
} from '../../../modules/delivery/index.ts';
import { Card, Counted, Figure, Figures, Hint, Narrow, Part, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { type Choices, leftOutAddress } from './choices.ts';

interface Props {
  readonly request: PageRequest;
  readonly seen: DispatchPreview;
}

/** Whom it goes to: how many, in which languages, and where somebody reads it. */
export const RecipientsCard = ({ request, seen }: Props) => {
  const { say, language } = request;
  const number = (value: number) => showNumber(value, language);
  return (
    <Card title={say('page.dispatches.recipients')}>
      <Figures
        say={say}
        how={[
          ['recipients', capital(say('page.dispatches.will-get'))],
          ['readers', capital(say('page.dispatches.somebody-reads'))],
        ]}
      >
        <Figure value={number(seen.recipients)} caption={say('page.dispatches.will-get')} />
        <Figure value={number(seen.reads)} caption={say('page.dispatches.somebody-reads')} />
      </Figures>
      <Hint>{say('page.dispatches.reads-hint')}</Hint>
      {seen.languages.length > 0 && (
        <Narrow>
          <Table
            caption={say('page.dispatches.by-language')}
            rows={seen.languages}
            columns={[
              { label: say('page.dispatches.language'), cell: (row) => capital(say(`language.${row.language}`)) },
              { label: capital(say('page.dispatches.will-get')), number: true, cell: (row) => number(row.recipients) },
              { label: capital(say('page.dispatches.somebody-reads')), number: true, cell: (row) => number(row.reads) },
            ]}
          />
        </Narrow>
      )}
    </Card>
  );
};

/** Who is left out, why, and by what else each can be told. */
export const LeftOutTable = (props: {
  request: PageRequest;
  why: Readonly<Partial<Record<LeftOut, number>>>;
  caption: string;
  /** Where the households of a reason are listed; a sending that was made knows only how many they were. */
  href?: (code: LeftOut) => string;
}) => {
  const { request, why, caption, href } = props;
  const { say, language } = request;
  const rows = leftOutCodes.flatMap((code) => (why[code] ? [{ code, count: why[code] }] : []));
  return (
    <Narrow>
      <Table
        caption={caption}
        rows={rows}
        columns={[
          { label: say('page.dispatches.why'), cell: ({ code }) => capital(say(`left-out.${code}`)) },
          {
            label: say('page.dispatches.households'),
            number: true,
            cell: ({ code, count }) =>
              href ? <a href={href(code)}>{showNumber(count, language)}</a> : showNumber(count, language),
          },
          {
            label: say('page.dispatches.other-way'),
            cell: ({ code }) => say(`page.dispatches.way.${otherWayOf(code)}`),
          },
        ]}
      />
    </Narrow>
  );
};

const WAYS = ['call', 'visit', 'done'] as const satisfies readonly OtherWay[];

/** Who can be told by which other way, and who by none but a visit; each figure opens just those households. */
export const LeftOutCard = ({ request, seen, choices }: Props & { choices: Choices }) => {
  const { say, language } = request;
  const { why, otherwise } = seen.leftOut;
  const all = otherwise.done + otherwise.call + otherwise.visit;
  return (
    <Card title={say('page.dispatches.left-out')}>
      {all === 0 ? (
        <Hint>{say('page.dispatches.nobody-left-out')}</Hint>
      ) : (
        <>
          <Figures say={say} how="left-out" of={say('page.dispatches.left-out')}>
            {WAYS.map((way) => (
              <Figure
                value={showNumber(otherwise[way], language)}
                caption={say(`page.dispatches.by-${way}`)}
                href={otherwise[way] > 0 ? leftOutAddress(choices, { way }) : undefined}
              />
            ))}
          </Figures>
          <LeftOutTable
            request={request}
            why={why}
            caption={say('page.dispatches.why-left-out', { count: all })}
            href={(code) => leftOutAddress(choices, { why: code })}
          />
        </>
      )}
    </Card>
  );
};

const FEW = 8;

/** The same by village. */
export const VillagesPart = ({ request, seen }: Props) => {
  const { say, language } = request;
  return (
    <Part
      card
      title={say('page.dispatches.by-village', { count: seen.places.length })}
      open={seen.places.length <= FEW}
    >
      <Narrow>
        <Counted
          say={say}
          how={[
            ['recipients', capital(say('page.dispatches.will-get'))],
            ['left-out', capital(say('page.dispatches.left-out-short'))],
          ]}
        >
          <Table
            caption={say('page.dispatches.by-village', { count: seen.places.length })}
            captionHidden
            rows={seen.places}
            columns={[
              { label: say('page.dispatches.village'), cell: ({ name }) => capital(name) },
              {
                label: capital(say('page.dispatches.will-get')),
                number: true,
                cell: (row) => showNumber(row.recipients, language),
              },
              {
                label: capital(say('page.dispatches.left-out-short')),
                number: true,
                cell: (row) => showNumber(row.leftOut, language),
              },
            ]}
          />
        </Counted>
      </Narrow>
    </Part>
  );
};
