import type { ComponentChildren } from 'preact';
import { DraftState, EarlierDraft, type KeptForm } from './kept-form.tsx';

interface FormProps {
  readonly action: string;
  /** For fields that stand outside it (`Tick`). */
  readonly id?: string;
  /** `request.csrf`; it goes first, so that it arrives before any file. */
  readonly csrf: string;
  /** The form has file fields. */
  readonly files?: boolean;
  /** A long form: what stands in it is kept while somebody types. */
  readonly keep?: KeptForm | undefined;
  /** For a form that ends what another began (a question asked back): the draft that goes once this one is done. */
  readonly draftId?: string;
  readonly children: ComponentChildren;
}

/** A form that changes something. Checks are the server's: the browser's own bubbles speak the browser's language. */
export const Form = ({ action, id, csrf, files, keep, draftId = keep?.draftId, children }: FormProps) => (
  <>
    {keep && <EarlierDraft keep={keep} csrf={csrf} />}
    <form
      method="post"
      action={action}
      {...(id ? { id } : {})}
      noValidate
      {...(files ? { encType: 'multipart/form-data' } : {})}
      {...(keep ? { 'data-keep': keep.path } : {})}
    >
      <input type="hidden" name="csrf" value={csrf} />
      {draftId && <input type="hidden" name="draft" value={draftId} />}
      {children}
      {keep && <DraftState say={keep.say} />}
    </form>
  </>
);

interface LookProps {
  readonly action: string;
  readonly label: string;
  readonly children: ComponentChildren;
}

/** What a list is narrowed down by: its fields become the address. */
export const SearchForm = (props: LookProps) => <Looking {...props} bar />;

/** Fields below each other that become the address: a choice that decides what the page shows. */
export const AddressForm = (props: LookProps) => <Looking {...props} />;

const Looking = ({ action, label, children, bar = false }: LookProps & { bar?: boolean }) => (
  <search>
    <form method="get" action={action} aria-label={label} class={bar ? 'search' : ''}>
      {children}
    </form>
  </search>
);
