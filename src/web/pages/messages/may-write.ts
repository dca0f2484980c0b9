import { forbidden } from '../../../shared/errors.ts';
import type { PageRequest } from '../../page.ts';

/** Officers and editors write messages; over which places is asked again by every use case. */
export const mayWrite = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'editor');

export const requireWriter = (request: Pick<PageRequest, 'actor' | 'url'>): void => {
  if (!mayWrite(request)) throw forbidden('not-allowed', { what: request.url, roles: 'officer editor' });
};
