import { forbidden } from '../../../shared/errors.ts';
import type { PageRequest } from '../../page.ts';

/** Leaders look at audiences; officers make and end them. What somebody may not do is not offered. */
export const maySave = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'admin');

/** A rule that is not saved is counted by whoever works with the people, not by who only keeps the accounts. */
export const mayTry = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

export const requireSaver = (request: Pick<PageRequest, 'actor' | 'url'>): void => {
  if (!maySave(request)) throw forbidden('not-allowed', { what: request.url, roles: 'officer admin' });
};
