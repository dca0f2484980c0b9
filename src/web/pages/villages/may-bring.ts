import { dropPlaceLists } from '../../../modules/registry/index.ts';
import { forbidden } from '../../../shared/errors.ts';
import type { PageRequest, Upload } from '../../page.ts';

/** Officers bring in the villages of their own communes, administrators those of their area: as the use case has it. */
export const mayBringVillages = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'admin');

export const requireBringer = (request: Pick<PageRequest, 'actor' | 'url'>): void => {
  if (!mayBringVillages(request)) throw forbidden('not-allowed', { what: request.url, roles: 'officer admin' });
};

/** The file itself is needed no more once its rows were read. */
export const releaseFiles = async (
  { execute }: Pick<PageRequest, 'execute'>,
  uploads: readonly Upload[],
): Promise<void> => {
  if (uploads.length > 0) await execute(dropPlaceLists, { hashes: [...new Set(uploads.map(({ sha256 }) => sha256))] });
};
