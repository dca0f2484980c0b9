import type { Actor } from '../platform/command.ts';
import type { Role } from '../shared/roles.ts';

interface Destination {
  readonly href: string;
  /** Key of its name; `page.home.to.<key>` says on the home page what one does there. */
  readonly key: 'home' | 'imports' | 'households' | 'counts' | 'account';
  /** Whose use cases stand behind it; everybody's: undefined. */
  readonly roles?: readonly Role[];
}

const destinations: readonly Destination[] = [
  { href: '/', key: 'home' },
  { href: '/imports', key: 'imports', roles: ['officer', 'leader'] },
  { href: '/households', key: 'households', roles: ['officer', 'leader', 'agent'] },
  { href: '/counts', key: 'counts', roles: ['officer', 'leader', 'agent', 'admin'] },
  { href: '/account', key: 'account' },
];

/** Where this person may go. What they may see there is decided by the use cases, not here. */
export const destinationsOf = (actor: Actor): readonly Destination[] =>
  destinations.filter(({ roles }) => !roles || actor.grants.some((grant) => roles.includes(grant.role)));
