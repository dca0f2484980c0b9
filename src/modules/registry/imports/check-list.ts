import { z } from 'zod';
import { type Context, command } from '../../../platform/command.ts';
import { conflict } from '../../../shared/errors.ts';
import { findVillages } from '../check/find-villages.ts';
import { stageHousehold, stageMember } from '../check/staged.ts';
import {
  analyzeStaging,
  clearStaging,
  columnsOfShape,
  countStaging,
  insertCrossFaults,
  insertFaults,
  insertHouseholds,
  insertMembers,
  insertMissing,
  keepAnswers,
  linkMembers,
  restoreAnswers,
  sampleLittle,
} from '../check/store.ts';
import { insertDuplicates, matchHouseholds } from '../check/store-match.ts';
import { findLaterReviews, markChanges, stagedSubjects } from '../facts/store.ts';
import { type RowFault, readList } from '../list/index.ts';
import { differingPeople } from '../people/store.ts';
import type { ImportRow } from './import.ts';
import { openListFile } from './open-file.ts';
import { getImportRow, lastWrite, setChecked } from './store.ts';

const BATCH = 500;

/** The dry run: reads every row, matches it with the registry, and says what would change and what is wrong. Changes no household. */
export const checkList = command({
  name: 'registry.check-list',
  input: z.object({ importId: z.uuid() }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { importId }) => {
    const list = await getImportRow(ctx.tx, importId, true);
    if (list.state !== 'read' && list.state !== 'checked') throw conflict('import.state', { state: list.state });
    await sampleLittle(ctx.tx);
    const base = await lastWrite(ctx.tx);
    await keepAnswers(ctx.tx, importId);
    await clearStaging(ctx.tx, importId);
    const leftOut = await stage(ctx, list);
    await analyzeStaging(ctx.tx);
    await findVillages(ctx.tx, list);
    await linkMembers(ctx.tx, importId);
    await matchHouseholds(ctx.tx, importId);
    await insertCrossFaults(ctx.tx, importId, columnsOfShape(list.shape!));
    await insertDuplicates(ctx.tx, importId);
    const writing = { importId, asOf: list.asOf, at: ctx.at };
    await findLaterReviews(ctx.tx, writing, stagedSubjects(importId));
    await markChanges(ctx.tx, writing, await differingPeople(ctx.tx, writing));
    if (list.completeClasses)
      await insertMissing(ctx.tx, { importId, placeId: list.placeId, asOf: list.asOf, classes: list.completeClasses });
    await restoreAnswers(ctx.tx, importId);
    const counts = { ...(await countStaging(ctx.tx, importId)), leftOut };
    await setChecked(ctx.tx, importId, counts, base);
    return counts;
  },
  audit: ({ importId }, { households, errors }) => ({ importId, households, errors }),
});

/** Streams the file into the staging tables; @returns how many rows below the headers were left out with a reason. */
const stage = async (ctx: Context, list: ImportRow): Promise<number> => {
  const workbook = await openListFile(ctx.files, list);
  const batches = {
    household: { rows: [] as object[], write: (rows: object[]) => insertHouseholds(ctx.tx, rows as never) },
    member: { rows: [] as object[], write: (rows: object[]) => insertMembers(ctx.tx, rows as never) },
    fault: { rows: [] as object[], write: (rows: object[]) => writeFaults(rows as RowFault[]) },
  };
  let faultNo = 1;
  const writeFaults = async (faults: RowFault[]): Promise<void> => {
    await insertFaults(ctx.tx, list.importId, faultNo, faults);
    faultNo += faults.length;
  };
  // One batch is written while the rows of the next are read.
  let writing: Promise<void> = Promise.resolve();
  const write = async (batch: (typeof batches)[keyof typeof batches]): Promise<void> => {
    const { rows } = batch;
    batch.rows = [];
    await writing;
    writing = batch.write(rows);
    // Whoever waits for it next is told; until then nobody is there to be told.
    writing.catch(() => {});
  };
  const put = async (kind: keyof typeof batches, row: object): Promise<void> => {
    const batch = batches[kind];
    batch.rows.push(row);
    if (batch.rows.length < BATCH) return;
    // Members find the row of their household, if it is there.
    if (kind === 'member') await write(batches.household);
    await write(batch);
  };
  let [line, leftOut] = [0, 0];
  try {
    for await (const item of readList(workbook, list.shape!, { asOf: list.asOf, today: ctx.today })) {
      line += 1;
      if (item.kind === 'household') await put('household', stageHousehold(list.importId, line, item.row, ctx.secret));
      else if (item.kind === 'member') await put('member', stageMember(list.importId, line, item.row, ctx.secret));
      else if (item.kind === 'fault') await put('fault', item.fault);
      else leftOut += 1;
    }
    for (const batch of Object.values(batches)) await write(batch);
    await writing;
  } finally {
    // A file that cannot be read to its end: the transaction is given up when nothing is on its way any more.
    await writing.catch(() => {});
  }
  return leftOut;
};
