const TOKENS = [
  ...(['ink', 'ink-soft', 'paper', 'card', 'head', 'line', 'edge'] as const),
  ...(['green', 'green-pale', 'amber', 'amber-pale', 'red', 'red-pale', 'blue', 'blue-pale'] as const),
  ...(['action', 'bar', 'focus', 'l5', 'l4', 'l3', 'l2'] as const),
];

/** The colours everything is made of, by their names in `tokens.css`. */
export const Swatches = () => (
  <ul class="swatches">
    {TOKENS.map((name) => (
      <li>
        <svg width="100%" height="28" aria-hidden="true" focusable="false">
          <rect class={`fill-${name}`} width="100%" height="28" />
        </svg>
        <code>--{name}</code>
      </li>
    ))}
  </ul>
);
