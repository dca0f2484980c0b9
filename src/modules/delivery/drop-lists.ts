import { letsGoOfFiles } from '../registry/index.ts';

/** Lets go of lists once they were read or refused: they name people, and what they said stands in the ledger. */
export const dropLists = letsGoOfFiles('delivery.drop-lists', ['officer', 'agent']);
