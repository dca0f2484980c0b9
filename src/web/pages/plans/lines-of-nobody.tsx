import type { LineOfNobody } from '../../../modules/plans/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Alert } from '../../../ui/index.ts';

/** Lines that mean nobody today: no fault, but to be looked at before the work begins. */
export const LinesOfNobody = ({ say, lines }: { say: Say; lines: readonly LineOfNobody[] }) =>
  lines.length === 0 ? null : (
    <Alert tone="warning">
      <p>{say('plan.nobody', { count: lines.length })}</p>
      <ul>
        {lines.map(({ position, what, audience }) => (
          <li>{say('plan.nobody-line', { position, what, audience })}</li>
        ))}
      </ul>
      <p>{say('plan.nobody-todo')}</p>
    </Alert>
  );
