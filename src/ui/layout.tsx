import type { ComponentChildren } from 'preact';
import { Actions } from './button.tsx';

type Props = { readonly children?: ComponentChildren };

interface PageHeadProps {
  readonly title: ComponentChildren;
  /** What the page is for, in a sentence. */
  readonly lead?: ComponentChildren;
  /** What one does here, the main thing first. */
  readonly actions?: ComponentChildren;
  /** Where this belongs. */
  readonly back?: { readonly href: string; readonly label: string } | undefined;
}

/** The top of every page: its name, what it is for, what one does here. */
export const PageHead = ({ title, lead, actions, back }: PageHeadProps) => (
  <div class="page-head">
    {back && (
      <a class="back" href={back.href}>
        {back.label}
      </a>
    )}
    <div class="page-name">
      <div class="page-title">
        <h1>{title}</h1>
        {lead && <div class="lead">{lead}</div>}
      </div>
      {actions && <Actions>{actions}</Actions>}
    </div>
  </div>
);

/** Parts below each other with room between them. `id` for links within the page. */
export const Stack = ({ children, id }: Props & { id?: string }) => (
  <section class="stack" id={id}>
    {children}
  </section>
);

/** No wider than is read with ease. */
export const Narrow = ({ children, card = false }: Props & { card?: boolean }) => (
  <div class={card ? 'narrow card' : 'narrow'}>{children}</div>
);

/** Things of one kind beside each other, below each other where there is no room. */
export const Beside = ({ children }: Props) => <div class="beside">{children}</div>;

/** Cards side by side. */
export const Cards = ({ children }: Props) => <div class="cards">{children}</div>;

/** Opened by who wants to know more. */
export const Part = (props: Props & { title: ComponentChildren; open?: boolean; card?: boolean }) => (
  <details class={props.card ? 'part card' : 'part'} open={props.open}>
    <summary>{props.title}</summary>
    {props.children}
  </details>
);

/** Short lines below each other: links, remarks. */
export const Lines = ({ children, plain = false, ordered = false }: Props & { plain?: boolean; ordered?: boolean }) =>
  ordered ? <ol class="groups">{children}</ol> : <ul class={plain ? 'plain' : 'groups'}>{children}</ul>;
