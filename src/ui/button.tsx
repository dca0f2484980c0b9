import type { ComponentChildren } from 'preact';

interface Look {
  /** One primary action a page; `danger` for what cannot be taken back. */
  readonly look?: 'primary' | 'secondary' | 'danger';
  readonly children: ComponentChildren;
}

export const Button = ({ look = 'primary', name, value, children }: Look & { name?: string; value?: string }) => (
  <button class={`button ${look}`} type="submit" {...(name ? { name, value } : {})}>
    {children}
  </button>
);

/** Looks like a button, goes somewhere. */
export const LinkButton = ({ look = 'secondary', href, children }: Look & { href: string }) => (
  <a class={`button ${look}`} href={href}>
    {children}
  </a>
);

/** Buttons side by side; below each other where there is no room. */
export const Actions = ({ children }: { children: ComponentChildren }) => <div class="actions">{children}</div>;
