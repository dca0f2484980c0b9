/**
 * The mark: a word that falls like a drop, and goes out in rings. In the colours of what it stands on; `icon.svg` is the same
 * on a ground of its own.
 */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <g fill="none" stroke="currentColor">
      <circle cx="16" cy="16" r="6.5" stroke-width="2.5" />
      <circle cx="16" cy="16" r="10.75" stroke-width="1.75" opacity="0.8" />
      <circle cx="16" cy="16" r="14.75" stroke-width="1.25" opacity="0.55" />
    </g>
    <circle class="mark-drop" cx="16" cy="16" r="3" />
  </svg>
);
