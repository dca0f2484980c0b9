import { dropPlanFiles } from '../../../modules/plans/index.ts';
import { forbidden } from '../../../shared/errors.ts';
import type { PageRequest, Upload } from '../../page.ts';

type Asker = Pick<PageRequest, 'actor'>;

/** Officers bring plans in; whoever may not is not offered it. */
export const mayImportPlan = ({ actor }: Asker): boolean => actor.grants.some(({ role }) => role === 'officer');

export const requireImporter = (request: Pick<PageRequest, 'actor' | 'url'>): void => {
  if (!mayImportPlan(request)) throw forbidden('not-allowed', { what: request.url });
};

/** Officers and leaders enter signed documents. */
export const requireIssuer = ({ actor, url }: Pick<PageRequest, 'actor' | 'url'>): void => {
  if (!actor.grants.some(({ role }) => role === 'officer' || role === 'leader'))
    throw forbidden('not-allowed', { what: url });
};

export const mayRecord = ({ actor }: Asker): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'agent');

export const mayCount = ({ actor }: Asker): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

/** Files of a form that came to nothing, and plan files once they were read. */
export const releaseFiles = async (
  { execute }: Pick<PageRequest, 'execute'>,
  uploads: readonly Upload[],
): Promise<void> => {
  await execute(dropPlanFiles, { hashes: [...new Set(uploads.map(({ sha256 }) => sha256))] });
};
