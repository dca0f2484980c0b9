import type { ComponentChildren } from 'preact';

interface DialogProps {
  readonly id: string;
  readonly title: string;
  /** On the button that closes it. */
  readonly close: string;
  /** Shown as it stands, without a script: for the page of styles. */
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

/**
 * Something to read above the page, opened by a script and closed by Esc or its button; nothing that is decided stands in one
 * but the keys themselves, which do nothing without a script: whoever has none never sees it.
 */
export const Dialog = ({ id, title, close, open, children }: DialogProps) => (
  <dialog id={id} aria-labelledby={`${id}-title`} open={open}>
    <div class="dialog-head">
      <h2 id={`${id}-title`}>{title}</h2>
      <form method="dialog">
        <button class="button secondary" type="submit">
          {close}
        </button>
      </form>
    </div>
    {children}
  </dialog>
);
