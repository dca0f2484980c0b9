import type { Actor } from '../platform/command.ts';
import type { Role } from '../shared/roles.ts';

interface Destination {
  readonly href: string;
  /** Key of its name, `nav.<name>`; `page.home.to.<name>` says on the home page what one does there. */
  readonly name: string;
  /** The letter that goes there after `g`. */
  readonly key: string;
  /** Whose use cases stand behind it; everybody's: undefined. */
  readonly roles?: readonly Role[];
}

const all = ['officer', 'leader', 'agent'] as const;
const desk = ['officer', 'leader'] as const;

/** By what one does there: what is to be done today, what is prepared, what came of it, what is known of households. */
const destinations = {
  today: [
    { href: '/', name: 'home', key: 'h' },
    { href: '/visits', name: 'visits', key: 'l', roles: all },
    { href: '/left-behind', name: 'left-behind', key: 'c', roles: desk },
  ],
  work: [
    { href: '/plans', name: 'plans', key: 'k', roles: all },
    { href: '/messages', name: 'messages', key: 't', roles: ['officer', 'leader', 'editor'] },
    { href: '/audiences', name: 'audiences', key: 'd', roles: desk },
    { href: '/dispatches', name: 'dispatches', key: 'g', roles: desk },
    { href: '/evidence', name: 'evidence', key: 'v', roles: ['officer', 'agent'] },
  ],
  results: [{ href: '/coverage', name: 'coverage', key: 'b', roles: desk }],
  registry: [
    { href: '/households', name: 'households', key: 'o', roles: all },
    { href: '/imports', name: 'imports', key: 'n', roles: desk },
    { href: '/counts', name: 'counts', key: 's', roles: ['officer', 'leader', 'agent', 'admin'] },
  ],
  upkeep: [{ href: '/audit', name: 'audit', key: 'y', roles: ['leader', 'admin'] }],
} as const satisfies Readonly<Record<string, readonly Destination[]>>;

interface DestinationGroup {
  /** Key of its name, `nav.group.<name>`. */
  readonly name: string;
  readonly destinations: readonly Destination[];
}

/** Where this person may go; their own account stands under their name. What they may see there is decided by the use cases, not here. */
export const groupsOf = (actor: Actor): readonly DestinationGroup[] =>
  Object.entries(destinations)
    .map(([name, those]) => ({
      name,
      destinations: (those as readonly Destination[]).filter(
        ({ roles }) => !roles || actor.grants.some((grant) => roles.includes(grant.role)),
      ),
    }))
    .filter((group) => group.destinations.length > 0);

/** The same without groups. */
export const destinationsOf = (actor: Actor): readonly Destination[] =>
  groupsOf(actor).flatMap((group) => group.destinations);
