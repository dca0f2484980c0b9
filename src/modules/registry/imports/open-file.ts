import type { FileStore } from '../../../platform/files.ts';
import { openSheets, type Workbook } from '../../../platform/sheets/index.ts';
import type { ImportRow } from './import.ts';

/** The sheets of a list; a members file of its own counts as further sheets. */
export const openListFile = async (files: FileStore, list: ImportRow): Promise<Workbook> => {
  const main = await openSheets(await files.path(list.fileSha256), { name: list.fileName });
  if (!list.membersSha256) return main;
  const members = await openSheets(await files.path(list.membersSha256), { name: list.membersFileName ?? '' });
  return { ...main, sheets: [...main.sheets, ...members.sheets] };
};
