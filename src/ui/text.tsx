import type { ComponentChildren } from 'preact';

type Props = { readonly children?: ComponentChildren };

/** What a page or a part of it is for, in a sentence below its name. */
export const Lead = ({ children }: Props) => <p class="lead">{children}</p>;

/** What helps to understand and may be left unread. */
export const Hint = ({ children, print = true }: Props & { print?: boolean }) => (
  <p class={print ? 'hint' : 'hint no-print'}>{children}</p>
);

/** The same within a line. `wide`: left out where there is no room. */
export const Aside = ({ children, wide = false, lang }: Props & { wide?: boolean; lang?: string }) => (
  <span class={wide ? 'hint wide-only' : 'hint'} lang={lang}>
    {children}
  </span>
);

/** Words as they will be said, sent or read, lines kept; `quoted` sets them apart from ours. */
export const Said = ({ children, quoted = false }: Props & { quoted?: boolean }) =>
  quoted ? <blockquote class="said">{children}</blockquote> : <p class="said">{children}</p>;

/** What somebody reads aloud to a household: large, in its own language. */
export const ReadAloud = ({ children, lang }: Props & { lang?: string | undefined }) => (
  <p class="read-aloud" lang={lang}>
    {children}
  </p>
);

/** A number, a day, a phone that must not be torn apart. */
export const Whole = ({ children }: Props) => <span class="unbroken">{children}</span>;

/** Why something was refused, beside it. */
export const ErrorText = ({ children, id }: Props & { id?: string }) => (
  <p class="error" id={id}>
    {children}
  </p>
);
