import type { ComponentChildren } from 'preact';

interface AlertProps {
  readonly tone: 'info' | 'success' | 'warning' | 'danger';
  readonly children: ComponentChildren;
}

/** Something to know before going on. What went wrong is read out at once by screen readers. */
export const Alert = ({ tone, children }: AlertProps) => (
  <div class={`alert ${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
    {children}
  </div>
);

interface Trouble {
  readonly tone: 'info' | 'danger';
  readonly text: string;
  readonly at: readonly { readonly href: string; readonly text: string }[];
}

/** Above a form that is shown again: why, with a link to each field to look at. Nothing when there is no trouble. */
export const FormTrouble = ({ trouble }: { trouble: Trouble | undefined }) =>
  trouble ? (
    <Alert tone={trouble.tone}>
      <p>{trouble.text}</p>
      {trouble.at.length > 0 && (
        <ul>
          {trouble.at.map(({ href, text }) => (
            <li>
              {/* Given the name of its field once the page is drawn: see `name-fields.ts`. */}
              <a class="to-field" href={href}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Alert>
  ) : null;

/** Where a list would stand, when there is nothing yet: says so, and what to do. */
export const EmptyState = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children}
  </div>
);
