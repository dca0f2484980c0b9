import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { lookedFor, MOST_IN_FILE, orderInput, pageInput } from '../../../platform/list.ts';
import { namesOn, villageOrder } from '../../territory/index.ts';
import { listedClasses } from '../imports/import.ts';
import { householdSorts, listHouseholds } from './store-list.ts';

const filters = z.object({
  text: z.string().max(100).nullish(),
  placeId: z.uuid().nullish(),
  classes: z.array(z.enum(listedClasses)).nullish(),
  ...orderInput(householdSorts),
});

interface Part {
  readonly limit: number;
  readonly offset: number;
}

const found = async (ctx: Context, { text, placeId, classes, ...asked }: z.output<typeof filters> & Part) => {
  const villages =
    asked.sort === 'village' ? await villageOrder(ctx.tx, placeId ? [placeId] : ctx.areas, ctx.today) : undefined;
  const { rows, total } = await listHouseholds(ctx.tx, {
    ...asked,
    villages,
    areas: ctx.areas,
    placeId: placeId ?? null,
    classes: classes?.length ? classes : null,
    ...lookedFor(text),
    on: ctx.today,
  });
  const names = await namesOn(
    ctx.tx,
    rows.flatMap(({ villageId }) => villageId ?? []),
    ctx.today,
  );
  return { total, rows: rows.map((row) => ({ ...row, village: (row.villageId && names.get(row.villageId)) || '' })) };
};

/**
 * Households of one's own areas by head's name (without diacritics will do), code, place, class; as they stand today. By
 * name or code also those that ended or moved away.
 */
export const findHouseholds = read({
  name: 'registry.find-households',
  input: filters.extend(pageInput(200)),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: found,
});

/** The same households to be taken along as a file; the audit knows how many left the house. */
export const exportHouseholds = read({
  name: 'registry.export-households',
  input: filters,
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) => found(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: ({ placeId }, { rows }) => ({ placeId: placeId ?? null, rows: rows.length }),
});
