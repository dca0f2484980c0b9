import type { ComponentChildren } from 'preact';

type Props = { readonly children?: ComponentChildren };

/** Things to do, a line each, with what belongs to them below. */
export const Tasks = ({ children }: Props) => <ul class="tasks">{children}</ul>;

/** Cards of things to do, in two columns where there is room; the first is read first. */
export const TaskColumns = ({ children }: Props) => <div class="today">{children}</div>;

/** A card that is one link as a whole. */
export const LinkCard = ({ href, title, children }: Props & { href: string; title: string }) => (
  <section class="card">
    <h3>
      <a class="cover" href={href}>
        {title}
      </a>
    </h3>
    {children}
  </section>
);

interface FirstThing {
  readonly href: string;
  readonly label: string;
  readonly note: string;
  readonly done: boolean;
}

/** What is done first, in order; a mark stands at what is done. */
export const FirstThings = ({ done, things }: { done: string; things: readonly FirstThing[] }) => (
  <ol class="first-steps">
    {things.map((thing) => (
      <li>
        <a href={thing.href}>{thing.label}</a>
        {thing.done && <strong class="done-mark"> ✓ {done}</strong>}
        <span class="hint">{thing.note}</span>
      </li>
    ))}
  </ol>
);
