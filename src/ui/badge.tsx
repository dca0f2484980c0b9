import type { ComponentChildren } from 'preact';

export type Tone = 'plain' | 'info' | 'good' | 'warning' | 'danger';

/** How something stands, in a word or two. The tone adds to the word and never stands for it. */
export const Badge = ({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) => (
  <strong class={`badge ${tone}`}>{children}</strong>
);
