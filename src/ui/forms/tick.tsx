import type { ComponentChildren } from 'preact';

interface TickProps {
  /** Id of the form it is sent with, where it does not stand in it: a list has forms of its own. */
  readonly form?: string;
  readonly id?: string;
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  /** What it marks, read out for the box. */
  readonly label: string;
  /** Stands beside the box, where the box is not a column of its own. */
  readonly children?: ComponentChildren;
}

/** A box to mark a row with, with room for a finger around it. */
export const Tick = ({ form, id, name, value, checked, label, children }: TickProps) => (
  <div class={children ? 'choice tick' : 'choice'}>
    <input type="checkbox" {...{ form, id, name, value, checked }} aria-label={label} />
    {children && <p>{children}</p>}
  </div>
);
