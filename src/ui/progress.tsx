/** What is done, under way, waiting, gone wrong: one order and one look wherever something goes on by itself. */
type ProgressKind = 'arrived' | 'under-way' | 'waiting' | 'not-arrived';

interface ProgressPart {
  readonly kind: ProgressKind;
  readonly label: string;
  readonly count: number;
  /** The count as the reader's language writes it. */
  readonly shown: string;
}

const WIDTH = 1_000;

/** How far something is: a bar, and below it the same in words and numbers. */
export const Progress = ({ parts }: { parts: readonly ProgressPart[] }) => {
  const some = parts.filter(({ count }) => count > 0);
  const all = some.reduce((sum, { count }) => sum + count, 0);
  let from = 0;
  return (
    <div class="progress">
      <svg viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {some.map(({ kind, count }) => {
          const width = (count / all) * WIDTH;
          const x = from;
          from += width;
          return <rect class={kind} x={x} y="0" width={Math.max(1, width - 2)} height="12" />;
        })}
      </svg>
      <ul>
        {some.map(({ kind, label, shown }) => (
          <li class={kind}>
            {label}: <strong>{shown}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
};
