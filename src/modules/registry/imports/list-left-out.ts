import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { conflict } from '../../../shared/errors.ts';
import { type LeftOutReason, readList } from '../list/index.ts';
import { areaOfImport } from './area.ts';
import { openListFile } from './open-file.ts';
import { getImportRow } from './store.ts';

/** Rows of one sheet that were left out for one reason; `rows` = their numbers in the file, the first of them. */
export interface LeftOutRows {
  readonly sheet: string;
  readonly reason: LeftOutReason;
  readonly count: number;
  readonly rows: readonly number[];
}

const SHOWN = 200;

/** Which rows below the headers were taken for no household and no member, read from the file once more. Says no name. */
export const listLeftOut = read({
  name: 'registry.list-left-out',
  input: z.object({ importId: z.string() }),
  allow: ['officer', 'leader'],
  area: areaOfImport,
  run: async (ctx, { importId }) => {
    const list = await getImportRow(ctx.tx, importId);
    if (!list.shape || list.state !== 'checked') throw conflict('import.state', { state: list.state });
    const found = new Map<string, { sheet: string; reason: LeftOutReason; count: number; rows: number[] }>();
    const days = { asOf: list.asOf, today: ctx.today };
    for await (const item of readList(await openListFile(ctx.files, list), list.shape, days)) {
      if (item.kind !== 'left-out') continue;
      const key = `${item.reason} ${item.sheet}`;
      const rows = found.get(key) ?? { sheet: item.sheet, reason: item.reason, count: 0, rows: [] };
      found.set(key, rows);
      rows.count += 1;
      if (rows.rows.length < SHOWN) rows.rows.push(item.row);
    }
    return [...found.values()] satisfies LeftOutRows[];
  },
});
