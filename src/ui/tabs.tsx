interface Tab {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

/** Views of one thing, each at an address of its own. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {tabs.map(({ href, label: name, current }) => (
        <li>
          <a href={href} {...(current ? { 'aria-current': 'page' as const } : {})}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
