import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Alert } from '../../../ui/index.ts';

interface LateLine {
  readonly href: string;
  readonly what: string;
  readonly endsOn: string;
}

interface LateName {
  readonly name: string;
  readonly post: string;
  readonly lines: readonly LateLine[];
}

/** Responsibility of the heads: what is late stands first, by the name of who answers for it. */
export const LateHeads = ({ say, late }: { say: Say; late: readonly LateName[] }) =>
  late.length === 0 ? null : (
    <Alert tone="warning">
      <p>
        <strong>{say('page.plans.late-title')}</strong>
      </p>
      <ul>
        {late.map(({ name, post, lines }) => (
          <li>
            {say('page.plans.late-of', { name, post, count: lines.length })}
            <ul>
              {lines.map(({ href, what, endsOn }) => (
                <li>
                  <a href={href}>{what}</a> {say('page.plans.late-since', { day: showDay(endsOn) })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Alert>
  );
