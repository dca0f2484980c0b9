import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../../platform/list.ts';
import { ranksOf } from '../../../shared/order.ts';
import { coversPlaces, namesOn, namesThen, villageOrder } from '../../territory/index.ts';
import { areaOfImport } from './area.ts';
import { type ImportCounts, type ImportRow, severities, shownStates } from './import.ts';
import { countDecisions, faultGroups, getImportRow, placesOfLists } from './store.ts';
import {
  decisionSorts,
  faultSorts,
  importSorts,
  listDecisionRows,
  listFaultRows,
  listImportRows,
  placesListed,
} from './store-list.ts';

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

/** The places whose lists are of these areas' concern: by the rule for every single one, so that the old communes go with the new. */
const placesOf = async (ctx: Context, areas: readonly string[]): Promise<string[]> => {
  const own: string[] = [];
  for (const placeId of await placesOfLists(ctx.tx, areas))
    if (await coversPlaces(ctx.tx, areas, [placeId], ctx.today)) own.push(placeId);
  return own;
};

/** Of these the lists of one place alone, when one is asked for; null = everywhere. */
const placesAsked = async (ctx: Context, placeId: string | null | undefined): Promise<string[] | null> => {
  const own = ctx.areas === null ? null : await placesOf(ctx, ctx.areas);
  if (!placeId) return own;
  const within = await placesOf(ctx, [placeId]);
  return own === null ? within : within.filter((each) => own.includes(each));
};

/** Lists of one's own areas, newest first unless asked otherwise. */
export const listImports = read({
  name: 'registry.list-imports',
  input: z.object({
    /** Part of the file's name, the sender or who brought it in. */
    text: z.string().max(100).nullish(),
    /** Of this place and what is or was in it. */
    placeId: z.uuid().nullish(),
    states: z.array(z.enum(shownStates)).nullish(),
    ...orderInput(importSorts),
    ...pageInput(MOST_IN_FILE),
  }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { placeId, text, states, ...asked }) => {
    const { rows, total } = await listImportRows(ctx.tx, {
      ...asked,
      places: await placesAsked(ctx, placeId),
      text: text ?? null,
      states: states?.length ? states : null,
      ranks:
        asked.sort === 'place' ? ranksOf(await namesThen(ctx.tx, await placesListed(ctx.tx), ctx.today)) : undefined,
    });
    const names = new Map<string, ReadonlyMap<string, string>>();
    for (const [asOf, lists] of Map.groupBy(rows, (row) => row.asOf))
      names.set(
        asOf,
        await namesOn(
          ctx.tx,
          lists.map(({ placeId }) => placeId),
          asOf,
        ),
      );
    const views = rows.map(
      ({ shape: _, ...row }): ImportView => ({ ...row, placeName: names.get(row.asOf)?.get(row.placeId) ?? '' }),
    );
    return { rows: views, total };
  },
});

/** The row-by-row report; `code` narrows it to one kind of fault. Shows cells of the file, so the look is written down. */
export const listFaults = read({
  name: 'registry.list-faults',
  input: z.object({
    importId,
    code: z.string().nullish(),
    severity: z.enum(severities).nullish(),
    ...orderInput(faultSorts),
    ...pageInput(MOST_IN_FILE),
  }),
  allow: ['officer', 'leader'],
  area: areaOfImport,
  run: (ctx, { code, severity, ...asked }) =>
    listFaultRows(ctx.tx, { ...asked, code: code ?? null, severity: severity ?? null }),
  sensitive: ({ importId }, { rows }) => (rows.length > 0 ? { importId, faults: rows.length } : undefined),
});

const questions = z.object({
  importId,
  kind: z.enum(['missing', 'duplicate']).nullish(),
  /** Only those with an answer, or only those without. */
  answered: z.boolean().nullish(),
  /** Part of the head's name or the code. */
  text: z.string().max(100).nullish(),
  ...orderInput(decisionSorts),
});

const questionsOf = async (
  ctx: Context,
  { importId, ...asked }: z.output<typeof questions> & { readonly limit: number; readonly offset: number },
) => {
  const { asOf, placeId } = await getImportRow(ctx.tx, importId);
  const { rows, total } = await listDecisionRows(ctx.tx, {
    ...asked,
    ...{ importId, kind: asked.kind ?? null, answered: asked.answered ?? null, text: asked.text ?? null },
    villages: asked.sort === 'village' ? await villageOrder(ctx.tx, [placeId], asOf) : undefined,
  });
  const names = await namesOn(
    ctx.tx,
    rows.flatMap(({ villageId, rowVillageId }) => [villageId, rowVillageId].filter((id) => id !== null)),
    asOf,
  );
  const nameOf = (id: string | null): string => (id && names.get(id)) || '';
  return {
    total,
    rows: rows.map((row) => ({ ...row, village: nameOf(row.villageId), rowVillage: nameOf(row.rowVillageId) })),
  };
};

/** What only the officer can answer. Names households, so the look is written down. */
export const listDecisions = read({
  name: 'registry.list-decisions',
  input: questions.extend(pageInput(1_000)),
  allow: ['officer', 'leader'],
  area: areaOfImport,
  run: questionsOf,
  sensitive: ({ importId }, { rows }) => (rows.length > 0 ? { importId, households: rows.length } : undefined),
});

/** The same to be taken along, to ask in the villages; the audit knows how many left the house. */
export const exportDecisions = read({
  name: 'registry.export-decisions',
  input: questions,
  allow: ['officer', 'leader'],
  area: areaOfImport,
  run: (ctx, input) => questionsOf(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: ({ importId }, { rows }) => ({ importId, rows: rows.length }),
});
