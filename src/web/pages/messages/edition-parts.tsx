import {
  appliesOn,
  type Basis,
  type EditionView,
  exampleConditions,
  exampleValues,
  fillText,
} from '../../../modules/content/index.ts';
import type { Day } from '../../../shared/dates.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Badge, Hint, Lines, Said, Table } from '../../../ui/index.ts';
import { showMoment } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';

type Form = EditionView['forms'][number];
type SaidForm = Pick<Form, 'text' | 'answers' | 'rightAnswer'>;

/** "Tin nhắn (có dấu), tiếng Việt" */
export const formName = ({ kind, language }: Pick<Form, 'kind' | 'language'>, say: Say): string =>
  say('page.messages.form-head', { kind: say(`content.kind.${kind}`), language: say(`language.${language}`) });

const basisText = ({ number, date, issuer, title }: Basis, say: Say): string =>
  date
    ? say('page.messages.basis-of', { number, date: showDay(date), issuer, title })
    : say('page.messages.basis-of-undated', { number, issuer, title });

/** What a message rests on; what has ended, and what nobody has checked, is said. */
export const Bases = ({ bases, today, say }: { bases: readonly Basis[]; today: Day; say: Say }) =>
  bases.length === 0 ? (
    <Hint>{say('page.messages.no-bases')}</Hint>
  ) : (
    <Lines>
      {bases.map((basis) => (
        <li>
          {basisText(basis, say)}
          {(basis.validFrom || basis.validTo) && (
            <>
              {'; '}
              {say('page.messages.basis-valid', {
                from: basis.validFrom ? showDay(basis.validFrom) : '…',
                to: basis.validTo ? showDay(basis.validTo) : '…',
              })}
            </>
          )}{' '}
          <StateBadge say={say} kind="basis" state={basis.mark} />
          {!appliesOn(basis, today) && (
            <>
              {' '}
              <Badge tone="danger">{say('page.messages.basis-ended')}</Badge>
            </>
          )}
        </li>
      ))}
    </Lines>
  );

/** A text as it stands, and of a question its answers. */
export const SaidText = ({ said, say }: { said: SaidForm; say: Say }) => (
  <>
    <Said quoted>{said.text}</Said>
    {said.answers.length > 0 && (
      <Lines ordered>
        {said.answers.map((answer, at) => (
          <li>
            {answer} {at + 1 === said.rightAnswer && <strong>{say('page.messages.right-answer')}</strong>}
          </li>
        ))}
      </Lines>
    )}
  </>
);

/** A text with gaps as it will be read: with invented values, once with every condition holding and once with none. */
export const FilledText = ({ text, say }: { text: string; say: Say }) => {
  const [all, none] = [true, false].map((holding) => fillText(text, exampleValues, exampleConditions(holding)));
  if (all === text && none === text) return null;
  return (
    <>
      <p>
        <strong>{say('page.messages.filled')}</strong>
      </p>
      {all !== none && <Hint>{say('page.messages.filled-all')}</Hint>}
      <Said quoted>{all}</Said>
      {all !== none && (
        <>
          <Hint>{say('page.messages.filled-none')}</Hint>
          <Said quoted>{none}</Said>
        </>
      )}
    </>
  );
};

/** Who did what with an edition and the corrections of its forms, latest first. */
export const History = ({ edition, say }: { edition: EditionView; say: Say }) => {
  const known = new Map(
    [...edition.forms, ...edition.corrections, ...edition.olderForms].map((form) => [form.formId, form]),
  );
  return (
    <Table
      caption={say('page.messages.history')}
      rows={edition.steps.toReversed()}
      columns={[
        {
          label: say('page.messages.history-what'),
          cell: ({ what, formId }) => {
            const form = formId ? known.get(formId) : undefined;
            const done = say(`content.step.${what}`);
            return form ? say('page.messages.of-form', { what: done, form: formName(form, say) }) : done;
          },
        },
        { label: say('page.messages.history-who'), cell: ({ name }) => name },
        { label: say('page.messages.history-when'), cell: ({ at }) => showMoment(at) },
        { label: say('page.messages.history-note'), cell: ({ note }) => note || '—' },
      ]}
    />
  );
};
