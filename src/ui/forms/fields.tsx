import type { ComponentChildren } from 'preact';

interface About {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why it was refused; `faultAt(request, name)`. */
  readonly error?: string | undefined;
}

/** Ids are made from the name, so that the summary of errors can link to `#field-<name>`. */
const idOf = (name: string): string => `field-${name}`;

const described = ({ name, hint, error }: About) => {
  const by = [hint && `${idOf(name)}-hint`, error && `${idOf(name)}-error`].filter(Boolean).join(' ');
  return { ...(by ? { 'aria-describedby': by } : {}), ...(error ? { 'aria-invalid': 'true' as const } : {}) };
};

const Notes = ({ name, hint, error }: About) => (
  <>
    {hint && (
      <p class="hint" id={`${idOf(name)}-hint`}>
        {hint}
      </p>
    )}
    {error && (
      <p class="error" id={`${idOf(name)}-error`}>
        {error}
      </p>
    )}
  </>
);

interface FieldProps extends About {
  readonly type?: 'text' | 'password' | 'search' | 'tel' | 'number' | 'date' | 'file';
  readonly value?: string;
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'search';
  /** File endings, e.g. `.xlsx,.csv`. */
  readonly accept?: string;
  readonly placeholder?: string;
  readonly autofocus?: boolean;
}

/** One line to fill in, with its name above, a hint under the name and the reason when it was refused. */
export const Field = (props: FieldProps) => {
  const {
    name,
    label,
    type = 'text',
    value,
    required,
    autocomplete,
    inputMode,
    accept,
    placeholder,
    autofocus,
  } = props;
  return (
    <div class={`field${props.error ? ' refused' : ''}`}>
      <label for={idOf(name)}>{label}</label>
      <Notes {...props} />
      <input
        id={idOf(name)}
        name={name}
        // The types of the package tell kinds of input apart; here the kind is a value.
        type={type as 'text'}
        {...(type === 'password' || type === 'file' ? {} : { value: value ?? '' })}
        {...{ required, autocomplete, inputMode, accept, placeholder, autofocus }}
        {...(name === 'username' ? { autocapitalize: 'none', spellcheck: false } : {})}
        {...described(props)}
      />
    </div>
  );
};

interface TextAreaProps extends About {
  readonly value?: string;
  readonly rows?: number;
  readonly placeholder?: string;
}

/** Several lines to fill in. */
export const TextArea = (props: TextAreaProps) => (
  <div class={`field${props.error ? ' refused' : ''}`}>
    <label for={idOf(props.name)}>{props.label}</label>
    <Notes {...props} />
    <textarea
      id={idOf(props.name)}
      name={props.name}
      rows={props.rows ?? 4}
      placeholder={props.placeholder}
      value={props.value ?? ''}
      {...described(props)}
    />
  </div>
);

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  /** In a list to choose from: below this heading, with those beside it that have the same. */
  readonly group?: string | undefined;
}

const optionsOf = (options: readonly Option[], chosen: string | undefined) =>
  options.map(({ value, label }) => (
    <option value={value} selected={value === chosen}>
      {label}
    </option>
  ));

export const Select = (props: About & { options: readonly Option[]; value?: string; empty?: string }) => (
  <div class={`field${props.error ? ' refused' : ''}`}>
    <label for={idOf(props.name)}>{props.label}</label>
    <Notes {...props} />
    <select id={idOf(props.name)} name={props.name} {...described(props)}>
      {props.empty !== undefined && <option value="">{props.empty}</option>}
      {[...Map.groupBy(props.options, ({ group }) => group)].map(([group, options]) =>
        group === undefined ? (
          optionsOf(options, props.value)
        ) : (
          <optgroup label={group}>{optionsOf(options, props.value)}</optgroup>
        ),
      )}
    </select>
  </div>
);

/** A choice in a cell whose row and column name it. */
export const CellSelect = (props: {
  name: string;
  /** What is chosen, for who does not see row and column. */
  label: string;
  options: readonly Option[];
  value: string;
  empty: string;
}) => (
  <select name={props.name} aria-label={props.label}>
    <option value="">{props.empty}</option>
    {optionsOf(props.options, props.value)}
  </select>
);

const Choices = (props: About & { compact?: boolean | undefined; children: ComponentChildren }) => (
  <fieldset
    class={`field choices${props.compact ? ' compact' : ''}${props.error ? ' refused' : ''}`}
    {...described(props)}
  >
    <legend id={`${idOf(props.name)}-name`}>{props.label}</legend>
    <Notes {...props} />
    {props.children}
  </fieldset>
);

// The first choice carries the field's id, so that a link in the summary of errors lands on it.
const Choice = (props: {
  kind: 'radio' | 'checkbox';
  name: string;
  index: number;
  option: Option;
  checked: boolean;
}) => {
  const { kind, name, index, option, checked } = props;
  const id = index === 0 ? idOf(name) : `${idOf(name)}-${index}`;
  return (
    <div class="choice">
      <input
        id={id}
        type={kind}
        name={name}
        value={option.value}
        checked={checked}
        {...(option.hint ? { 'aria-describedby': `${id}-about` } : {})}
      />
      <label for={id}>{option.label}</label>
      {option.hint && (
        <p class="hint" id={`${id}-about`}>
          {option.hint}
        </p>
      )}
    </div>
  );
};

/** One of several. */
export const Radios = (props: About & { options: readonly Option[]; value?: string }) => (
  <Choices {...props}>
    {props.options.map((option, index) => (
      <Choice kind="radio" name={props.name} index={index} option={option} checked={option.value === props.value} />
    ))}
  </Choices>
);

interface CheckboxesProps extends About {
  readonly options: readonly Option[];
  readonly values?: readonly string[];
  /** Short words: two and more beside each other. */
  readonly compact?: boolean;
  /** Seldom ticked: folded away below the others, and open as soon as one of them is ticked. */
  readonly folded?: { readonly summary: string; readonly options: readonly Option[] };
}

/** Any of several; all come under the same name. */
export const Checkboxes = (props: CheckboxesProps) => {
  const { name, options, values = [], folded, compact } = props;
  const box = (option: Option, index: number) => (
    <Choice kind="checkbox" name={name} index={index} option={option} checked={values.includes(option.value)} />
  );
  return (
    <Choices {...props}>
      {options.map(box)}
      {folded && folded.options.length > 0 && (
        <details class="part" open={folded.options.some(({ value }) => values.includes(value))}>
          <summary>{folded.summary}</summary>
          <div class={compact ? 'compact' : ''}>
            {folded.options.map((option, index) => box(option, options.length + index))}
          </div>
        </details>
      )}
    </Choices>
  );
};

/** Fields that belong together, below a name of their own. `id` is `field-<name>`, so that errors can be linked to. */
export const FieldGroup = (props: About & { children: ComponentChildren }) => (
  <fieldset class={`field stack${props.error ? ' refused' : ''}`} id={idOf(props.name)} {...described(props)}>
    <legend>{props.label}</legend>
    <Notes {...props} />
    {props.children}
  </fieldset>
);

/** For password keepers, which need to know whose password it is; nobody else meets it. */
export const WhosePassword = ({ username }: { username: string }) => (
  <input
    class="hidden"
    type="text"
    name="username"
    value={username}
    autocomplete="username"
    readOnly
    tabIndex={-1}
    aria-hidden="true"
  />
);
