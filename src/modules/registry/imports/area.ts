import type { Context } from '../../../platform/command.ts';
import { getImportRow } from './store.ts';

/** An import belongs to the place its list speaks of. */
export const areaOfImport = async (ctx: Context, { importId }: { importId: string }): Promise<readonly string[]> => [
  (await getImportRow(ctx.tx, importId)).placeId,
];
