import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { coversPlaces, namesOn } from '../../territory/index.ts';
import { areaOfImport } from './area.ts';
import type { ImportCounts, ImportRow } from './import.ts';
import {
  countDecisions,
  faultGroups,
  getImportRow,
  listDecisionRows,
  listFaultRows,
  listImportRows,
  placesOfLists,
} from './store.ts';

const page = {
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  offset: z.coerce.number().int().min(0).default(0),
};

/** From an address: one that is no id is answered as a list that is not there, not as a field to correct. */
const importId = z.string();

export type ImportView = Omit<ImportRow, 'shape'> & { readonly placeName: string };

const withJoined = (counts: ImportCounts | null, joined: number): ImportCounts | null =>
  counts && { ...counts, added: counts.added - joined, changed: counts.changed + joined };

/** One import with everything its page shows, but the rows of its report. */
export const getImport = read({
  name: 'registry.get-import',
  input: z.object({ importId }),
  allow: ['officer', 'leader'],
  area: areaOfImport,
  run: async (ctx, { importId }) => {
    const row = await getImportRow(ctx.tx, importId);
    const names = await namesOn(ctx.tx, [row.placeId], row.asOf);
    const { joined, ...open } = await countDecisions(ctx.tx, importId);
    // What was written is counted as it was written; until then what was answered since the check counts, too.
    const counts = row.state === 'checked' ? withJoined(row.counts, joined) : row.counts;
    return {
      ...row,
      counts,
      placeName: names.get(row.placeId) ?? '',
      faults: await faultGroups(ctx.tx, importId),
      open,
    };
  },
});

/** The places whose lists the actor may see: by the rule for every single one, so that the old communes go with the new. */
const ownPlaces = async (ctx: Context): Promise<string[] | null> => {
  if (ctx.areas === null) return null;
  const own: string[] = [];
  for (const placeId of await placesOfLists(ctx.tx, ctx.areas))
    if (await coversPlaces(ctx.tx, ctx.areas, [placeId], ctx.today)) own.push(placeId);
  return own;
};

export const listImports = read({
  name: 'registry.list-imports',
  input: z.object(page),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { limit, offset }) => {
    const rows = await listImportRows(ctx.tx, { places: await ownPlaces(ctx), limit, offset });
    const views: ImportView[] = [];
    for (const { shape: _, ...row } of rows) {
      const names = await namesOn(ctx.tx, [row.placeId], row.asOf);
      views.push({ ...row, placeName: names.get(row.placeId) ?? '' });
    }
    return views;
  },
});

/** The row-by-row report; `code` narrows it to one kind of fault. Shows cells of the file, so the look is written down. */
export const listFaults = read({
  name: 'registry.list-faults',
  input: z.object({ importId, code: z.string().nullish(), ...page }),
  allow: ['officer', 'leader'],
  area: areaOfImport,
  run: (ctx, { importId, code, limit, offset }) =>
    listFaultRows(ctx.tx, { importId, code: code ?? null, limit, offset }),
  sensitive: ({ importId }, rows) => (rows.length > 0 ? { importId, faults: rows.length } : undefined),
});

/** What only the officer can answer. Names households, so the look is written down. */
export const listDecisions = read({
  name: 'registry.list-decisions',
  input: z.object({ importId, kind: z.enum(['missing', 'duplicate']).nullish(), ...page }),
  allow: ['officer', 'leader'],
  area: areaOfImport,
  run: async (ctx, { importId, kind, limit, offset }) => {
    const { asOf } = await getImportRow(ctx.tx, importId);
    const rows = await listDecisionRows(ctx.tx, importId, kind ?? null, limit, offset);
    const names = await namesOn(
      ctx.tx,
      rows.flatMap(({ villageId, rowVillageId }) => [villageId, rowVillageId].filter((id) => id !== null)),
      asOf,
    );
    const nameOf = (id: string | null): string => (id && names.get(id)) || '';
    return rows.map((row) => ({
      ...row,
      village: nameOf(row.villageId),
      rowVillage: nameOf(row.rowVillageId),
    }));
  },
  sensitive: ({ importId }, rows) => (rows.length > 0 ? { importId, households: rows.length } : undefined),
});
