import type { Actor } from '../platform/command.ts';
import type { Role } from '../shared/roles.ts';

interface Destination {
  readonly href: string;
  /** Key of its name; `page.home.to.<key>` says on the home page what one does there. */
  readonly key:
    | 'home'
    | 'plans'
    | 'evidence'
    | 'coverage'
    | 'dispatches'
    | 'left-behind'
    | 'visits'
    | 'messages'
    | 'audiences'
    | 'imports'
    | 'households'
    | 'counts'
    | 'audit';
  /** Whose use cases stand behind it; everybody's: undefined. */
  readonly roles?: readonly Role[];
}

const destinations: readonly Destination[] = [
  { href: '/', key: 'home' },
  { href: '/visits', key: 'visits', roles: ['officer', 'leader', 'agent'] },
  { href: '/plans', key: 'plans', roles: ['officer', 'leader', 'agent'] },
  { href: '/evidence', key: 'evidence', roles: ['officer', 'agent'] },
  { href: '/dispatches', key: 'dispatches', roles: ['officer', 'leader'] },
  { href: '/coverage', key: 'coverage', roles: ['officer', 'leader'] },
  { href: '/left-behind', key: 'left-behind', roles: ['officer', 'leader'] },
  { href: '/messages', key: 'messages', roles: ['officer', 'leader', 'editor'] },
  { href: '/audiences', key: 'audiences', roles: ['officer', 'leader'] },
  { href: '/imports', key: 'imports', roles: ['officer', 'leader'] },
  { href: '/households', key: 'households', roles: ['officer', 'leader', 'agent'] },
  { href: '/counts', key: 'counts', roles: ['officer', 'leader', 'agent', 'admin'] },
  { href: '/audit', key: 'audit', roles: ['leader', 'admin'] },
];

/** Where this person may go; their own account stands under their name. What they may see there is decided by the use cases, not here. */
export const destinationsOf = (actor: Actor): readonly Destination[] =>
  destinations.filter(({ roles }) => !roles || actor.grants.some((grant) => roles.includes(grant.role)));
