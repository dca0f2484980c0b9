import type { ComponentChildren } from 'preact';

interface FormProps {
  readonly action: string;
  /** `request.csrf`; it goes first, so that it arrives before any file. */
  readonly csrf: string;
  /** The form has file fields. */
  readonly files?: boolean;
  readonly children: ComponentChildren;
}

/** A form that changes something. Checks are the server's: the browser's own bubbles speak the browser's language. */
export const Form = ({ action, csrf, files, children }: FormProps) => (
  <form method="post" action={action} noValidate {...(files ? { encType: 'multipart/form-data' } : {})}>
    <input type="hidden" name="csrf" value={csrf} />
    {children}
  </form>
);

/** A form that only looks: its fields become the address. */
export const SearchForm = ({
  action,
  label,
  children,
}: {
  action: string;
  label: string;
  children: ComponentChildren;
}) => (
  <search>
    <form method="get" action={action} aria-label={label} class="search">
      {children}
    </form>
  </search>
);
