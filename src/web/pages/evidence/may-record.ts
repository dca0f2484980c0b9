import { dropLists, readListFile } from '../../../modules/delivery/index.ts';
import type { TextRow } from '../../../modules/reach/index.ts';
import { type ActivityKind, activityKinds, areaChannels } from '../../../shared/channels.ts';
import { forbidden, invalid, notFound } from '../../../shared/errors.ts';
import type { Form, PageRequest, Upload } from '../../page.ts';
import { textOf } from '../../typed.ts';

/** Who keeps evidence: officers, and agents in their own village. */
export const requireRecorder = ({ actor, url }: Pick<PageRequest, 'actor' | 'url'>): void => {
  if (!actor.grants.some(({ role }) => role === 'officer' || role === 'agent'))
    throw forbidden('not-allowed', { what: url, roles: 'officer agent' });
};

export const maySample = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

export const mayVoid = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer');

/** What is recorded here; visits have pages of their own. */
export const recordedKinds = activityKinds.filter((kind) => kind !== 'visit');

export type RecordedKind = (typeof recordedKinds)[number];

/** The kind asked for in the address; undefined while none is chosen. */
export const kindOf = (query: Form): RecordedKind | undefined =>
  recordedKinds.find((kind) => kind === textOf(query, 'kind'));

export const isAreaKind = (kind: ActivityKind): boolean => (areaChannels as readonly string[]).includes(kind);

/** The line that the address names. */
export const lineOf = (query: Form): string => {
  const lineId = textOf(query, 'line');
  if (!lineId) throw notFound('line');
  return lineId;
};

/** Lets go of lists that came with a form: they name people. */
export const releaseLists = async (
  { execute }: Pick<PageRequest, 'execute'>,
  uploads: readonly Upload[],
): Promise<void> => {
  if (uploads.length === 0) return;
  await execute(dropLists, { hashes: [...new Set(uploads.map(({ sha256 }) => sha256))] });
};

/** The rows of the list that came with the form; the file itself is let go at once. */
export const rowsOfUpload = async (request: PageRequest): Promise<TextRow[]> => {
  const upload = request.uploads.find(({ field, size }) => field === 'file' && size > 0);
  if (!upload) throw invalid('evidence.no-file', {}, [{ path: 'file', code: 'evidence.no-file' }]);
  const rows = await request.execute(readListFile, { name: upload.fileName, sha256: upload.sha256 });
  await releaseLists(request, request.uploads);
  return rows;
};
