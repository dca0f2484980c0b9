import type { listDecisions } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';

export type Decision = Awaited<ReturnType<(typeof listDecisions)['run']>>[number];

/** One side of a question: enough of a household to tell it from one of the same name. */
interface Side {
  readonly head: string;
  readonly code: string | null;
  readonly village: string;
  readonly class: string | null;
  readonly born: string | null;
  readonly precision: 'day' | 'month' | 'year' | null;
  readonly last4: string | null;
}

const known = ({ code, headName, village, class: of, born, bornPrecision, idLast4 }: Decision): Side => ({
  head: headName ?? code,
  ...{ code, village, class: of, born, precision: bornPrecision, last4: idLast4 },
});

const listed = (decision: Decision): Side => ({
  head: decision.rowName ?? '',
  code: decision.rowCode,
  village: decision.rowVillage,
  class: decision.rowClass,
  born: decision.rowBorn,
  precision: decision.rowBornPrecision,
  last4: decision.rowIdLast4,
});

const about = (side: Side, say: Say): string[] => [
  [say('page.imports.side.code', { code: side.code ?? '—' }), capital(side.village)].filter(Boolean).join(' · '),
  [
    side.class ? say(`class.${side.class}`) : '',
    say('page.imports.side.born', {
      born: side.born ? showDay(side.born, side.precision ?? 'day') : say('ui.unknown'),
    }),
    say('page.imports.side.id', { id: side.last4 ? `•••• ${side.last4}` : say('ui.unknown') }),
  ]
    .filter(Boolean)
    .join(' · '),
];

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <>
    {lines.map((line) => (
      <span class="hint">{line}</span>
    ))}
  </>
);

/** A question about one household, with a box to mark it; a possible duplicate shows the row of the list beside it. */
export const DecisionRow = ({
  decision,
  request: { say },
  checked,
  editable,
}: {
  decision: Decision;
  request: PageRequest;
  checked: boolean;
  editable: boolean;
}) => {
  const { decisionId, subjectId, kind, answer, reason } = decision;
  const registered = known(decision);
  return (
    <tr>
      {editable && (
        <td data-label={say('page.imports.mark')}>
          <label class="tick">
            <input type="checkbox" name="ids" value={decisionId} checked={checked} />
            <span class="hidden">{say('page.imports.mark-one', { name: registered.head })}</span>
          </label>
        </td>
      )}
      <td data-label={say('page.imports.in-registry')}>
        <div class="side">
          <a href={`/households/${subjectId}`}>{registered.head}</a>
          <Lines lines={about(registered, say)} />
        </div>
      </td>
      {kind === 'duplicate' && (
        <td data-label={say('page.imports.in-list')}>
          <div class="side">
            {decision.rowName ?? '—'}
            {decision.row !== null && (
              <Lines
                lines={[
                  ...about(listed(decision), say),
                  say('page.imports.side.row', { row: decision.row, sheet: decision.sheet ?? '' }),
                ]}
              />
            )}
          </div>
        </td>
      )}
      <td data-label={say('page.imports.why')}>
        {kind === 'missing'
          ? say('page.imports.missing-why', { class: say(`class.${reason}`) })
          : say(`page.imports.duplicate-why.${reason}`)}
      </td>
      <td data-label={say('page.imports.answer-given')}>{answer ? say(`page.imports.answer.${answer}`) : '—'}</td>
    </tr>
  );
};
