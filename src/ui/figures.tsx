import type { ComponentChild, ComponentChildren } from 'preact';
import type { Say } from '../shared/words/index.ts';
import { Counted, type HowMade } from './how.tsx';

/** A number with what it counts; with a link it opens the rows behind it. */
export const Figure = (props: {
  value: string;
  caption: string;
  note?: string | undefined;
  href?: string | undefined;
}) => (
  <div class="figure">
    <p class="figure-value">{props.href ? <a href={props.href}>{props.value}</a> : props.value}</p>
    <p class="figure-caption">{props.caption}</p>
    {props.note && <p class="hint">{props.note}</p>}
  </div>
);

/** Figures side by side, with the way to how they are made: none is shown without it. */
export const Figures = (props: {
  say: Say;
  how: HowMade;
  /** Which figures, where that is not plain. */
  of?: string | undefined;
  /** The way opens beside this page: somebody typed something here. */
  apart?: boolean | undefined;
  children: ComponentChildren;
}) => (
  <Counted say={props.say} how={props.how} of={props.of} apart={props.apart}>
    <div class="figures">{props.children}</div>
  </Counted>
);

interface SummaryItem {
  readonly label: string;
  readonly value: ComponentChild;
}

/** Names and values of one thing. */
export const SummaryList = ({ items }: { items: readonly SummaryItem[] }) => (
  <dl class="summary">
    {items.map(({ label, value }) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** A piece of a page with its own heading and edge. */
export const Card = ({ title, children }: { title?: string; children: ComponentChildren }) => (
  <section class="card">
    {title && <h2>{title}</h2>}
    {children}
  </section>
);
