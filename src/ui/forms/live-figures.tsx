import type { ComponentChildren } from 'preact';
import type { Say } from '../../shared/words/index.ts';
import { How, type HowId } from '../how.tsx';

interface LiveFiguresProps {
  readonly say: Say;
  readonly how: HowId;
  readonly figures: readonly {
    /** A script keeps what it counts up to date: `data-count` of the number and of what is left. */
    readonly name: string;
    readonly value: number;
    readonly caption: string;
    readonly left: { readonly before: string; readonly value: number; readonly after: string };
  }[];
  /** Below the figures. */
  readonly children?: ComponentChildren;
}

/** Figures of a text that somebody is typing: those it came with, kept up to date by the script `sms-counter`. */
export const LiveFigures = ({ say, how, figures, children }: LiveFiguresProps) => (
  <div class="field stack" data-sms-counter="">
    <div class="figures">
      {figures.map(({ name, value, caption, left }) => (
        <div class="figure">
          <p role="status">
            <span class="figure-value" data-count={`${name}-parts`}>
              {value}
            </span>{' '}
            {caption}
          </p>
          <p class="hint">
            {left.before} <span data-count={`${name}-left`}>{left.value}</span> {left.after}
          </p>
        </div>
      ))}
    </div>
    {children}
    <How say={say} id={how} apart />
  </div>
);
