import { forbidden } from '../../../shared/errors.ts';
import type { PageRequest } from '../../page.ts';
import type { Import } from './about-import.tsx';

/** Leaders look at lists; only officers bring them in, answer and undo. What somebody may not do is not offered. */
export const mayImport = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer');

export const requireOfficer = (request: Pick<PageRequest, 'actor' | 'url'>): void => {
  if (!mayImport(request)) throw forbidden('not-allowed', { what: request.url, roles: 'officer' });
};

/** As long as a list was read and not yet ended, an officer may say again what its columns are. */
export const mayMap = ({ state, busy }: Pick<Import, 'state' | 'busy'>, request: Pick<PageRequest, 'actor'>): boolean =>
  mayImport(request) && !busy && (state === 'read' || state === 'checked');
