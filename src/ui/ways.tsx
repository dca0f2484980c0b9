interface PagerProps {
  /** e.g. "Trang 2 trên 8" */
  readonly label: string;
  readonly previous: { readonly href: string; readonly label: string } | undefined;
  readonly next: { readonly href: string; readonly label: string } | undefined;
}

/** One page of a long list, and the ones beside it. */
export const Pager = ({ label, previous, next }: PagerProps) => (
  <nav class="pager" aria-label={label}>
    {previous ? (
      <a class="button secondary" rel="prev" href={previous.href}>
        {previous.label}
      </a>
    ) : (
      <span />
    )}
    <span class="pager-label">{label}</span>
    {next ? (
      <a class="button secondary" rel="next" href={next.href}>
        {next.label}
      </a>
    ) : (
      <span />
    )}
  </nav>
);

interface Step {
  readonly label: string;
  readonly state: 'done' | 'current' | 'ahead';
  /** A step that was done may be looked at again. */
  readonly href?: string | undefined;
}

/** Where one stands in a piece of work of several steps. `done` is said to who cannot see the mark. */
export const Steps = ({ label, done, steps }: { label: string; done: string; steps: readonly Step[] }) => (
  <nav class="steps" aria-label={label}>
    <ol>
      {steps.map((step) => (
        <li class={step.state} {...(step.state === 'current' ? { 'aria-current': 'step' as const } : {})}>
          {step.href ? <a href={step.href}>{step.label}</a> : <span>{step.label}</span>}
          {step.state === 'done' && <span class="hidden"> ({done})</span>}
        </li>
      ))}
    </ol>
  </nav>
);
