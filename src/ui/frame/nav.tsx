import type { Say } from '../../shared/words/index.ts';

export interface NavLink {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
  /** The letter that goes there after `g`. */
  readonly key: string;
}

export interface NavGroup {
  /** What these places have in common; none for the first. */
  readonly label?: string | undefined;
  readonly links: readonly NavLink[];
}

const Group = ({ group: { label, links } }: { group: NavGroup }) => (
  <div class="nav-group">
    {label && <p>{label}</p>}
    <ul>
      {links.map(({ href, label: name, current, key }) => (
        <li>
          <a href={href} data-key={key} {...(current ? { 'aria-current': 'page' as const } : {})}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </div>
);

/** On phones: the places to go, folded below the name of the one at hand. */
export const Menu = ({ say, groups }: { say: Say; groups: readonly NavGroup[] }) => (
  <details class="menu">
    <summary>{say('ui.shell.menu')}</summary>
    <nav aria-label={say('ui.shell.nav')}>
      {groups.map((group) => (
        <Group group={group} />
      ))}
    </nav>
  </details>
);

/** On wide screens: the same at the left side. */
export const Side = ({ say, groups }: { say: Say; groups: readonly NavGroup[] }) => (
  <nav class="side" aria-label={say('ui.shell.nav')}>
    {groups.map((group) => (
      <Group group={group} />
    ))}
  </nav>
);
