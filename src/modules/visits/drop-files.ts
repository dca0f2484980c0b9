import { letsGoOfFiles } from '../registry/index.ts';

/** Lets go of lists of visits once they are read, or refused: they name people, and nothing keeps them. */
export const dropVisitFiles = letsGoOfFiles('visits.drop-files', ['officer', 'agent']);
