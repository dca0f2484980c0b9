import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { fold } from '../../../shared/text.ts';
import { namesOn } from '../../territory/index.ts';
import { listedClasses } from '../imports/import.ts';
import { listHouseholds } from './store-list.ts';

/**
 * Households of one's own areas by head's name (without diacritics will do), code, place, class; as they stand today. By
 * name or code also those that ended or moved away.
 */
export const findHouseholds = read({
  name: 'registry.find-households',
  input: z.object({
    text: z.string().max(100).nullish(),
    placeId: z.uuid().nullish(),
    classes: z.array(z.enum(listedClasses)).nullish(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: async (ctx, { text, placeId, classes, limit, offset }) => {
    const { rows, total } = await listHouseholds(ctx.tx, {
      areas: ctx.areas,
      placeId: placeId ?? null,
      classes: classes?.length ? classes : null,
      text: text?.trim() ? fold(text).replace(/[%_\\]/gu, '') : null,
      code: text?.trim() ? text.trim().replace(/[%_\\]/gu, '') : null,
      on: ctx.today,
      limit,
      offset,
    });
    const names = await namesOn(
      ctx.tx,
      rows.flatMap(({ villageId }) => villageId ?? []),
      ctx.today,
    );
    return { total, rows: rows.map((row) => ({ ...row, village: (row.villageId && names.get(row.villageId)) || '' })) };
  },
});
